import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Input } from "../input/index.js";
import { parsePath } from "../source/field-path.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { locate, type YamlDocument } from "../yaml/index.js";
import type { Rule } from "./rule.js";

/** What a comment or annotation silences. */
interface Ignore {
  readonly document: YamlDocument;
  readonly source: SourceFile;
  /** The comment, or the annotation's value. */
  readonly span: Span;
  /** As written; empty for an ignore that names no rule, which silences nothing. */
  readonly rules: readonly string[];
  /** Offsets within which findings are silenced. */
  readonly scope: Span;
  /** Ids of the rules that it silenced. */
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

/** Behind the names a reason may follow, ` -- reason`. */
const COMMENT = /^#+\s*kubeproof-ignore(-file)?(?=[\s:]|$):?(.*)$/;
const ANNOTATION = "kubeproof.dev/ignore";

/** The ignores of a whole input. */
export class Ignores {
  readonly #ofSource = new Map<SourceFile, Ignore[]>();
  readonly #ruleOf = new Map<string, Rule>();

  constructor(input: Input, rules: readonly Rule[]) {
    for (const rule of rules) for (const name of [rule.id, ...rule.aliases]) this.#ruleOf.set(name, rule);
    const hints = new Map(input.files.map((source) => [source, hintsOf(source)]));
    const bases = new Map<YamlDocument, string[]>();
    for (const { document, base } of input.manifests) {
      const known = bases.get(document);
      if (known) known.push(base);
      else bases.set(document, [base]);
    }
    for (const { document, reported } of input.documents) {
      const hint = hints.get(document.source);
      if (!reported || !hint || !(hint.comments || hint.annotations)) continue;
      const ignores = ignoresOf(document, bases.get(document) ?? [""], hint);
      this.#ofSource.set(document.source, [...(this.#ofSource.get(document.source) ?? []), ...ignores]);
    }
  }

  /** Whether a finding is silenced; remembers which ignore did it. */
  silence(diagnostic: Diagnostic): boolean {
    const ignore = this.#ofSource
      .get(diagnostic.source)
      ?.find(
        ({ scope, rules }) =>
          diagnostic.span.start >= scope.start &&
          diagnostic.span.start <= scope.end &&
          rules.some((name) => this.#ruleOf.get(name)?.id === diagnostic.rule),
      );
    ignore?.used.add(diagnostic.rule);
    return ignore !== undefined;
  }

  /** The ignores that silenced nothing; those of a rule that is off for the file are not counted as such. */
  unused(isOn: (rule: Rule, path: string) => boolean): UnusedIgnore[] {
    return [...this.#ofSource.values()].flat().flatMap(({ source, document, span, rules, used }) =>
      (rules.length > 0 ? rules : [""]).flatMap((name) => {
        const rule = this.#ruleOf.get(name);
        if (rule && (used.has(rule.id) || !isOn(rule, source.path))) return [];
        return { source, document, span, rule: name, known: rule !== undefined };
      }),
    );
  }
}

/** Which ways of ignoring a file's text can hold at all: almost always none, so that its documents need not be searched. */
interface IgnoreHints {
  readonly comments: boolean;
  readonly annotations: boolean;
}

const hintsOf = ({ text }: SourceFile): IgnoreHints => ({
  comments: text.includes("kubeproof-ignore"),
  annotations: text.includes(ANNOTATION),
});

/** The ignores of one document: `# kubeproof-ignore RULE`, `# kubeproof-ignore-file RULE`, and the annotation for the object at each base path. */
function ignoresOf(document: YamlDocument, bases: readonly string[], hints: IgnoreHints): Ignore[] {
  const { source } = document;
  const ignores: Ignore[] = [];
  if (hints.comments) {
    for (const comment of document.comments()) {
      const match = COMMENT.exec(comment.text);
      if (!match) continue;
      const scope = match[1] ? { start: 0, end: source.text.length } : scopeOfComment(document, comment.span);
      ignores.push({
        document,
        source,
        span: comment.span,
        rules: names(match[2]!.split(/\s(?:--|#)/, 1)[0]!),
        scope,
        used: new Set(),
      });
    }
  }
  if (hints.annotations) {
    for (const base of bases) {
      const steps = parsePath(base);
      const object = locate(document, steps);
      const at = locate(document, [...steps, "metadata", "annotations", ANNOTATION]);
      if (!at?.exists || !object || typeof at.node.value !== "string") continue;
      ignores.push({
        document,
        source,
        span: at.span,
        rules: names(at.node.value),
        scope: object.node.span,
        used: new Set(),
      });
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
