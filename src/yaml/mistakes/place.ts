import type { Span } from "../../source/span.js";
import { isBlank, isBreak } from "../characters.js";
import type { YamlProblemCode } from "../yaml-problem.js";

/** Where the reader stands when a token does not fit. */
export interface Place {
  readonly text: string;
  /** The token. */
  readonly at: number;
  readonly end: number;
  /** Where column 0 of the token's line is. */
  readonly lineStart: number;
  /** Of the innermost block collection. */
  readonly indent: number;
  readonly type: number;
  readonly state: number;
  /** Whether a key or dash could stand here. */
  readonly keyAllowed: boolean;
  /** End of what was read before the token. */
  readonly lastEnd: number;
  /** The scalar that was scanned last, the token itself or what stands before it. */
  readonly scalar: Span;
  /** The last quoted scalar that goes over several lines. */
  readonly longQuote: Span;
}

export interface Mistake {
  readonly code: YamlProblemCode;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help?: string;
  readonly related?: readonly { readonly span: Span; readonly note: string }[];
}

export function onLineOfContent(place: Place): boolean {
  const { text, lastEnd, at, lineStart } = place;
  return lastEnd > lineStart && lastEnd <= at && !isIndentation(text, lineStart, at);
}

export function isBlankAt(place: Place, p: number): boolean {
  return p >= place.end || isBlank(place.text.charCodeAt(p)) || isBreak(place.text.charCodeAt(p));
}

export function isIndentation(text: string, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (!isBlank(text.charCodeAt(p))) return false;
  return true;
}

export function endOfLine(place: Place, p: number): number {
  while (p < place.end && !isBreak(place.text.charCodeAt(p))) p++;
  return p;
}

export function lineOf(text: string, offset: number): number {
  while (offset > 0 && !isBreak(text.charCodeAt(offset - 1))) offset--;
  return offset;
}

export function firstOfLine(text: string, offset: number): number {
  let p = lineOf(text, offset);
  while (isBlank(text.charCodeAt(p))) p++;
  return p;
}

/** The end of the key, or of the first word, at an offset. */
export function wordEnd(place: Place, start: number): number {
  let p = start;
  while (p < place.end && !isBlankAt(place, p) && !(place.text[p] === ":" && isBlankAt(place, p + 1))) p++;
  return Math.max(p, Math.min(start + 1, place.end));
}

/** The start of the key that ends at an offset. */
export function wordStart(text: string, end: number): number {
  let p = end;
  while (p > 0 && /[\w./"'-]/.test(text[p - 1]!)) p--;
  return p;
}

export function trimmedEnd(text: string, start: number, end: number): number {
  while (end > start + 1 && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}
