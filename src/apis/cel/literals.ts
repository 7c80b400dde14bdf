const SIMPLE: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const ESCAPE = /\\(?:([xX])([0-9a-fA-F]{2})|(u)([0-9a-fA-F]{4})|(U)([0-9a-fA-F]{8})|([0-3][0-7]{2})|(.))/gs;
const MOST_CODE_POINT = 0x10ffff;

/** What a token of a number with a fraction, a string or bytes stands for. */
export function readLiteral(kind: "double" | "string" | "bytes", token: string): number | string | Uint8Array {
  if (kind === "double") return Number(token);
  const prefix = /^[a-zA-Z]*/.exec(token)![0];
  const quoted = token.slice(prefix.length);
  const marks = quoted.startsWith('"""') || quoted.startsWith("'''") ? 3 : 1;
  const inner = quoted.slice(marks, quoted.length - marks);
  const raw = /[rR]/.test(prefix);
  if (kind === "string") return raw ? inner : readEscapes(inner);
  if (raw) return Buffer.from(inner, "utf8");
  return unescapeBytes(inner);
}

/** Numbers beyond Unicode, and halves of surrogate pairs, name no character. */
const codePoint = (code: number): string => (code > MOST_CODE_POINT ? "\ufffd" : String.fromCodePoint(code));

function readEscapes(text: string): string {
  return text.replace(ESCAPE, (_, x, hex, u, short, U, long, octal, sign: string | undefined) => {
    const number = x ? hex : u ? short : U ? long : undefined;
    if (number !== undefined) return codePoint(Number.parseInt(number, 16));
    return octal ? codePoint(Number.parseInt(octal, 8)) : (SIMPLE[sign!] ?? sign!);
  });
}

/** In bytes, `\\xff` is the byte itself; all other characters are written in UTF-8. */
function unescapeBytes(text: string): Uint8Array {
  const parts: Buffer[] = [];
  let end = 0;
  for (const match of text.matchAll(ESCAPE)) {
    parts.push(Buffer.from(text.slice(end, match.index), "utf8"));
    const byte = match[2] ?? match[7];
    parts.push(
      byte === undefined
        ? Buffer.from(readEscapes(match[0]), "utf8")
        : Buffer.from([Number.parseInt(byte, match[2] === undefined ? 8 : 16)]),
    );
    end = match.index + match[0].length;
  }
  parts.push(Buffer.from(text.slice(end), "utf8"));
  return Buffer.concat(parts);
}
