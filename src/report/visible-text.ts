/**
 * What would move a cursor, colour a terminal, or hide or reorder text: controls, soft hyphens, bidirectional marks,
 * zero-width spaces, separators, byte order marks, tags, halves of surrogate pairs. Joiners stay: scripts need them.
 */
const UNSHOWABLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/** The text with each character of that kind replaced by a visible one: `␛`, `␊`, `<U+202E>`. */
export function showControls(text: string): string {
  return text.replace(UNSHOWABLE, (c) => {
    const code = c.codePointAt(0)!;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

const ASCII = /^[\x20-\x7e]*$/;
/** Unicode's East Asian wide and fullwidth ranges, in blocks, and what is shown as an emoji by default. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const ZERO_WIDTH = /^(?:\p{M}|\u200c|\u200d)+$/u;

let segmenter: Intl.Segmenter | undefined;

/** The text as a reader perceives it, character by character: an emoji or a letter with its accents is one. */
export function graphemes(text: string): string[] {
  if (ASCII.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** The terminal columns text takes that holds no controls. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text)) width += graphemeWidth(grapheme);
  return width;
}

export function graphemeWidth(grapheme: string): number {
  if (ZERO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) || grapheme.includes("\ufe0f") ? 2 : 1;
}

/** Breaks text at spaces into lines of at most `width` columns; a longer word has a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of text.split(" ")) {
    const size = displayWidth(word);
    if (line !== "" && used + 1 + size > width) {
      lines.push(line);
      line = word;
      used = size;
    } else {
      line = line === "" ? word : `${line} ${word}`;
      used += size + (used === 0 ? 0 : 1);
    }
  }
  lines.push(line);
  return lines;
}
