/** Whether a UTF-16 unit ends a line: LF, CR, and what YAML 1.1 adds, NEL, LS and PS. */
export function isBreak(c: number): boolean {
  return c === 0x0a || c === 0x0d || (c >= 0x85 && (c === 0x85 || c === 0x2028 || c === 0x2029));
}

/** Space or tab. */
export function isBlank(c: number): boolean {
  return c === 0x20 || c === 0x09;
}

/** `[0-9A-Za-z_-]`: what the names of anchors and tag handles are made of. */
export function isWordCharacter(c: number): boolean {
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || (c >= 0x30 && c <= 0x39) || c === 0x5f || c === 0x2d;
}

/** The value of a hexadecimal digit; -1 for anything else. */
export function hexDigit(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const letter = c | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Stops a plain scalar inside `[ ]` and `{ }`: `, ? [ ] { }`. */
export const FLOW_INDICATOR = tableOf(",?[]{}");

/** Cannot begin a plain scalar; `-`, `?` and `:` can where no blank follows. */
export const INDICATOR = tableOf("-?:,[]{}#&*!|>'\"%@`");

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (let i = 0; i < characters.length; i++) table[characters.charCodeAt(i)] = 1;
  return table;
}

/** Code points between two offsets; the API server counts those, not UTF-16 units. */
export function codePoints(text: string, start: number, end: number): number {
  let count = end - start;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00) count--;
  }
  return count;
}

/** What the API server's reader refuses anywhere in a text, comments included. */
export const REFUSED_CHARACTERS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g;

/** The offset at which the line of an offset begins. */
export function lineStartOf(text: string, offset: number): number {
  while (offset > 0 && !isBreak(text.charCodeAt(offset - 1))) offset--;
  return offset;
}
