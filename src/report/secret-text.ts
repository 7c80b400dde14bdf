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
const KEY = /^((?:[ \t]|-[ \t]+)*)(["']?)([\w./-]+)\2[ \t]*:(?=\s|$)/;
const DATA_KEY = /data["']?\s*:/i;
const LAST_APPLIED = /last-applied-configuration["']?\s*:/;

const cache = new WeakMap<SourceFile, readonly Span[]>();

/** The spans of a file that no output may show, in order, each within one line. */
export function secretSpans(source: SourceFile): readonly Span[] {
  let spans = cache.get(source);
  if (spans === undefined) {
    spans = /secret/i.test(source.text) ? findSecretSpans(source) : [];
    cache.set(source, spans);
  }
  return spans;
}

function findSecretSpans(source: SourceFile): Span[] {
  const hidden = new Map<number, number>();
  for (const match of source.text.matchAll(KIND)) {
    const { line } = source.position(match.index + match[1]!.length);
    const text = source.line(line);
    const key = KEY.exec(text);
    if (key?.[3] === "kind") hideBlockObject(source, line, key[1]!.length, hidden);
    else hideFlowObject(source, line, hidden);
  }
  return [...hidden]
    .sort(([a], [b]) => a - b)
    .map(([line, column]) => {
      const { start, end } = source.lineSpan(line);
      return { start: start + column, end };
    })
    .filter((span) => /[^\s"'{}[\],|>+-]/.test(source.slice(span)));
}

/** The lines of the object around a `kind:` that stands at `indent`: section by section. */
function hideBlockObject(source: SourceFile, kindLine: number, indent: number, hidden: Map<number, number>): void {
  let first = kindLine;
  while (first > 1 && !startsItem(source.line(first), indent)) {
    const above = source.line(first - 1);
    if (BOUNDARY.test(above) || (above.trim() !== "" && keyColumn(above) < indent)) break;
    first--;
  }
  let secret = false;
  for (let line = first; line <= source.lineCount; line++) {
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
}

function hideFlowObject(source: SourceFile, kindLine: number, hidden: Map<number, number>): void {
  const text = source.line(kindLine);
  if (DATA_KEY.test(text)) {
    hide(hidden, kindLine, keyColumn(text));
    return;
  }
  if (/[}\]]\s*,?\s*$/.test(text) && !/^\s*["'}\]]/.test(text)) return;
  for (const step of [-1, 1]) {
    for (let line = kindLine + step; line >= 1 && line <= source.lineCount; line += step) {
      const other = source.line(line);
      if (BOUNDARY.test(other)) break;
      hide(hidden, line, keyColumn(other));
    }
  }
}

/** Where the text of a line starts, after white space and the dashes of list items. */
const keyColumn = (text: string): number => /^(?:[ \t]|-(?=[ \t]))*/.exec(text)![0].length;

/** Whether the line is the first of a list item whose fields stand at `indent`. */
const startsItem = (text: string, indent: number): boolean => /^[ \t]*-[ \t]/.test(text) && keyColumn(text) === indent;

const afterKey = (text: string, from: number): number => from + /^\s*/.exec(text.slice(from))![0].length;

function hide(hidden: Map<number, number>, line: number, column: number): void {
  hidden.set(line, Math.min(column, hidden.get(line) ?? column));
}
