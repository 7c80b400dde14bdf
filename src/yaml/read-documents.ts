import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node } from "yaml";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import type { YamlDocument, YamlEntry, YamlNode, YamlStyle } from "./yaml-document.js";
import type { YamlProblem } from "./yaml-problem.js";

/** PROVISIONAL: stands in for the real reader (same interface) until that lands. */
export function readDocuments(source: SourceFile, region?: Span): YamlDocument[] {
  const start = region?.start ?? 0;
  const text = source.text.slice(start, region?.end);
  const docs = parseAllDocuments(text, { version: "1.1", merge: true, lineCounter: new LineCounter() });
  if (!Array.isArray(docs)) return [];
  return docs.map((doc, index): YamlDocument => {
    const shift = (range?: [number, number, number] | null): Span => ({ start: start + (range?.[0] ?? 0), end: start + (range?.[1] ?? 0) });
    const wrap = (n: Node | null | undefined, alias?: Span): YamlNode => {
      if (isAlias(n)) return wrap(n.resolve(doc as Document) as Node, shift(n.range));
      const kind = isMap(n) ? "mapping" : isSeq(n) ? "sequence" : "scalar";
      return {
        kind,
        style: (isScalar(n) ? ({ QUOTE_SINGLE: "single-quoted", QUOTE_DOUBLE: "double-quoted", BLOCK_LITERAL: "literal", BLOCK_FOLDED: "folded" } as Record<string, YamlStyle>)[n.type ?? ""] ?? "plain" : n && "flow" in n && n.flow ? "flow" : "block"),
        span: shift(n?.range),
        alias,
        get value() { return n ? n.toJS(doc as Document) : null; },
        entries: (): YamlEntry[] => isMap(n) ? n.items.map((p) => ({ name: String(isScalar(p.key) ? p.key.value : p.key), key: wrap(p.key as Node), value: wrap(p.value as Node) })) : [],
        items: () => (isSeq(n) ? n.items.map((i) => wrap(i as Node)) : []),
      };
    };
    const problems = doc.errors.map((e): YamlProblem => ({ code: e.code === "DUPLICATE_KEY" ? "duplicate-key" : "syntax", severity: "error", message: e.message.split("\n")[0]!, span: { start: start + e.pos[0], end: start + e.pos[1] } }));
    let value: unknown;
    try { value = doc.contents ? doc.toJS() : undefined; } catch { value = undefined; }
    return {
      source, index, span: shift(doc.range), problems,
      decodes: problems.every((p) => p.code === "duplicate-key"),
      value, root: doc.contents ? wrap(doc.contents as Node) : undefined,
      comments: () => [...text.matchAll(/(?:^|\s)(#.*)$/gm)].map((m) => { const at = start + m.index + m[0].length - m[1]!.length; return { span: { start: at, end: at + m[1]!.length }, text: m[1]! }; }).filter((c) => c.span.start < start + (doc.range?.[2] ?? text.length) && c.span.start >= start + (doc.range?.[0] ?? 0)),
    };
  });
}
