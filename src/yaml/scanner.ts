import type { Span } from "../source/span.js";
import { isBlank, isBreak } from "./characters.js";
import type { YamlProblem, YamlProblemCode } from "./yaml-problem.js";

/** Thrown where reading cannot go on; the run loop catches it and resumes at a later line. Carries nothing. */
export const BROKEN = { name: "broken YAML" } as const;

/** Enough to see what is wrong with a text; a hostile one has millions. */
const MAX_PROBLEMS = 1000;

/** Hostile lines are millions of characters long. */
const MAX_UNDERLINED = 2000;

/** More of an objection than its place and message. */
export interface ProblemDetail {
  readonly help?: string;
  readonly severity?: "error" | "warning";
  readonly related?: readonly { readonly span: Span; readonly note: string }[];
}

/**
 * The lowest stage: a position in the text, the column it has, the blanks and comments between tokens.
 *
 * The rules followed here and in the stages above are those of libyaml's scanner, on which the API server's decoder is
 * built, where they differ from YAML 1.2: a "simple key" may only begin where `keyAllowed` is set.
 */
export class Scanner {
  text = "";
  pos = 0;
  /** End of the stretch to be read. */
  end = 0;
  /** Where column 0 of the current line is; with `base`, for text that is indented as a whole. */
  lineStart = 0;
  base = 0;
  /** Whether a token here may begin a key without `?`, or a `-`. */
  keyAllowed = true;
  flowLevel = 0;
  /** The column of the innermost block collection; -1 outside. */
  indent = -1;
  problems: YamlProblem[] = [];
  /** Start and end offsets of the comments, in turn. */
  comments: number[] = [];

  /** Where the last break was; recovery resumes below it. */
  brokenAt = 0;

  report(code: YamlProblemCode, start: number, end: number, message: string, detail?: ProblemDetail): void {
    if (this.problemsFull) return;
    const { severity = "error", ...rest } = detail ?? {};
    this.problems.push({ code, severity, message, span: { start, end }, ...rest });
  }

  get problemsFull(): boolean {
    return this.problems.length > MAX_PROBLEMS;
  }

  /** Reports what keeps the reader from going on. To be thrown. */
  broken(code: YamlProblemCode, start: number, end: number, message: string, detail?: ProblemDetail): typeof BROKEN {
    this.brokenAt = start;
    this.report(code, start, end, message, detail);
    return BROKEN;
  }

  /** Skips blanks, comments and line breaks. A tab where only indentation may stand is left for the caller to refuse. */
  skipToToken(): void {
    const { text, end } = this;
    let p = this.pos;
    for (; p < end; p++) {
      const c = text.charCodeAt(p);
      if (c === 0x20) continue;
      if (c === 0x0a) {
        this.lineStart = p + 1 + this.base;
        if (this.flowLevel === 0) this.keyAllowed = true;
      } else if (c === 0x09 && (this.flowLevel > 0 || !this.keyAllowed)) {
      } else if (c === 0x23) {
        const start = p;
        p = this.lineEnd(p);
        this.comments.push(start, p);
        p--;
      } else if (isBreak(c)) {
        if (c === 0x0d && text.charCodeAt(p + 1) === 0x0a && p + 1 < end) p++;
        this.lineStart = p + 1 + this.base;
        if (this.flowLevel === 0) this.keyAllowed = true;
      } else break;
    }
    this.pos = p;
  }

  /** The offset of the line break that ends the line of `p`. */
  lineEnd(p: number): number {
    const { text, end } = this;
    while (p < end && !isBreak(text.charCodeAt(p))) p++;
    return p;
  }

  /** Where to stop underlining what goes from `start` to `end`: at the end of its first line, or of what fits on one. */
  underlineEnd(start: number, end: number): number {
    const limit = Math.min(end, start + MAX_UNDERLINED, this.end);
    let p = start;
    while (p < limit && !isBreak(this.text.charCodeAt(p))) p++;
    return p;
  }

  /** The offset after the line break at `p`. */
  afterBreak(p: number): number {
    return this.text.charCodeAt(p) === 0x0d && p + 1 < this.end && this.text.charCodeAt(p + 1) === 0x0a ? p + 2 : p + 1;
  }

  /** How the line break at `p` reads: LS and PS stay what they are, all others are LF. */
  breakText(p: number): string {
    const c = this.text.charCodeAt(p);
    return c === 0x2028 || c === 0x2029 ? String.fromCharCode(c) : "\n";
  }

  /** Space, tab, line break or the end. */
  isBlankOrEnd(p: number): boolean {
    if (p >= this.end) return true;
    const c = this.text.charCodeAt(p);
    return c === 0x20 || c === 0x0a || c === 0x09 || isBreak(c);
  }

  /** `---` or `...` with a blank after it; the caller knows that `p` is at column 0. */
  isDocumentMarker(p: number): boolean {
    const c = this.text.charCodeAt(p);
    return (
      (c === 0x2d || c === 0x2e) &&
      p + 3 <= this.end &&
      this.text.charCodeAt(p + 1) === c &&
      this.text.charCodeAt(p + 2) === c &&
      this.isBlankOrEnd(p + 3)
    );
  }

  skipBlanks(): void {
    let p = this.pos;
    while (p < this.end && isBlank(this.text.charCodeAt(p))) p++;
    this.pos = p;
  }
}
