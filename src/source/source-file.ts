import type { Span } from "./span.js";

/** A place as people and editors name it: both count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A file's text under the path it is reported by. Lines are computed when first asked for. */
export class SourceFile {
  #lineStarts: number[] | undefined;
  readonly #concealed: Span[] = [];

  constructor(
    /** As given by the user, relative where the user was relative, `/` between folders; `-` for standard input. */
    readonly path: string,
    /** Decoded text, without a byte order mark at its start. */
    readonly text: string,
  ) {}

  /** Stretches that hold a secret and may show in no output. */
  get concealed(): readonly Span[] {
    return this.#concealed;
  }

  /** Keeps a stretch out of every output. To be called before the first report. */
  conceal(span: Span): void {
    this.#concealed.push(span);
  }

  position(offset: number): Position {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  get lineCount(): number {
    return this.lineStarts().length;
  }

  /** The span of a line (from 1) without its line break. */
  lineSpan(line: number): Span {
    const starts = this.lineStarts();
    const start = starts[line - 1]!;
    let end = starts[line] ?? this.text.length;
    while (end > start && (this.text.charCodeAt(end - 1) === 0x0a || this.text.charCodeAt(end - 1) === 0x0d)) end--;
    return { start, end };
  }

  /** The text of a line (from 1) without its line break. */
  line(line: number): string {
    const { start, end } = this.lineSpan(line);
    return this.text.slice(start, end);
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  private lineStarts(): readonly number[] {
    if (this.#lineStarts) return this.#lineStarts;
    const { text } = this;
    const starts = [0];
    // A search for one character runs some ten times as fast as a loop over all of them.
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    if (text.includes("\r")) this.addLoneCarriageReturns(starts);
    this.#lineStarts = starts;
    return starts;
  }

  /** A carriage return that no line feed follows ends a line too. */
  private addLoneCarriageReturns(starts: number[]): void {
    const { text } = this;
    const before = starts.length;
    for (let at = text.indexOf("\r"); at >= 0; at = text.indexOf("\r", at + 1)) {
      if (text.charCodeAt(at + 1) !== 0x0a) starts.push(at + 1);
    }
    if (starts.length > before) starts.sort((a, b) => a - b);
  }
}
