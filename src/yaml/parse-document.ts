import { isBreak, lineStartOf } from "./characters.js";
import { BlockParser } from "./parse-block.js";
import { BROKEN } from "./scanner.js";
import * as S from "./states.js";

/** Syntax errors after which the rest of a document is left alone. */
const MAX_BREAKS = 100;

/**
 * Reads one document after the other. A document goes from its `---` to the next `---` at the start of a line, as
 * kubectl cuts streams; whatever is broken within, the next one is read afresh.
 */
export class DocumentParser extends BlockParser {
  /** Where the stretch of the document begins: its directives and the comments above it included. */
  chunkStart = 0;
  contentStart = 0;
  private breaks = 0;
  private lastResume = -1;
  private first = true;

  /** Begins to read a stretch of a text. */
  begin(text: string, start: number, end: number, base: number): void {
    this.text = text;
    this.end = end;
    this.base = base;
    this.pos = start;
    this.lineStart = lineStartOf(text, start) + base;
    this.first = true;
  }

  /** Lets go of the text. */
  release(): void {
    this.begin("", 0, 0, 0);
    this.resetValues();
    this.problems = [];
    this.comments = [];
  }

  /** Reads the next document; false at the end of the text. */
  next(): boolean {
    this.problems = [];
    this.comments = [];
    this.resetValues();
    this.forgetKeyProperties();
    this.chunkStart = this.pos;
    this.breaks = 0;
    this.lastResume = -1;
    this.abandoned = false;
    this.longQuoteStart = this.longQuoteEnd = 0;
    // Mistakes look at the scalar before them: not at one of another document.
    this.scalarStart = this.scalarEnd = this.brokenAt = this.pos;
    this.keyAllowed = true;
    if (!this.readPrefix()) return false;
    this.first = false;
    this.readContent();
    this.readLeftover();
    // Every document takes some of the text, whatever is wrong with it.
    if (this.pos <= this.chunkStart) this.pos = this.end;
    return true;
  }

  /** Whether a root value was read. */
  get hasRoot(): boolean {
    return this.states[0] === S.DONE;
  }

  /** Directives and `---`; false where nothing follows. */
  private readPrefix(): boolean {
    const directives = new Set<string>();
    for (;;) {
      this.skipToToken();
      const p = this.pos;
      this.contentStart = this.lastEnd = p;
      if (p >= this.end) {
        if (directives.size === 0) return this.problems.length > 0;
        this.report("syntax", p, p, 'Directives are followed by no "---"', {
          help: 'Put "---" on the line below them',
        });
        return true;
      }
      if (p !== this.lineStart) break;
      const c = this.text.charCodeAt(p);
      if (c === 0x25 && this.first) {
        directives.add("");
        this.scanDirective(directives);
        continue;
      }
      if (c === 0x2d && this.isDocumentMarker(p)) {
        this.pos = p + 3;
        this.keyAllowed = false;
        this.skipToToken();
        this.contentStart = this.pos;
        this.lastEnd = p + 3;
        if (this.pos >= this.end) this.contentStart = this.lastEnd;
        return true;
      }
      break;
    }
    if (directives.size > 0) {
      this.report("syntax", this.pos, this.pos, 'Directives are followed by no "---"', {
        help: 'Put "---" on the line below them',
      });
    }
    return true;
  }

  private readContent(): void {
    for (;;) {
      try {
        this.parseBlock();
        return;
      } catch (e) {
        if (e !== BROKEN) throw e;
        if (!this.resume()) {
          this.finishBroken();
          return;
        }
      }
    }
  }

  /** Closes everything that is open, without a word. */
  private finishBroken(): void {
    const count = this.problems.length;
    this.clearPending();
    while (this.depth > 0) this.close(this.lastEnd);
    this.flowLevel = 0;
    this.problems.length = count;
    const marker = this.findMarker(Math.max(this.brokenAt, this.lastResume, this.contentStart));
    this.pos = marker;
    this.lineStart = marker;
  }

  /** Finds the line below the break at which the collections around it may go on; false if there is none. */
  private resume(): boolean {
    const { text, end } = this;
    const count = this.problems.length;
    this.clearPending();
    this.forgetKeyProperties();
    while (this.types[this.depth]! >= S.FLOW_SEQ) this.close(this.lastEnd);
    this.flowLevel = 0;
    this.problems.length = count;
    if (this.abandoned || ++this.breaks >= MAX_BREAKS || this.states[0] === S.DONE) return false;
    const limit = Math.max(this.indent, 0);
    const dashColumn = this.dashColumnAt(this.brokenAt);
    // A mistake may be laid to what stands above the content: the marker that opened the document is not to be met again.
    let p = Math.max(this.brokenAt, this.lastResume, this.contentStart);
    for (;;) {
      p = this.lineEnd(p);
      if (p >= end) return false;
      p = this.afterBreak(p);
      const lineStart = p + this.base;
      while (p < end && text.charCodeAt(p) === 0x20) p++;
      if (p >= end) return false;
      const c = text.charCodeAt(p);
      const column = p - lineStart;
      if (column === 0 && this.isDocumentMarker(p)) {
        this.lineStart = lineStart;
        this.pos = p;
        return true;
      }
      if (isBreak(c) || c === 0x23 || c === 0x09 || column > limit) continue;
      // The end of a flow collection that broke, and further items of a list that stands in a wrong column.
      if (c === 0x5d || c === 0x7d || (c === 0x2d && column === dashColumn)) continue;
      this.lineStart = lineStart;
      this.pos = this.lastResume = p;
      this.keyAllowed = true;
      return true;
    }
  }

