import type { Position, SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";

/** A place with everything a format may want: lines and columns from 1, offsets from 0, all in UTF-16 units. */
export interface Place extends Position {
  readonly offset: number;
}

/** From `start` up to, not including, `end`. */
export interface Range {
  readonly start: Place;
  readonly end: Place;
}

/** Where a span lies; a span that reaches outside the text is cut to it. */
export function rangeOf(source: SourceFile, span: Span): Range {
  const size = source.text.length;
  const start = Math.min(Math.max(span.start, 0), size);
  const end = Math.min(Math.max(span.end, start), size);
  return {
    start: { ...source.position(start), offset: start },
    end: { ...source.position(end), offset: end },
  };
}

/**
 * The span without the white space at its end: the value of a block collection often reaches to the start of the line
 * below, which nobody wants underlined. White space alone stays as it is.
 */
export function trimEnd(source: SourceFile, span: Span): Span {
  const trimmed = source.slice(span).trimEnd().length;
  return trimmed === 0 ? span : { start: span.start, end: span.start + trimmed };
}

/** `path:line:column` of the start of a span, which terminals and editors open. */
export function clickable(source: SourceFile, span: Span): string {
  const { line, column } = rangeOf(source, span).start;
  return `${source.path}:${line}:${column}`;
}
