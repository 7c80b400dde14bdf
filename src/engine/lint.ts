import { Cluster, type KubernetesObject, type PodTemplate, Resource } from "../cluster/index.js";
import type { BuiltInKind } from "../cluster/kinds.js";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import { compareDiagnostics } from "../diagnostics/order.js";
import type { ExternalObject, Input, Manifest } from "../input/index.js";
import { collectCustomTypes, loadTypes, type SchemaProblem, type SchemaProblemCode } from "../schema/index.js";
import type { YamlDocument, YamlProblem, YamlProblemCode } from "../yaml/index.js";
import { ignoresOf } from "./ignores.js";
import type { LintResult, RuleFault } from "./lint-result.js";
import { Reporting, type Subject } from "./reporting.js";
import type { Rule, RuleTarget } from "./rule.js";

/** A rule as configured for a file. */
export interface RuleSetting {
  readonly severity: Severity;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface LintOptions {
  /** The target's minor: 34 for 1.34. */
  readonly minor: number;
  readonly rules: readonly Rule[];
  /** How a rule is set for a file; undefined: off. Asked once a rule and file. */
  readonly setting: (rule: Rule, path: string) => RuleSetting | undefined;
  /** Objects declared to exist elsewhere. */
  readonly externals: readonly ExternalObject[];
}

/** A rule's check with its types forgotten: each target hands over the subject it names. */
type Check = (subject: unknown, context: unknown) => void;
interface Job {
  readonly rule: Rule;
  readonly check: Check;
}

/** The rules by what they ask for, so that each subject meets only its own. */
class Jobs {
  readonly kinds = new Map<BuiltInKind, Job[]>();
  readonly resource: Job[] = [];
  readonly podTemplate: Job[] = [];
  readonly container: Job[] = [];
  readonly cluster: Job[] = [];
  readonly unusedIgnore: Job[] = [];
  readonly yaml = new Map<YamlProblemCode, Job[]>();
  readonly schema = new Map<SchemaProblemCode, Job[]>();

