import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { buildSegments, type LineMark, type MarkKind, type Segment } from "./frame-line.js";
import { rangeOf, trimEnd } from "./range.js";

/** One line of a frame. */
export interface FrameLine {
  readonly number: number;
  /** The line's text in display order, cut to the width asked for; marked parts are segments of their own. */
  readonly segments: readonly Segment[];
  /** Whether the finding itself, not only a related place, touches the line. */
  readonly primary: boolean;
  /** What related places on this line have to say. */
  readonly note: string;
}

/** A piece of one file with what matters in it marked; `gap` stands for lines left out. */
export interface Frame {
  readonly source: SourceFile;
  /** The first place marked. */
  readonly span: Span;
  readonly primary: boolean;
  readonly lines: readonly (FrameLine | "gap")[];
}

/** How large frames may become. */
export interface FrameSize {
  /** Terminal columns for a line's text. */
  readonly width: number;
  /** Lines shown above and below a marked one. */
  readonly context: number;
  /** Related places drawn; further ones are left to a sentence. */
  readonly related: number;
}

interface Mark {
  readonly span: Span;
  readonly kind: MarkKind;
  readonly note: string;
}

/** Of a marked stretch of more lines, the first four and the last are shown. */
const LONG_SPAN = 6;

/** The frames that explain a finding: one for its own file, with related places there, and one for each other file. */
export function buildFrames(diagnostic: Diagnostic, size: FrameSize): Frame[] {
  const own: Mark = { span: trimEnd(diagnostic.source, diagnostic.span), kind: "primary", note: "" };
  const byFile = new Map<SourceFile, Mark[]>([[diagnostic.source, [own]]]);
  for (const place of diagnostic.related.slice(0, size.related)) {
    const mark: Mark = { span: trimEnd(place.source, place.span), kind: "related", note: place.note };
    const marks = byFile.get(place.source);
    if (marks) marks.push(mark);
    else byFile.set(place.source, [mark]);
  }
  return [...byFile].map(([source, marks]) => ({
    source,
    span: marks[0]!.span,
    primary: source === diagnostic.source,
    lines: buildLines(source, marks, size),
  }));
}

function buildLines(source: SourceFile, marks: readonly Mark[], size: FrameSize): (FrameLine | "gap")[] {
  const onLine = new Map<number, LineMark[]>();
  const notes = new Map<number, string[]>();
  const shown = new Set<number>();
  for (const mark of marks) {
    const { start, end } = rangeOf(source, mark.span);
    for (let line = start.line; line <= end.line; line++) {
      if (end.line - start.line >= LONG_SPAN && line === start.line + 4) line = end.line;
      const text = source.line(line);
      const from =
        line === start.line ? Math.min(start.column - 1, text.length) : text.length - text.trimStart().length;
      const to = line === end.line ? Math.min(end.column - 1, text.length) : text.length;
      const list = onLine.get(line) ?? [];
      list.push({ from, to: Math.max(from, to), kind: mark.kind });
      onLine.set(line, list);
      shown.add(line);
    }
    if (mark.note !== "") notes.set(start.line, [...(notes.get(start.line) ?? []), mark.note]);
    addContext(source, start.line, -1, size.context, shown);
    addContext(source, end.line, 1, size.context, shown);
  }
  const lines: (FrameLine | "gap")[] = [];
  let previous = 0;
  for (const number of [...shown].sort((a, b) => a - b)) {
    if (previous > 0 && number === previous + 2 && source.line(number - 1).trim() === "") {
      lines.push({ number: number - 1, segments: [], primary: false, note: "" });
    } else if (previous > 0 && number > previous + 1) lines.push("gap");
    const own = onLine.get(number) ?? [];
    lines.push({
      number,
      segments: buildSegments(source, number, own, size.width),
      primary: own.some((mark) => mark.kind === "primary"),
      note: [...new Set(notes.get(number) ?? [])].join("; "),
    });
    previous = number;
  }
  return lines;
}

/** Neighbours of a marked line, up to a blank line or the border of the document. */
function addContext(source: SourceFile, line: number, step: 1 | -1, lines: number, shown: Set<number>): void {
  for (let i = 1; i <= lines; i++) {
    const number = line + i * step;
    if (number < 1 || number > source.lineCount) return;
    const text = source.line(number);
    if (text.trim() === "" || /^(---|\.\.\.)(\s|$)/.test(text)) return;
    shown.add(number);
  }
}
