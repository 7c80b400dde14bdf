import type { Span } from "../source/span.js";

/** A JSON value of a text that holds several, as JSON lines and `kubectl` streams do. */
export interface JsonText {
  readonly span: Span;
  /** The keys of the outermost object. */
  readonly keys: readonly string[];
}

/**
 * The objects of a text that begins with `{`, by brackets and strings alone, so that large files which are no manifests
 * are told by their keys without being read. Undefined where something else stands between them: YAML's business.
 */
export function splitJsonTexts(text: string): JsonText[] | undefined {
  const texts: JsonText[] = [];
  const token = /["{}[\]]|[^\s,:"{}[\]]/g;
  let depth = 0;
  let start = 0;
  let keys: string[] = [];
  let end = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const at = match.index;
    const c = match[0];
    if (c === '"') {
      const close = endOfString(text, at);
      if (depth === 0) return undefined;
      if (depth === 1 && followedByColon(text, close)) keys.push(text.slice(at + 1, close - 1));
      token.lastIndex = close;
    } else if (c === "{" || c === "[") {
      if (depth === 0) {
        if (c === "[") return undefined;
        start = at;
        keys = [];
      }
      depth++;
    } else if (c === "}" || c === "]") {
      if (depth === 0) return undefined;
      if (--depth === 0) {
        end = at + 1;
        texts.push({ span: { start, end }, keys });
      }
    } else if (depth === 0) return undefined;
  }
  if (depth > 0) texts.push({ span: { start, end: text.length }, keys });
  else if (text.slice(end).trim() !== "") return undefined;
  return texts;
}

/** The lines of a text of JSON lines: one that is broken hides no other. */
export function splitJsonLines(text: string): JsonText[] {
  const texts: JsonText[] = [];
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const line = match[0];
    if (line.trim() === "") continue;
    const keys = splitJsonTexts(line)?.[0]?.keys ?? [...line.matchAll(/"(\w+)"\s*:/g)].map((key) => key[1]!);
    texts.push({ span: { start: match.index, end: match.index + line.length }, keys });
  }
  return texts;
}

/** Behind the closing quote; at the end of the line where there is none. */
function endOfString(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5c) i++;
    else if (c === 0x22) return i + 1;
    else if (c === 0x0a) return i;
  }
  return text.length;
}

function followedByColon(text: string, from: number): boolean {
  let i = from;
  while (i < text.length && text.charCodeAt(i) <= 0x20) i++;
  return text.charCodeAt(i) === 0x3a;
}
