import { isBlank, isBreak } from "./characters.js";
import { ScalarScanner } from "./scan-scalars.js";

/** Block scalars: `|` and `>` with their headers. */
export class BlockScalarScanner extends ScalarScanner {
  /** Line breaks (as read) that `skipBlockIndentation` went over, and where the last of them ended. */
  private blankLines = "";
  private afterBlankLines = 0;

  /** Scans from the `|` or `>`. The content ends at the first line less indented than its own first line. */
  scanBlockScalar(): void {
    const { text, end } = this;
    const start = this.pos;
    const literal = text.charCodeAt(start) === 0x7c;
    const header = this.scanBlockHeader();
    let indent = header.increment > 0 ? Math.max(this.indent, 0) + header.increment : 0;
    indent = this.skipBlockIndentation(indent);
    let contentEnd = this.headerEnd;
    const lines: string[] = [];
    let lineBreak = "";
    let blankLines = this.blankLines;
    let afterBlank = false;
    while (this.pos < end && this.pos - this.lineStart === indent) {
      const lineFrom = this.pos;
      const blank = isBlank(text.charCodeAt(lineFrom));
      if (!literal && !afterBlank && !blank && lineBreak === "\n") {
        if (blankLines === "") lines.push(" ");
      } else if (lineBreak !== "") lines.push(lineBreak);
      if (blankLines !== "") lines.push(blankLines);
      afterBlank = blank;
      contentEnd = this.lineEnd(lineFrom);
      this.pos = contentEnd;
      if (contentEnd < end) {
        lineBreak = this.breakText(contentEnd);
        this.pos = this.afterBreak(contentEnd);
        this.lineStart = this.pos + this.base;
        if (literal && lineBreak === "\n") {
          lines.push(text.slice(lineFrom, contentEnd));
          if (this.nextLineIsContent(indent)) {
            this.pos += indent + this.base;
            blankLines = "";
            continue;
          }
        } else lines.push(text.slice(lineFrom, contentEnd));
      } else {
        lineBreak = "";
        lines.push(text.slice(lineFrom, contentEnd));
      }
      this.skipBlockIndentation(indent);
      blankLines = this.blankLines;
    }
    if (header.chomping !== "-") lines.push(lineBreak);
    if (header.chomping === "+") {
      lines.push(blankLines);
      if (blankLines !== "") contentEnd = this.afterBlankLines;
    }
    this.scalarStart = start;
    this.scalarEnd = contentEnd;
    this.scalarText = lines.join("");
    this.crossedLine = true;
    this.keyAllowed = true;
  }

  /** Whether the line at the position begins with exactly the indentation and then neither blank nor line break. */
  private nextLineIsContent(indent: number): boolean {
    const { text } = this;
    const content = this.pos + indent + this.base;
    if (content >= this.end) return false;
    for (let p = this.pos; p < content; p++) if (text.charCodeAt(p) !== 0x20) return false;
    return !isBreak(text.charCodeAt(content));
  }

  private headerEnd = 0;

  private scanBlockHeader(): { chomping: "" | "+" | "-"; increment: number } {
    const { text, end } = this;
    const start = this.pos;
    let chomping: "" | "+" | "-" = "";
    let increment = 0;
    let p = start + 1;
    for (; p < end; p++) {
      const c = text.charCodeAt(p);
      if (chomping === "" && (c === 0x2b || c === 0x2d)) chomping = c === 0x2b ? "+" : "-";
      else if (increment === 0 && c >= 0x30 && c <= 0x39) {
        if (c === 0x30) {
          throw this.broken("syntax", p, p + 1, "A block scalar cannot be indented by 0", {
            help: "Give the number of spaces its lines are indented by, 1 to 9, or leave the number out",
          });
        }
        increment = c - 0x30;
      } else break;
    }
    this.headerEnd = p;
    while (p < end && isBlank(text.charCodeAt(p))) p++;
    if (p < end && text.charCodeAt(p) === 0x23) {
      const comment = p;
      p = this.lineEnd(p);
      this.comments.push(comment, p);
    }
    if (p < end) {
      if (!isBreak(text.charCodeAt(p))) {
        const sign = text[start];
        throw this.broken("syntax", p, this.lineEnd(p), `Text follows "${sign}" on its line`, {
          help: `Begin the text on the next line, indented; or quote the value if "${sign}" belongs to it`,
        });
      }
      p = this.afterBreak(p);
      this.lineStart = p + this.base;
    }
    this.pos = p;
    return { chomping, increment };
  }

  /**
   * Skips blank lines and the indentation of the next one, up to `indent` columns; with 0, finds the indentation: the
   * widest seen, but more than that of the collection around.
   */
  private skipBlockIndentation(indent: number): number {
    const { text, end } = this;
    let p = this.pos;
    let widest = 0;
    this.blankLines = "";
    for (;;) {
      const limit = indent === 0 ? end : Math.min(end, this.lineStart + indent);
      while (p < limit && text.charCodeAt(p) === 0x20) p++;
      widest = Math.max(widest, p - this.lineStart);
      if (p >= end) break;
      const c = text.charCodeAt(p);
      if (c === 0x09 && p < limit) {
        throw this.broken("tab-indentation", p, p + 1, "A tab stands where the indentation of a block scalar belongs", {
          help: "Indent with spaces; YAML does not take tabs there",
        });
      }
      if (!isBreak(c)) break;
      this.blankLines += this.breakText(p);
      p = this.afterBreak(p);
      this.lineStart = p + this.base;
      this.afterBlankLines = p;
    }
    this.pos = p;
    return indent === 0 ? Math.max(widest, this.indent + 1, 1) : indent;
  }
}
