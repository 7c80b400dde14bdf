import type { Cluster, Container, PodTemplate, Resource } from "../cluster/index.js";
import type { BuiltInKind, BuiltInKinds } from "../cluster/kinds.js";
import type { Category, Severity } from "../diagnostics/diagnostic.js";
import type { SchemaProblem, SchemaProblemCode } from "../schema/schema-problem.js";
import type { YamlProblem, YamlProblemCode } from "../yaml/index.js";
import type { UnusedIgnore } from "./ignores.js";
import type { ServerCause, ServerWarning } from "./server/cause.js";
import type { CauseFamily } from "./server/cause-families.js";

/** The named sets of rules a configuration can extend; each holds those before it. */
export const PRESETS = ["minimal", "recommended", "strict"] as const;
export type Preset = (typeof PRESETS)[number];

/** What is known of a rule without running it. */
export interface RuleMetadata {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly since: string;
  /** The smallest preset that has the rule. */
  readonly preset: Preset;
  readonly summary: string;
  readonly why: string;
  readonly references: readonly string[];
  /** Earlier ids, still understood in configurations and ignores. */
  readonly aliases: readonly string[];
  /** The rule's documentation page. */
  readonly url: string;
}

/** What a message says; the place is the report's. */
export interface Message {
  /** One sentence: capital first, no full stop, user's values in double quotes. */
  readonly text: string;
  readonly help?: string;
}

export type Messages = Readonly<Record<string, (data: never) => Message>>;

/** One setting of a rule. Its type is that of its default. */
export interface RuleOption {
  readonly summary: string;
  readonly default: string | number | boolean | readonly string[];
  /** The only values it takes. */
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}
export type RuleOptions = Readonly<Record<string, RuleOption>>;

type Widen<T> = T extends string ? string : T extends number ? number : T extends boolean ? boolean : readonly string[];
export type OptionValues<O extends RuleOptions> = { readonly [K in keyof O]: Widen<O[K]["default"]> };

/**
 * A manifest text whose lines may end in `#! messageId` (several: `#! one, two`), the findings expected on that line.
 * Lines `# file: PATH` divide it into files, where that matters.
 */
export type Example =
  | string
  | {
      readonly manifests: string;
      readonly options?: Readonly<Record<string, unknown>>;
      readonly kubernetesVersion?: string;
    };

/** A place in the input that explains a finding. */
export interface RelatedRequest {
  readonly object: Resource | PodTemplate | Container;
  /** An API field path within the object's manifest; its name where absent. */
  readonly at?: string;
  readonly note: string;
}

/**
 * A change to the manifest: of the key or the value at a path, of a plain value into a string as it is written or back,
 * or its removal with its key.
 */
export type EditRequest =
  | { readonly at: string; readonly key: string }
  | { readonly at: string; readonly value: string }
  | { readonly at: string; readonly quoted: boolean }
  | { readonly at: string; readonly remove: true };

export interface FixRequest {
  readonly description: string;
  /** Whether it cannot change what a correct manifest means. */
  readonly safe: boolean;
  readonly edits: readonly EditRequest[];
}

export interface ReportDetails<Data> {
  /** The API field path within the object's manifest, also of a field that is missing: the nearest parent is pointed at. Of a problem of the text: empty, its own span counts. */
  readonly at: string;
  readonly data: Data;
  /** The object the finding is about, where it is not the one being checked. */
  readonly object?: Resource | PodTemplate | Container;
  /** The path of a value that is secret: no output shows it. */
  readonly conceal?: string;
  /** Underline the key although there is a value. */
  readonly on?: "key";
  readonly related?: readonly RelatedRequest[];
  readonly fix?: FixRequest;
}

/** What a check is given beside its subject. */
export interface RuleContext<M extends Messages, O extends RuleOptions> {
  readonly cluster: Cluster;
  readonly options: OptionValues<O>;
  /** The target's minor: 34 for 1.34. */
  readonly minor: number;
  report<Id extends keyof M & string>(message: Id, details: ReportDetails<Parameters<M[Id]>[0]>): void;
  /** A fact worth telling with `--verbose`; not a finding. */
  remark(text: string): void;
}

