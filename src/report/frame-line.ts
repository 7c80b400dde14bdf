import type { SourceFile } from "../source/source-file.js";
import { secretSpansWithin } from "./secret-text.js";
import { displayWidth, graphemes, graphemeWidth, showControls } from "./visible-text.js";

export type MarkKind = "primary" | "related";

/** A mark on one line: columns from 0, half open, in UTF-16 units; empty for a point. */
export interface LineMark {
  readonly from: number;
  readonly to: number;
  readonly kind: MarkKind;
}

/** Text as it is shown, with the terminal columns it takes. A marked segment without text is a point. */
export interface Segment {
  readonly text: string;
  readonly width: number;
  readonly mark?: MarkKind;
}

/** Stands for the value of a Secret, whatever its length. */
const HIDDEN = "••••••";
const TAB = "    ";
const CUT = "…";
/** Text beyond this on either side of a mark is not even measured: a line may be megabytes long. */
const REACH = 1000;

/** A line's text as segments, at most `width` columns, cut around its first mark. */
export function buildSegments(
  source: SourceFile,
  line: number,
  marks: readonly LineMark[],
  width: number,
): readonly Segment[] {
  const { start, end } = source.lineSpan(line);
  const centre = marks[0]?.from ?? 0;
  const low = Math.max(0, centre - REACH);
  const high = Math.min(end - start, Math.max(centre, Math.min(marks[0]?.to ?? 0, centre + REACH)) + REACH);
  const hidden = secretSpansWithin(source, start + low, start + high).map((span) => ({
    from: Math.max(low, span.start - start),
    to: Math.min(high, span.end - start),
  }));
  const own = marks.map((mark) => snap(mark, hidden)).filter((mark) => mark.to >= low && mark.from <= high);

  const borders = new Set([low, high]);
  for (const { from, to } of [...hidden, ...own]) borders.add(Math.max(low, from)).add(Math.min(high, to));
  const cuts = [...borders].sort((a, b) => a - b);
  const segments: Segment[] = [];
  cuts.forEach((from, i) => {
    const point = own.find((mark) => mark.from === from && mark.to === from);
    if (point) segments.push({ text: "", width: 0, mark: point.kind });
    const to = cuts[i + 1];
    if (to === undefined) return;
    const covers = (span: { from: number; to: number }): boolean => span.from <= from && span.to >= to;
    const text = hidden.some(covers) ? HIDDEN : showText(source.text.slice(start + from, start + to));
    const kinds = own.filter(covers).map((mark) => mark.kind);
    segments.push({ text, width: displayWidth(text), mark: kinds.includes("primary") ? "primary" : kinds[0] });
  });
  if (low > 0) segments.unshift({ text: CUT, width: 1 });
  if (high < end - start) segments.push({ text: CUT, width: 1 });
  return crop(segments, width);
}

/** A mark that touches hidden text covers all of it. */
function snap(mark: LineMark, hidden: readonly { from: number; to: number }[]): LineMark {
  let { from, to } = mark;
  for (const span of hidden) {
    if (from === to && from > span.from && from < span.to) from = to = span.from;
    else if (from < span.to && to > span.from) {
      from = Math.min(from, span.from);
      to = Math.max(to, span.to);
    }
  }
  return { from, to, kind: mark.kind };
}

/** Source text with tabs as spaces and other controls as pictures. */
const showText = (text: string): string => showControls(text.replaceAll("\t", TAB));

/** Cuts to `width` columns so that the start of the first mark, and as much of it as fits, stays visible. */
function crop(segments: readonly Segment[], width: number): readonly Segment[] {
  let total = 0;
  let markStart = -1;
  let markEnd = 0;
  for (const segment of segments) {
    if (segment.mark && markStart < 0) {
      markStart = total;
      markEnd = total + Math.max(1, segment.width);
    }
    total += segment.width;
  }
  if (total <= width) return segments;
  const lead = Math.min(Math.floor(width / 3), Math.max(4, width - (markEnd - markStart) - 4));
  const left = markEnd < width ? 0 : Math.min(markStart - lead, total - width + 1);
  return cutColumns(segments, left <= 1 ? 0 : left, width);
}

function cutColumns(segments: readonly Segment[], left: number, width: number): Segment[] {
  const result: Segment[] = left > 0 ? [{ text: CUT, width: 1 }] : [];
  // One column each for the signs that something was cut.
  const from = left > 0 ? left + 1 : 0;
  const to = left + width - 1;
  let column = 0;
  let cutOff = false;
  for (const segment of segments) {
    const begin = column;
    column += segment.width;
    if (segment.text === "" ? begin >= from && begin <= to : begin >= from && column <= to) {
      result.push(segment);
      continue;
    }
    if (column > to) cutOff = true;
    if (segment.text === "" || column <= from || begin >= to) continue;
    let at = begin;
    let text = "";
    for (const grapheme of graphemes(segment.text)) {
      const size = graphemeWidth(grapheme);
      if (at >= from && at + size <= to) text += grapheme;
      at += size;
    }
    if (text !== "") result.push({ text, width: displayWidth(text), mark: segment.mark });
  }
  if (cutOff) result.push({ text: CUT, width: 1 });
  return result;
}
