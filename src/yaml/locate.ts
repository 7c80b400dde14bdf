import { type PathStep, parsePath } from "../source/field-path.js";
import type { Span } from "../source/span.js";
import type { YamlDocument, YamlNode } from "./yaml-document.js";

/** Where a field path leads in the text. */
export interface Location {
  /** Whether every step of the path is there. */
  readonly exists: boolean;
  /** The deepest node that is there. */
  readonly node: YamlNode;
  /** The key under which `node` stands; undefined for list items and the root. */
  readonly key: Span | undefined;
  /** The steps that lead to `node`. */
  readonly steps: readonly PathStep[];
  /**
   * What to underline: the value if it exists and is a scalar; of a mapping or sequence its key, or its own first line
   * where it has none; of a missing field the same for its nearest parent.
   */
  readonly span: Span;
}

/** Resolves an API field path (`spec.ports[0].name`) in a document; undefined only for an empty document. */
export function locate(document: YamlDocument, path: string | readonly PathStep[]): Location | undefined {
  const { root } = document;
  if (!root) return undefined;
  const steps = typeof path === "string" ? parsePath(path) : path;
  let node = root;
  let key: Span | undefined;
  let depth = 0;
  for (const step of steps) {
    const next = child(node, step);
    if (!next) break;
    node = next.node;
    key = next.key;
    depth++;
  }
  const scalar = node.kind === "scalar" && node.span.end > node.span.start;
  const span =
    depth === steps.length && scalar ? firstLine(document, node.span) : (key ?? firstLine(document, node.span));
  return { exists: depth === steps.length, node, key, steps: steps.slice(0, depth), span };
}

function child(node: YamlNode, step: PathStep): { node: YamlNode; key: Span | undefined } | undefined {
  if (node.kind === "sequence") {
    const item = typeof step === "number" ? node.items()[step] : undefined;
    return item && { node: item, key: undefined };
  }
  const name = String(step);
  const entry = node.entries().find((e) => e.name === name);
  return entry && { node: entry.value, key: entry.key.span };
}

/** Block scalars and collections are underlined on their first line only. */
function firstLine(document: YamlDocument, span: Span): Span {
  const { text } = document.source;
  for (let i = span.start; i < span.end; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x0a || c === 0x0d) return { start: span.start, end: i };
  }
  return span;
}