/** What all rules have. */
export interface RuleBase<M extends Messages, O extends RuleOptions> {
  /** Kebab-case, the subject first, naming the defect. */
  readonly id: string;
  readonly category: Category;
  /** The version of kubeproof that first had it. */
  readonly since: string;
  /** One sentence that says what must hold. */
  readonly summary: string;
  /** What happens otherwise. */
  readonly why: string;
  readonly references?: readonly string[];
  /** Where the category's is not right. */
  readonly severity?: Severity;
  readonly preset?: Preset;
  readonly aliases?: readonly string[];
  readonly options?: O;
  /**
   * Fields that the API server names when it refuses an object for what this rule reports, where they are neither the
   * reported one nor right above or below it.
   */
  readonly tells?: RegExp;
  readonly messages: M;
  /** Tests and documentation; every message has a bad one, every rule a good one. */
  readonly examples: {
    readonly bad: Readonly<Record<string, Example>>;
    readonly good: Readonly<Record<string, Example>>;
  };
}

type OfKinds<K extends BuiltInKind> = { [P in K]: Resource<BuiltInKinds[P]> }[K];

/** Every object of built-in kinds. */
export interface KindTarget<K extends BuiltInKind, C> {
  readonly kinds: readonly K[];
  check(resource: OfKinds<K>, context: C): void;
}
/** Every object, of custom kinds too. */
export interface ResourceTarget<C> {
  readonly each: "resource";
  check(resource: Resource, context: C): void;
}
/** Every kubeconfig, read as an object that is not part of the cluster. */
export interface KubeconfigTarget<C> {
  readonly each: "kubeconfig";
  check(kubeconfig: Resource, context: C): void;
}
/** Every Pod and every template of a workload. */
export interface PodTemplateTarget<C> {
  readonly each: "podTemplate";
  check(pod: PodTemplate, context: C): void;
}
export interface ContainerTarget<C> {
  readonly each: "container";
  check(container: Container, context: C): void;
}
/** Once: for what takes all objects together. */
export interface ClusterTarget<C> {
  readonly each: "cluster";
  check(cluster: Cluster, context: C): void;
}
export interface YamlProblemTarget<Y extends YamlProblemCode, C> {
  readonly each: "yamlProblem";
  readonly codes: readonly Y[];
  /** Only those that the reader calls so: some are a mistake in one place and a doubt in another. */
  readonly having?: YamlProblem["severity"];
  check(problem: YamlProblem, context: C): void;
}
export interface SchemaProblemTarget<S extends SchemaProblemCode, C> {
  readonly each: "schemaProblem";
  readonly codes: readonly S[];
  check(problem: Extract<SchemaProblem, { code: S }>, context: C & { readonly resource: Resource }): void;
}
/** What the API server refuses an object for, where no other rule has said it. */
export interface CauseTarget<C> {
  readonly each: "cause";
  readonly families: readonly CauseFamily[];
  check(cause: ServerCause, context: C & { readonly resource: Resource }): void;
}
/** What the API server warns of, where no other rule has said it. */
export interface ServerWarningTarget<C> {
  readonly each: "serverWarning";
  check(warning: ServerWarning, context: C & { readonly resource: Resource }): void;
}
export interface UnusedIgnoreTarget<C> {
  readonly each: "unusedIgnore";
  check(ignore: UnusedIgnore, context: C): void;
}

/** The subjects a rule can ask for. */
export type RuleTarget<C> =
  | KindTarget<BuiltInKind, C>
  | ResourceTarget<C>
  | KubeconfigTarget<C>
  | PodTemplateTarget<C>
  | ContainerTarget<C>
  | ClusterTarget<C>
  | YamlProblemTarget<YamlProblemCode, C>
  | SchemaProblemTarget<SchemaProblemCode, C>
  | CauseTarget<C>
  | ServerWarningTarget<C>
  | UnusedIgnoreTarget<C>;

/** A rule with its types forgotten: what the engine runs. */
export interface Rule extends RuleMetadata {
  readonly tells: RegExp | undefined;
  readonly options: RuleOptions;
  readonly messages: Readonly<Record<string, (data: never) => Message>>;
  readonly examples: RuleBase<Messages, RuleOptions>["examples"];
  readonly target: RuleTarget<RuleContext<Messages, RuleOptions>>;
}