  /** The column of the dash that begins the line of an offset; -1 if it begins with something else. */
  private dashColumnAt(offset: number): number {
    const start = lineStartOf(this.text, offset);
    let p = start;
    while (p < this.end && this.text.charCodeAt(p) === 0x20) p++;
    return offset === p && this.text.charCodeAt(p) === 0x2d && this.isBlankOrEnd(p + 1) ? p - start - this.base : -1;
  }

  /** What follows the content: the next document, `...`, or text that nobody reads. */
  private readLeftover(): void {
    const p = this.pos;
    if (p >= this.end) return;
    const atMarker = p === this.lineStart && this.isDocumentMarker(p);
    if (atMarker && this.text.charCodeAt(p) === 0x2d) return;
    const start = atMarker ? p + 3 : p;
    if (!atMarker && this.text.charCodeAt(p) === 0x7b && this.text.charCodeAt(this.contentStart) === 0x7b) return;
    const next = this.findMarker(start);
    if (!atMarker && this.problems.length === 0) this.checkNextToken();
    if (this.problems.every((problem) => problem.severity !== "error")) this.warnOfLeftover(start, next, atMarker);
    this.pos = next;
    this.lineStart = next;
    this.keyAllowed = true;
  }

  /** The API server's parser looks at one more token before it is content with what it has. */
  private checkNextToken(): void {
    const c = this.text.charCodeAt(this.pos);
    const start = this.pos;
    const column = start - this.lineStart;
    const blank = this.isBlankOrEnd(start + 1);
    try {
      if (c === 0x25 && column === 0) this.scanDirective(new Set());
      else if (c === 0x22 || c === 0x27) this.scanQuoted(c);
      else if (c === 0x26 || c === 0x2a) this.scanName();
      else if (c === 0x21) this.scanTag();
      else if (c === 0x7c || c === 0x3e) this.scanBlockScalar();
      else if (
        ((c === 0x2d || c === 0x3f || c === 0x3a) && blank && !this.keyAllowed) ||
        c === 0x40 ||
        c === 0x60 ||
        c === 0x25 ||
        c === 0x09
      ) {
        throw this.blockMistake(start);
      } else if (!((c === 0x2d || c === 0x3f || c === 0x3a) && blank) && !"[]{},".includes(this.text[start]!))
        this.scanPlain();
    } catch (e) {
      if (e !== BROKEN) throw e;
    }
  }

  private warnOfLeftover(start: number, next: number, afterMarker: boolean): void {
    let p = start;
    let lineStart = afterMarker ? -1 : start;
    for (; p < next; p++) {
      const c = this.text.charCodeAt(p);
      if (c === 0x23 && (afterMarker || lineStart >= 0)) p = this.lineEnd(p) - 1;
      else if (isBreak(c)) lineStart = p + 1;
      else if (c !== 0x20 && c !== 0x09) break;
    }
    if (p >= next) return;
    const column = p - lineStartOf(this.text, p);
    const left = column < this.contentStart - lineStartOf(this.text, this.contentStart);
    if (p === this.lastEnd && this.text.charCodeAt(p) === 0x3a) {
      this.report(
        "missing-space-after-colon",
        this.contentStart,
        p + 1,
        "No space follows the colon, so this is no key, and the document ends before it",
        {
          severity: "warning",
          help: "Write the colon with a space after it",
        },
      );
      return;
    }
    const reason = afterMarker
      ? 'follows "...", which ends the document'
      : left
        ? "stands further left than the first line of the document, which ends before it"
        : "follows the end of the document";
    this.report("unread-text", p, this.lineEnd(p), `The API server does not read this text: it ${reason}`, {
      severity: "warning",
      help:
        left && !afterMarker ? "Indent it like the lines above" : 'Begin a new document with "---", or remove the text',
    });
  }

  /** The offset of the next `---` at the start of a line; the end if there is none. */
  private findMarker(from: number): number {
    const { text, end } = this;
    for (let p = from; ; p++) {
      p = text.indexOf("---", p);
      if (p < 0 || p >= end) return end;
      if (this.isDocumentMarker(p) && p - this.base === lineStartOf(text, p) && this.isIndentation(p - this.base, p))
        return p;
    }
  }

  private isIndentation(start: number, end: number): boolean {
    for (let p = start; p < end; p++) if (this.text.charCodeAt(p) !== 0x20) return false;
    return true;
  }
}
