import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { locate, type YamlDocument } from "../yaml/index.js";

/** What a comment or annotation silences. */
export interface Ignore {
  readonly source: SourceFile;
  /** The comment, or the annotation's value. */
  readonly span: Span;
  /** As written; empty for an ignore that names no rule, which silences nothing. */
  readonly rules: readonly string[];
  /** Offsets within which findings are silenced. */
  readonly scope: Span;
  /** Names of rules in it that silenced something. */
  readonly used: Set<string>;
}

/** An ignore, or one rule of it, that silenced nothing. */
export interface UnusedIgnore {
  readonly source: SourceFile;
  readonly document: YamlDocument;
  readonly span: Span;
  /** The rule it names; empty where it names none. */
  readonly rule: string;
  /** Whether there is a rule of that name. */
  readonly known: boolean;
}

const COMMENT = /^#+\s*kubeproof-ignore(-file)?(?=[\s:]|$):?\s*(.*?)(?:\s+--.*)?$/;
const ANNOTATION = "kubeproof.dev/ignore";

/** The ignores of one document: `# kubeproof-ignore RULE`, `# kubeproof-ignore-file RULE`, and the annotation for the object at each base path. */
export function ignoresOf(document: YamlDocument, bases: readonly string[]): Ignore[] {
  const { source } = document;
  const ignores: Ignore[] = [];
  if (source.text.includes("kubeproof-ignore")) {
    for (const comment of document.comments()) {
      const match = COMMENT.exec(comment.text);
      if (!match) continue;
      const scope = match[1] ? { start: 0, end: source.text.length } : scopeOfComment(document, comment.span);
      ignores.push({ source, span: comment.span, rules: names(match[2] ?? ""), scope, used: new Set() });
    }
  }
  if (source.text.includes(ANNOTATION)) {
    for (const base of bases) {
      const steps = [
        ...(base
          ? base
              .split(/[.[\]]/)
              .filter(Boolean)
              .map((s) => (/^\d+$/.test(s) ? Number(s) : s))
          : []),
      ];
      const object = locate(document, steps);
      const at = locate(document, [...steps, "metadata", "annotations", ANNOTATION]);
      if (!at?.exists || !object || typeof at.node.value !== "string") continue;
      ignores.push({ source, span: at.span, rules: names(at.node.value), scope: object.node.span, used: new Set() });
    }
  }
  return ignores;
}

const names = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/**
 * The node that begins on the comment's line, or, where the comment stands alone on its line, on the next line with
 * content; with everything below it.
 */
function scopeOfComment(document: YamlDocument, comment: Span): Span {
  const { source } = document;
  let { line } = source.position(comment.start);
  const before = source.line(line).slice(0, comment.start - source.lineSpan(line).start);
  if (/^[\s-]*$/.test(before)) {
    do line++;
    while (line <= source.lineCount && /^\s*(#.*|---.*)?$/.test(source.line(line)));
    if (line > source.lineCount) return { start: comment.end, end: comment.end };
  }
  const lineSpan = source.lineSpan(line);
  return { start: lineSpan.start, end: Math.max(lineSpan.end, endOfNodeAt(document, lineSpan)) };
}

/** Where the outermost entry or item that begins on the line ends. */
function endOfNodeAt(document: YamlDocument, line: Span): number {
  let node = document.root;
  if (node && document.span.start >= line.start) return document.span.end;
  while (node) {
    const children =
      node.kind === "mapping"
        ? node.entries().map((e) => ({ start: e.key.span.start, value: e.value }))
        : node.items().map((i) => ({ start: i.span.start, value: i }));
    const beginsHere = children.find((c) => c.start >= line.start && c.start <= line.end);
    if (beginsHere) return beginsHere.value.span.end;
    node = children.findLast((c) => c.start < line.start && c.value.span.end >= line.start && !c.value.alias)?.value;
  }
  return line.end;
}
