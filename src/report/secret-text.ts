import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";

/**
 * Finds what a code frame may not show: the values of Secrets. Works on the text, not on the parsed document, because
 * frames are also drawn in documents that do not parse; in doubt it hides more. Hidden is everything in a Secret but the
 * values of the fields below, so that a misspelt `stringData` hides too.
 */
const SHOWN_FIELDS = new Set([
  ..."apiVersion kind metadata type immutable".split(" "),
  // `kind: Secret` is also how other objects refer to one.
  ..."name namespace group apiGroup uid resourceVersion fieldPath".split(" "),
]);

const KIND = /(^|[\s{,"'-])kind["']?[ \t]*:[ \t]*(?:![^\s]*[ \t]+)?["']?Secret(?:List)?["']?[ \t]*(?=$|[,}\]#\r])/gim;
const BOUNDARY = /^(?:(?:---|\.\.\.)(?:\s|$)|\s*(?:```|~~~))/;
const KEY = /^((?:[ \t]|-[ \t]+)*)(["']?)([\w./-]+)\2[ \t]*:(?=[\s"'{[]|$)/;
const DATA_KEY = /data["']?\s*:/i;
const LAST_APPLIED = /last-applied-configuration["']?\s*:/;

const cache = new WeakMap<SourceFile, readonly Span[]>();

/** The spans of a file that no output may show, in order, each within one line. */
export function secretSpans(source: SourceFile): readonly Span[] {
  let spans = cache.get(source);
  if (spans === undefined) {
    spans = source.concealed.length > 0 || /secret/i.test(source.text) ? findSecretSpans(source) : [];
    cache.set(source, spans);
  }
  return spans;
}

/** Of these, the ones that meet `from` up to `to`. */
export function secretSpansWithin(source: SourceFile, from: number, to: number): readonly Span[] {
  const spans = secretSpans(source);
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end <= from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < spans.length && spans[end]!.start < to) end++;
  return spans.slice(low, end);
}

function findSecretSpans(source: SourceFile): Span[] {
  const hidden = new Map<number, number>();
  // By indentation, the last line looked at: no object is walked twice, however often it says its kind.
  const walked = new Map<number, number>();
  for (const match of source.text.matchAll(KIND)) {
    const { line } = source.position(match.index + match[1]!.length);
    const key = KEY.exec(source.line(line));
    const indent = key?.[3] === "kind" ? key[1]!.length : -1;
    if (line <= (walked.get(indent) ?? 0)) continue;
    walked.set(
      indent,
      indent < 0 ? hideFlowObject(source, line, hidden) : hideBlockObject(source, line, indent, hidden),
    );
  }
  for (const { start, end } of source.concealed) {
    const first = source.position(start);
    const last = source.position(end);
    hide(hidden, first.line, first.column - 1);
    for (let line = first.line + 1; line <= last.line; line++) hide(hidden, line, 0);
  }
  return [...hidden]
    .sort(([a], [b]) => a - b)
    .map(([line, column]) => {
      const { start, end } = source.lineSpan(line);
      return { start: start + column, end };
    })
    .filter((span) => /[^\s"'{}[\],|>+-]/.test(source.slice(span)));
}

/** Hides within the object around a `kind:` that stands at `indent`, section by section; gives its last line. */
function hideBlockObject(source: SourceFile, kindLine: number, indent: number, hidden: Map<number, number>): number {
  let first = kindLine;
  while (first > 1 && !startsItem(source.line(first), indent)) {
    const above = source.line(first - 1);
    if (BOUNDARY.test(above) || (above.trim() !== "" && keyColumn(above) < indent)) break;
    first--;
  }
  let secret = false;
  let line = first;
  for (; line <= source.lineCount; line++) {
    const text = source.line(line);
    if (line > kindLine && (BOUNDARY.test(text) || startsItem(text, indent))) break;
    if (text.trim() === "") continue;
    const column = keyColumn(text);
    if (line > kindLine && column < indent && indent > 0) break;
    const key = KEY.exec(text);
    if (key && key[1]!.length === indent) {
      secret = !SHOWN_FIELDS.has(key[3]!);
      if (secret) hide(hidden, line, afterKey(text, key[0].length));
    } else if (secret) hide(hidden, line, key ? afterKey(text, key[0].length) : column);
    else if (LAST_APPLIED.test(text)) {
      hide(hidden, line, text.search(LAST_APPLIED));
      secret = true;
    }
  }
  return line - 1;
}

/** In flow style: the one line the object is on, or, where it spans several, the whole document; gives the last line. */
function hideFlowObject(source: SourceFile, kindLine: number, hidden: Map<number, number>): number {
  const text = source.line(kindLine);
  if (DATA_KEY.test(text)) hide(hidden, kindLine, keyColumn(text));
  if (isBalanced(text)) return kindLine;
  for (let line = kindLine - 1; line >= 1 && !BOUNDARY.test(source.line(line)); line--) {
    hide(hidden, line, keyColumn(source.line(line)));
  }
  let line = kindLine + 1;
  for (; line <= source.lineCount && !BOUNDARY.test(source.line(line)); line++) {
    hide(hidden, line, keyColumn(source.line(line)));
  }
  return line - 1;
}

const isBalanced = (text: string): boolean => text.split(/[{[]/).length === text.split(/[}\]]/).length;

/** Where the text of a line starts, after white space and the dashes of list items. */
const keyColumn = (text: string): number => /^(?:[ \t]|-(?=[ \t]))*/.exec(text)![0].length;

/** Whether the line is the first of a list item whose fields stand at `indent`. */
const startsItem = (text: string, indent: number): boolean => /^[ \t]*-[ \t]/.test(text) && keyColumn(text) === indent;

const afterKey = (text: string, from: number): number => from + /^\s*/.exec(text.slice(from))![0].length;

function hide(hidden: Map<number, number>, line: number, column: number): void {
  hidden.set(line, Math.min(column, hidden.get(line) ?? column));
}