  constructor(rules: readonly Rule[]) {
    for (const rule of rules) {
      const target: RuleTarget<never> = rule.target;
      const job: Job = { rule, check: target.check as Check };
      if ("kinds" in target) for (const kind of target.kinds) push(this.kinds, kind, job);
      else if (target.each === "yamlProblem") for (const code of target.codes) push(this.yaml, code, job);
      else if (target.each === "schemaProblem") for (const code of target.codes) push(this.schema, code, job);
      else this[target.each].push(job);
    }
  }
}

/** One run over everything: problems of the text and of the types, then the rules on the objects as one cluster. */
export function lint(input: Input, options: LintOptions): LintResult {
  const jobs = new Jobs(options.rules);
  const types = loadTypes(options.minor, collectCustomTypes(input.manifests.map((manifest) => manifest.value)));
  const faults: RuleFault[] = [];
  const diagnostics: Diagnostic[] = [];
  const remarks: string[] = [];

  const schemaProblems: { resource: Resource; problem: SchemaProblem }[] = [];
  const checked: Resource[] = [];
  const resources: Resource[] = [];
  for (const manifest of input.manifests) {
    const decoded = manifest.document.decodes ? types.decode(manifest.value) : undefined;
    const resource = new Resource(manifest.value as KubernetesObject, manifest, decoded?.facts, decoded?.doubtful);
    resources.push(resource);
    if (!decoded || !manifest.reported) continue;
    checked.push(resource);
    for (const problem of decoded.problems) schemaProblems.push({ resource, problem });
  }
  const incomplete = input.documents.some(
    ({ document }) => !document.decodes && !identified(document, input.manifests),
  );
  const cluster = new Cluster(resources, { types, externals: [...options.externals, ...input.externals], incomplete });

  const reporting = new Reporting(
    cluster,
    options,
    (diagnostic) => diagnostics.push(diagnostic),
    (text) => remarks.push(text),
  );
  const run = (job: Job, subject: Subject, value: unknown): void => {
    const context = reporting.context(job.rule, subject);
    if (!context) return;
    try {
      job.check(value, context);
    } catch (error) {
      faults.push({
        rule: job.rule.id,
        subject: subject.resource?.ref ?? subject.source?.path ?? "",
        message: faultText(error),
      });
    }
  };

  for (const { document, reported } of input.documents) {
    if (!reported) continue;
    for (const problem of document.problems)
      for (const job of jobs.yaml.get(problem.code) ?? []) run(job, subjectOfText(document, problem), problem);
  }
  for (const { resource, problem } of schemaProblems)
    for (const job of jobs.schema.get(problem.code) ?? [])
      run(job, { resource, source: resource.manifest.source }, problem);
  for (const resource of checked) {
    const subject = { resource, source: resource.manifest.source };
    const kind = resource.builtInKind;
    if (kind) for (const job of jobs.kinds.get(kind) ?? []) run(job, subject, resource);
    for (const job of jobs.resource) run(job, subject, resource);
    const pod: PodTemplate | undefined = cluster.podTemplateOf(resource);
    if (!pod) continue;
    for (const job of jobs.podTemplate) run(job, subject, pod);
    if (jobs.container.length > 0)
      for (const container of pod.containers) for (const job of jobs.container) run(job, subject, container);
  }
  for (const job of jobs.cluster) run(job, {}, cluster);

  const { kept, suppressed } = applyIgnores(input, diagnostics, jobs.unusedIgnore, options, run);
  kept.sort(compareDiagnostics);
  const deduplicated = kept.filter((d, i) => i === 0 || compareDiagnostics(kept[i - 1]!, d) !== 0);
  const having = (severity: Severity): number =>
    deduplicated.reduce((n, d) => n + (d.severity === severity ? 1 : 0), 0);
  return {
    kubernetesVersion: `1.${options.minor}`,
    summary: {
      files: input.files.length,
      documents: input.documents.length,
      objects: checked.length,
      errors: having("error"),
      warnings: having("warning"),
      notes: having("note"),
      suppressed,
      skipped: input.skipped.length,
    },
    diagnostics: deduplicated,
    skipped: input.skipped,
    faults,
    remarks,
    rules: new Map(options.rules.map((rule) => [rule.id, rule])),
  };
}

const subjectOfText = (document: YamlDocument, problem: YamlProblem): Subject => ({
  source: document.source,
  span: problem.span,
  related: problem.related?.map(({ span, note }) => ({ source: document.source, span, note })),
});

/** Whether a broken document still told which object it holds. */
const identified = (document: YamlDocument, manifests: readonly Manifest[]): boolean =>
  manifests.some(
    (manifest) =>
      manifest.document === document &&
      typeof manifest.value.kind === "string" &&
      typeof (manifest.value.metadata as { name?: unknown } | undefined)?.name === "string",
  );

/** Takes out what comments and annotations silence, and lets the rules on unused ignores speak. */
function applyIgnores(
  input: Input,
  diagnostics: Diagnostic[],
  unusedJobs: readonly Job[],
  options: LintOptions,
  run: (job: Job, subject: Subject, value: unknown) => void,
): { kept: Diagnostic[]; suppressed: number } {
  const basesOf = new Map<YamlDocument, string[]>();
  for (const { document, base } of input.manifests) push(basesOf, document, base);
  const ignores = input.documents.flatMap(({ document, reported }) =>
    reported ? ignoresOf(document, basesOf.get(document) ?? [""]).map((ignore) => ({ ...ignore, document })) : [],
  );
  if (ignores.length === 0) return { kept: diagnostics, suppressed: 0 };

  const nameOf = new Map(
    options.rules.flatMap(
      (rule) => [[rule.id, rule.id], ...rule.aliases.map((alias) => [alias, rule.id] as const)] as [string, string][],
    ),
  );
  const kept = diagnostics.filter((diagnostic) => {
    const ignore = ignores.find(
      ({ source, scope, rules }) =>
        source === diagnostic.source &&
        diagnostic.span.start >= scope.start &&
        diagnostic.span.start <= scope.end &&
        rules.some((name) => nameOf.get(name) === diagnostic.rule),
    );
    ignore?.used.add(diagnostic.rule);
    return !ignore;
  });
  const suppressed = diagnostics.length - kept.length;
  for (const { document, source, span, rules, used } of ignores) {
    for (const rule of rules.length > 0 ? rules : [""]) {
      const id = nameOf.get(rule);
      if (id !== undefined && used.has(id)) continue;
      for (const job of unusedJobs)
        run(job, { source, span }, { source, document, span, rule, known: id !== undefined });
    }
  }
  // What the rules on ignores found is added behind the findings that were there before.
  return { kept: [...kept, ...diagnostics.slice(kept.length + suppressed)], suppressed };
}

const faultText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 2).join(" ") : String(error);

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const entry = map.get(key);
  if (entry) entry.push(value);
  else map.set(key, [value]);
}
