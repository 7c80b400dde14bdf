import { isAscii, isUtf8 } from "node:buffer";

/** What is wrong with the encoding of a text, and where in the decoded text it shows first. */
export interface TextProblem {
  readonly message: string;
  readonly help?: string;
  /** In UTF-16 units of the decoded text. */
  readonly offset: number;
}

export interface DecodedText {
  /** Without byte order mark; what cannot be decoded is U+FFFD. */
  readonly text: string;
  readonly problems: readonly TextProblem[];
}

const UTF8_HELP = "Save the file as UTF-8";

/** Decodes the bytes of a file as the API server does: UTF-8, or UTF-16 with a byte order mark. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0 && bytes.length >= 4) return decodeUtf32(bytes.subarray(4), true);
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return decodeUtf32(bytes.subarray(4), false);
  if (a === 0xff && b === 0xfe) return decodeUtf16(bytes.subarray(2), true, []);
  if (a === 0xfe && b === 0xff) return decodeUtf16(bytes.subarray(2), false, []);
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodeUtf8(bytes.subarray(3));
  if (bytes.length >= 4 && bytes.length % 4 === 0) {
    if (a !== 0 && b === 0 && c === 0 && d === 0) return decodeUtf32(bytes, true);
    if (a === 0 && b === 0 && c === 0 && d !== 0) return decodeUtf32(bytes, false);
  }
  if (
    bytes.length >= 4 &&
    bytes.length % 2 === 0 &&
    ((a !== 0 && b === 0 && c !== 0 && d === 0) || (a === 0 && b !== 0 && c === 0 && d !== 0))
  ) {
    const message = "The text is UTF-16 without a byte order mark, which the API server takes for control characters";
    return decodeUtf16(bytes, a !== 0, [{ message, help: UTF8_HELP, offset: 0 }]);
  }
  return decodeUtf8(bytes);
}

function decodeUtf8(bytes: Uint8Array): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // One byte a character in memory, where that is enough.
  if (isAscii(buffer)) return { text: buffer.toString("latin1"), problems: [] };
  const text = buffer.toString("utf8");
  if (isUtf8(buffer)) return { text, problems: [] };
  const offset = buffer.subarray(0, validPrefix(bytes)).toString("utf8").length;
  return { text, problems: [{ message: "The text is not UTF-8 from here on", help: UTF8_HELP, offset }] };
}

/** The length of the longest prefix that is UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // The invalid byte is searched by halves: a prefix cut within a character is judged without the cut character.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isUtf8(bytes.subarray(0, characterStart(bytes, middle)))) low = middle;
    else high = middle - 1;
  }
  return characterStart(bytes, low);
}

/** The offset, at most three bytes back, of a lead byte whose character reaches beyond `end`; `end` otherwise. */
function characterStart(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 3 && end - back >= 0; back++) {
    const byte = bytes[end - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const width = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return width > back ? end - back : end;
  }
  return end;
}

function decodeUtf16(bytes: Uint8Array, littleEndian: boolean, before: readonly TextProblem[]): DecodedText {
  const text = new TextDecoder(littleEndian ? "utf-16le" : "utf-16be", { ignoreBOM: true }).decode(bytes);
  const problems = [...before];
  const half = findLoneHalf(bytes, littleEndian);
  if (half >= 0)
    problems.push({
      message: "The text is not UTF-16 from here on: half a character stands alone",
      help: UTF8_HELP,
      offset: half,
    });
  return { text, problems };
}

/** The index of the first surrogate without partner, or of a last odd byte; -1 if there is none. */
function findLoneHalf(bytes: Uint8Array, littleEndian: boolean): number {
  const units = bytes.length >> 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < units; i++) {
    const unit = view.getUint16(2 * i, littleEndian);
    if ((unit & 0xf800) !== 0xd800) continue;
    if (unit >= 0xdc00 || i + 1 >= units || (view.getUint16(2 * i + 2, littleEndian) & 0xfc00) !== 0xdc00) return i;
    i++;
  }
  return bytes.length % 2 === 1 ? units : -1;
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): DecodedText {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let i = 0; i + 4 <= bytes.length; i += 4) {
    const code = view.getUint32(i, littleEndian);
    parts.push(code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? "\ufffd" : String.fromCodePoint(code));
  }
  const message = "The text is UTF-32, which the API server does not read";
  return { text: parts.join(""), problems: [{ message, help: UTF8_HELP, offset: 0 }] };
}
