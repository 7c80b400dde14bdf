import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Input } from "../input/index.js";
import { parsePath } from "../source/field-path.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { locate, type YamlDocument } from "../yaml/index.js";
import { IgnoreScopes } from "./ignore-scopes.js";
import type { Rule } from "./rule.js";
import { ScopeIndex } from "./scope-index.js";

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
  readonly #indexes = new Map<SourceFile, ReadonlyMap<string, ScopeIndex<Ignore>>>();
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
      const known = this.#ofSource.get(document.source);
      if (known) for (const ignore of ignores) known.push(ignore);
      else this.#ofSource.set(document.source, ignores);
    }
  }

  /** Whether a finding is silenced; remembers which ignore did it. */
  silence({ source, span, rule }: Diagnostic): boolean {
    const ignore = this.indexOf(source)?.get(rule)?.at(span.start);
    ignore?.used.add(rule);
    return ignore !== undefined;
  }

  /** The ignores of a file by the rule they name. */
  private indexOf(source: SourceFile): ReadonlyMap<string, ScopeIndex<Ignore>> | undefined {
    const known = this.#indexes.get(source);
    const ignores = this.#ofSource.get(source);
    if (known || !ignores) return known;
    const byRule = new Map<string, Ignore[]>();
    for (const ignore of ignores) {
      for (const name of ignore.rules) {
        const id = this.#ruleOf.get(name)?.id ?? name;
        const others = byRule.get(id);
        if (others) others.push(ignore);
        else byRule.set(id, [ignore]);
      }
    }
    const index = new Map([...byRule].map(([id, ofRule]) => [id, new ScopeIndex(ofRule)]));
    this.#indexes.set(source, index);
    return index;
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
    const scopes = new IgnoreScopes(document);
    for (const comment of document.comments()) {
      const match = COMMENT.exec(comment.text);
      if (!match) continue;
      const scope = match[1] ? { start: 0, end: source.text.length } : scopes.scopeOf(comment.span);
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
