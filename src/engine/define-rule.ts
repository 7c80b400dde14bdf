import type { BuiltInKind } from "../cluster/kinds.js";
import type { Category, Severity } from "../diagnostics/diagnostic.js";
import type { SchemaProblemCode } from "../schema/schema-problem.js";
import type { YamlProblemCode } from "../yaml/index.js";
import type {
  CauseTarget,
  ClusterTarget,
  ContainerTarget,
  KindTarget,
  KubeconfigTarget,
  Messages,
  PodTemplateTarget,
  Preset,
  ResourceTarget,
  Rule,
  RuleBase,
  RuleContext,
  RuleOptions,
  SchemaProblemTarget,
  ServerWarningTarget,
  UnusedIgnoreTarget,
  YamlProblemTarget,
} from "./rule.js";

/** What a category means where a rule says nothing else. */
export const CATEGORY_DEFAULTS: Readonly<Record<Category, { readonly severity: Severity; readonly preset: Preset }>> = {
  syntax: { severity: "error", preset: "minimal" },
  schema: { severity: "error", preset: "minimal" },
  versions: { severity: "error", preset: "minimal" },
  admission: { severity: "error", preset: "minimal" },
  references: { severity: "warning", preset: "minimal" },
  correctness: { severity: "error", preset: "minimal" },
  reliability: { severity: "warning", preset: "recommended" },
  security: { severity: "warning", preset: "recommended" },
  style: { severity: "note", preset: "strict" },
};

export const DOCUMENTATION = "https://github.com/kubeproof/kubeproof/blob/main/docs/rules";

type Base<M extends Messages, O extends RuleOptions> = RuleBase<M, O>;
type Ctx<M extends Messages, O extends RuleOptions> = RuleContext<M, O>;
type None = Record<never, never>;

/** Defines a rule: metadata, messages, check and examples in one place. See `rules/` for examples. */
export function defineRule<const M extends Messages, K extends BuiltInKind, const O extends RuleOptions = None>(
  definition: Base<M, O> & KindTarget<K, Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, const O extends RuleOptions = None>(
  definition: Base<M, O> & ResourceTarget<Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, const O extends RuleOptions = None>(
  definition: Base<M, O> & KubeconfigTarget<Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, const O extends RuleOptions = None>(
  definition: Base<M, O> & PodTemplateTarget<Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, const O extends RuleOptions = None>(
  definition: Base<M, O> & ContainerTarget<Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, const O extends RuleOptions = None>(
  definition: Base<M, O> & ClusterTarget<Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, Y extends YamlProblemCode, const O extends RuleOptions = None>(
  definition: Base<M, O> & YamlProblemTarget<Y, Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, S extends SchemaProblemCode, const O extends RuleOptions = None>(
  definition: Base<M, O> & SchemaProblemTarget<S, Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, const O extends RuleOptions = None>(
  definition: Base<M, O> & CauseTarget<Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, const O extends RuleOptions = None>(
  definition: Base<M, O> & ServerWarningTarget<Ctx<M, O>>,
): Rule;
export function defineRule<const M extends Messages, const O extends RuleOptions = None>(
  definition: Base<M, O> & UnusedIgnoreTarget<Ctx<M, O>>,
): Rule;
export function defineRule(definition: Base<Messages, RuleOptions>): Rule {
  const defaults = CATEGORY_DEFAULTS[definition.category];
  return {
    id: definition.id,
    category: definition.category,
    severity: definition.severity ?? defaults.severity,
    preset: definition.preset ?? defaults.preset,
    since: definition.since,
    summary: definition.summary,
    why: definition.why.replace(/\s+/g, " ").trim(),
    references: definition.references ?? [],
    aliases: definition.aliases ?? [],
    url: `${DOCUMENTATION}/${definition.id}.md`,
    options: definition.options ?? {},
    tells: definition.tells,
    messages: definition.messages,
    examples: definition.examples,
    // The engine hands each target the subject it names, so forgetting the types here loses nothing.
    target: definition as unknown as Rule["target"],
  };
}
