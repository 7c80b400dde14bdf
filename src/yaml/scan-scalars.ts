import { FLOW_INDICATOR, hexDigit, isBlank, isBreak } from "./characters.js";
import { Scanner } from "./scanner.js";

/** Escapes of one letter in double quotes. `\/` is refused, `\'` accepted, as the API server has it. */
const ESCAPES: Readonly<Record<string, string>> = {
  0: "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "'": "'",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
const ESCAPE_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Plain and quoted scalars. A scan leaves its result in the `scalar…` fields, so that none costs an object. */
export class ScalarScanner extends Scanner {
  scalarStart = 0;
  scalarEnd = 0;
  /** The text as decoded; undefined for a plain scalar on one line, which is the slice itself. */
  scalarText: string | undefined;
  /** Of the characters of the first line of a plain scalar, for `InternTable`. */
  scalarHash = 0;
  /** Whether the scalar, or the blanks skipped after it, went over a line break. */
  crossedLine = false;

  /** The content of the scalar scanned last. */
  scalarContent(): string {
    return this.scalarText ?? this.text.slice(this.scalarStart, this.scalarEnd);
  }

  /** Scans a plain scalar and the blanks and line breaks after it. */
  scanPlain(): void {
    const { text, end } = this;
    const flow = this.flowLevel > 0;
    const start = this.pos;
    let p = start;
    let hash = 0;
    while (p < end) {
      const c = text.charCodeAt(p);
      if (c <= 0x20 ? c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09 : c >= 0x85 && isBreak(c)) break;
      if (c === 0x3a) {
        if (this.isBlankOrEnd(p + 1)) break;
      } else if (flow && c < 0x80 && FLOW_INDICATOR[c] === 1) break;
      hash = (Math.imul(hash, 31) + c) | 0;
      p++;
    }
    this.scalarStart = start;
    this.scalarText = undefined;
    this.crossedLine = false;
    this.keyAllowed = false;
    let contentEnd = p;
    let content = "";
    let lineFrom = start;
    let fold = "";
    for (;;) {
      while (p < end && isBlank(text.charCodeAt(p))) p++;
      if (p >= end) break;
      if (isBreak(text.charCodeAt(p))) {
        const firstBreak = p;
        p = this.skipLinesInPlain(p);
        this.crossedLine = true;
        this.keyAllowed = true;
        if (p >= end || (!flow && p - this.lineStart <= this.indent)) break;
        if (p === this.lineStart && this.isDocumentMarker(p)) break;
        if (text.charCodeAt(p) === 0x23) break;
        const next = this.endOfWords(p, flow);
        if (next === p) break;
        fold = this.foldedBreaks(firstBreak, p);
        content += text.slice(lineFrom, contentEnd) + fold;
        this.scalarText = content;
        lineFrom = p;
        p = contentEnd = next;
        this.keyAllowed = false;
      } else {
        if (p === contentEnd || text.charCodeAt(p) === 0x23) break;
        const next = this.endOfWords(p, flow);
        if (next === p) break;
        p = contentEnd = next;
      }
    }
    this.scalarEnd = contentEnd;
    this.scalarHash = (hash + contentEnd - start) | 0;
    if (this.scalarText !== undefined) this.scalarText = content + text.slice(lineFrom, contentEnd);
    this.pos = p;
    if (text.charCodeAt(start) >= 0x80) this.warnOfOddStart(start, contentEnd);
  }

  /** Characters that look like quotes or spaces and are neither. */
  private warnOfOddStart(start: number, end: number): void {
    const first = this.text[start]!;
    const last = this.text[end - 1]!;
    if ("\u201c\u201d\u2018\u2019".includes(first) && "\u201c\u201d\u2018\u2019".includes(last) && end - start > 1) {
      this.report(
        "smart-quote",
        start,
        start + 1,
        `The quotes around this are ${first} and ${last}, which YAML takes for letters`,
        {
          severity: "warning",
          help: "Use straight quotes",
        },
      );
    } else if (/[\u00a0\u2000-\u200b\u3000\ufeff]/.test(first)) {
      const code = first.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      this.report(
        "no-break-space",
        start,
        start + 1,
        `U+${code}, which looks like a space or like nothing, begins this key or value`,
        {
          severity: "warning",
          help: "Remove it, or replace it by an ordinary space",
        },
      );
    }
  }

  /** The end of the stretch of a plain scalar that begins at `p` and holds no blank; `p` if there is none. */
  private endOfWords(p: number, flow: boolean): number {
    const { text, end } = this;
    while (p < end) {
      const c = text.charCodeAt(p);
      if (c <= 0x20 ? c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09 : c >= 0x85 && isBreak(c)) break;
      if (c === 0x3a) {
        if (this.isBlankOrEnd(p + 1)) break;
      } else if (flow && c < 0x80 && FLOW_INDICATOR[c] === 1) break;
      p++;
    }
    return p;
  }

  /** Skips line breaks and the blanks around them. */
  private skipLinesInPlain(p: number): number {
    const { text, end } = this;
    while (p < end) {
      const c = text.charCodeAt(p);
      if (c === 0x20) p++;
      else if (c === 0x0a) this.lineStart = ++p + this.base;
      else if (c === 0x09) {
        if (p - this.lineStart <= this.indent) {
          // Refused as the token that it then is; in brackets it would be none.
          if (this.flowLevel === 0) break;
          throw this.broken("tab-indentation", p, p + 1, "A tab indents this line; YAML takes only spaces there", {
            help: "Replace the tab by spaces",
          });
        }
        p++;
      } else if (isBreak(c)) {
        p = this.afterBreak(p);
        this.lineStart = p + this.base;
      } else break;
    }
    return p;
  }

  /** What the line breaks between two offsets read as within a scalar: one is a space, more are one less. */
  private foldedBreaks(from: number, to: number): string {
    const { text } = this;
    let first: string | undefined;
    let rest = "";
    for (let p = from; p < to; ) {
      if (!isBreak(text.charCodeAt(p))) p++;
      else {
        const line = this.breakText(p);
        if (first === undefined) first = line;
        else rest += line;
        p = this.afterBreak(p);
      }
    }
    return first === "\n" ? rest || " " : (first ?? "") + rest;
  }

  /** Scans a quoted scalar up to and with its closing quote. */
  scanQuoted(quote: number): void {
    const { text, end } = this;
    const start = this.pos;
    const startLine = this.lineStart;
    let content = "";
    let run = start + 1;
    let p = run;
    this.scalarStart = start;
    for (;;) {
      if (p >= end) throw this.unclosedQuote(start, quote);
      const c = text.charCodeAt(p);
      if (c === quote) {
        if (c !== 0x27 || text.charCodeAt(p + 1) !== 0x27 || p + 1 >= end) break;
        content += text.slice(run, p + 1);
        p = run = p + 2;
      } else if (c === 0x5c && quote === 0x22) {
        content += text.slice(run, p);
        if (p + 1 < end && isBreak(text.charCodeAt(p + 1))) {
          p = this.skipLinesInQuotes(this.afterBreak(p + 1), start, quote, true);
          content += this.folded;
        } else {
          this.pos = p;
          content += this.scanEscape(start);
          p = this.pos;
        }
        run = p;
      } else if (isBreak(c)) {
        let contentEnd = p;
        while (contentEnd > run && isBlank(text.charCodeAt(contentEnd - 1))) contentEnd--;
        content += text.slice(run, contentEnd);
        p = run = this.skipLinesInQuotes(p, start, quote, false);
        content += this.folded;
      } else p++;
    }
    content = content === "" ? text.slice(run, p) : content + text.slice(run, p);
    this.scalarText = content;
    this.pos = this.scalarEnd = p + 1;
    this.crossedLine = this.lineStart !== startLine;
    if (this.crossedLine) {
      this.longQuoteStart = start;
      this.longQuoteEnd = p + 1;
    }
    this.keyAllowed = false;
  }

  /** The last quoted scalar that went over several lines: its closing quote may be the opening one of another. */
  longQuoteStart = 0;
  longQuoteEnd = 0;

  /** How the line breaks that `skipLinesInQuotes` went over read. */
  private folded = "";

  private skipLinesInQuotes(from: number, start: number, quote: number, escaped: boolean): number {
    const { text, end } = this;
    let p = from;
    if (escaped) this.lineStart = p + this.base;
    while (p < end) {
      const c = text.charCodeAt(p);
      if (isBlank(c)) p++;
      else if (isBreak(c)) {
        p = this.afterBreak(p);
        this.lineStart = p + this.base;
      } else break;
    }
    if (p === this.lineStart && p < end && this.isDocumentMarker(p)) throw this.unclosedQuote(start, quote);
    // After an escaped line break even the first of the following breaks is kept.
    this.folded = escaped ? this.keptBreaks(from, p) : this.foldedBreaks(from, p);
    return p;
  }

  private keptBreaks(from: number, to: number): string {
    let kept = "";
    for (let p = from; p < to; ) {
      if (isBreak(this.text.charCodeAt(p))) {
        kept += this.breakText(p);
        p = this.afterBreak(p);
      } else p++;
    }
    return kept;
  }

  unclosedQuote(start: number, quote: number): unknown {
    const kind = quote === 0x22 ? "double" : "single";
    return this.broken("unclosed-quote", start, start + 1, `The ${kind} quote opened here is never closed`, {
      help: `Close it with ${quote === 0x22 ? '"' : "'"} at the end of the value`,
    });
  }

  /** Decodes the escape at the position. */
  private scanEscape(start: number): string {
    const { text, end } = this;
    const p = this.pos;
    if (p + 1 >= end) throw this.unclosedQuote(start, 0x22);
    const letter = text[p + 1]!;
    const simple = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (simple !== undefined) {
      this.pos = p + 2;
      return simple;
    }
    const digits = Object.hasOwn(ESCAPE_DIGITS, letter) ? ESCAPE_DIGITS[letter]! : 0;
    if (digits === 0) {
      const shown = text.codePointAt(p + 1)! > 0x20 ? String.fromCodePoint(text.codePointAt(p + 1)!) : "";
      this.reportEscape(p, p + 1 + Math.max(1, shown.length), `"\\${shown}" is no escape that YAML knows`);
      this.pos = p + 2;
      return `\\${letter}`;
    }
    let code = 0;
    for (let i = 0; i < digits; i++) {
      const digit = p + 2 + i < end ? hexDigit(text.charCodeAt(p + 2 + i)) : -1;
      if (digit < 0) {
        this.reportEscape(p, p + 2 + i, `"\\${letter}" needs ${digits} hexadecimal digits`);
        this.pos = p + 2 + i;
        return text.slice(p, this.pos);
      }
      code = code * 16 + digit;
    }
    this.pos = p + 2 + digits;
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      this.reportEscape(p, this.pos, `"${text.slice(p, this.pos)}" is no character of its own`);
      return "\ufffd";
    }
    return String.fromCodePoint(code);
  }

  private reportEscape(start: number, end: number, message: string): void {
    this.report("bad-escape", start, end, message, {
      help: "Write \\\\ for a backslash, or put the value in single quotes, where backslashes are ordinary",
    });
  }
}
