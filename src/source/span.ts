/** A stretch of a file's text: half-open, in UTF-16 units from the start of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The empty span at an offset. */
export const pointAt = (offset: number): Span => ({ start: offset, end: offset });
