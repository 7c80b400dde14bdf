import { Cluster, type KubernetesObject, type PodTemplate, type ReferenceFact, Resource } from "../cluster/index.js";
import type { BuiltInKind } from "../cluster/kinds.js";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import { compareDiagnostics } from "../diagnostics/order.js";
import type { ExternalObject, Input } from "../input/index.js";
import { collectCustomTypes, loadTypes, type SchemaProblem, type SchemaProblemCode } from "../schema/index.js";
import type { YamlDocument, YamlProblem, YamlProblemCode } from "../yaml/index.js";
import { decodeManifest } from "./decode-manifest.js";
import { Ignores } from "./ignores.js";
import type { LintResult, RuleFault } from "./lint-result.js";
import { RuleRun, type Subject } from "./reporting.js";
import type { Rule, RuleTarget } from "./rule.js";
import type { CauseFamily } from "./server/cause-families.js";
import { serverAnswer } from "./server/server-answer.js";
import { surroundingsIn } from "./server/surroundings.js";
import { Told } from "./server/told.js";

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
  /** References that the user's configuration adds. */
  readonly references?: readonly ReferenceFact[];
  /** Is handed the objects as one cluster, for what is made of them beside the findings. */
  readonly onCluster?: (cluster: Cluster) => void;
}

/** A rule at work, with its check's types forgotten: each target hands over the subject it names. */
interface Job {
  readonly run: RuleRun;
  readonly check: (subject: unknown, context: unknown) => void;
  /** Of a rule on problems of the text: the severity it is for. */
  readonly having?: YamlProblem["severity"];
}

/** The rules by what they ask for, so that each subject meets only its own. */
class Jobs {
  readonly kinds = new Map<BuiltInKind, Job[]>();
  readonly resource: Job[] = [];
  readonly kubeconfig: Job[] = [];
  readonly podTemplate: Job[] = [];
  readonly container: Job[] = [];
  readonly cluster: Job[] = [];
  readonly unusedIgnore: Job[] = [];
  readonly yaml = new Map<YamlProblemCode, Job[]>();
  readonly schema = new Map<SchemaProblemCode, Job[]>();
  readonly cause = new Map<CauseFamily, Job[]>();
  readonly serverWarning: Job[] = [];

  constructor(rules: readonly Rule[], start: (rule: Rule) => RuleRun) {
    for (const rule of rules) {
      const target: RuleTarget<never> = rule.target;
      const job: Job = { run: start(rule), check: target.check as Job["check"] };
      if ("kinds" in target) for (const kind of target.kinds) push(this.kinds, kind, job);
      else if (target.each === "yamlProblem")
        for (const code of target.codes) push(this.yaml, code, { ...job, having: target.having });
      else if (target.each === "schemaProblem") for (const code of target.codes) push(this.schema, code, job);
      else if (target.each === "cause") for (const family of target.families) push(this.cause, family, job);
      else this[target.each].push(job);
    }
  }
}

/** One run over everything: problems of the text and of the types, then the rules on the objects as one cluster. */
export function lint(input: Input, options: LintOptions): LintResult {
  const types = loadTypes(options.minor, collectCustomTypes(input.manifests.map((manifest) => manifest.value)));
  const faults: RuleFault[] = [];
  const diagnostics: Diagnostic[] = [];
  const remarks: string[] = [];

  const schemaProblems: { resource: Resource; problem: SchemaProblem }[] = [];
  const checked: Resource[] = [];
  const resources: Resource[] = [];
  for (const manifest of input.manifests) {
    const decoded = decodeManifest(types, manifest);
    const resource = new Resource(manifest.value as KubernetesObject, manifest, decoded.facts, decoded.doubtful);
    resources.push(resource);
    if (!manifest.document.decodes || !manifest.reported) continue;
    checked.push(resource);
    for (const problem of decoded.problems) schemaProblems.push({ resource, problem });
  }
  const cluster = new Cluster(resources, {
    types,
    externals: [...options.externals, ...input.externals],
    references: options.references,
    incomplete: hidesSomething(input),
    patchedFolders: new Set(
      input.skipped.flatMap(({ reason, path }) =>
        reason === "kustomize-patch" ? path.slice(0, Math.max(0, path.lastIndexOf("/"))) : [],
      ),
    ),
  });
  options.onCluster?.(cluster);

  const told = new Told();
  const sink = {
    diagnostic: (diagnostic: Diagnostic, rule: Rule, resource: Resource | undefined) => {
      diagnostics.push(diagnostic);
      if (resource) told.note(resource, rule, diagnostic.field ?? "");
    },
    remark: (text: string) => void remarks.push(text),
  };
  const jobs = new Jobs(options.rules, (rule) => new RuleRun(rule, cluster, options, sink));
  const run = (job: Job, subject: Subject, value: unknown): void => {
    if (!job.run.moveTo(subject)) return;
    try {
      job.check(value, job.run);
    } catch (error) {
      faults.push({
        rule: job.run.rule.id,
        subject: subject.resource?.ref ?? subject.source?.path ?? "",
        message: faultText(error),
      });
    }
  };

  for (const { document, reported } of input.documents) {
    if (!reported) continue;
    for (const problem of document.problems)
      for (const job of jobs.yaml.get(problem.code) ?? [])
        if (job.having === undefined || job.having === problem.severity)
          run(job, subjectOfText(document, problem), problem);
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
  for (const { document, reported } of input.kubeconfigs ?? []) {
    const value = document.value as Record<string, unknown>;
    const { source } = document;
    const resource = new Resource(
      value as KubernetesObject,
      { source, document, base: "", value, reported },
      undefined,
    );
    for (const job of jobs.kubeconfig) run(job, { resource, source }, resource);
  }
  for (const job of jobs.cluster) run(job, {}, cluster);
  if (jobs.cause.size > 0 || jobs.serverWarning.length > 0) {
    const surroundings = surroundingsIn(cluster, options.minor);
    for (const resource of checked) {
      const subject = { resource, source: resource.manifest.source };
      try {
        const { causes, warnings } = serverAnswer(resource, cluster, options.minor, surroundings);
        for (const cause of told.untoldCauses(resource, causes))
          for (const job of jobs.cause.get(cause.family) ?? []) run(job, subject, cause);
        for (const warning of told.untoldWarnings(resource, warnings))
          for (const job of jobs.serverWarning) run(job, subject, warning);
      } catch (error) {
        faults.push({ rule: "admission", subject: resource.ref, message: faultText(error) });
      }
    }
  }

  const ignores = new Ignores(input, options.rules);
  const kept = diagnostics.filter((diagnostic) => !ignores.silence(diagnostic));
  const suppressed = diagnostics.length - kept.length;
  diagnostics.length = 0;
  for (const unused of ignores.unused((rule, path) => options.setting(rule, path) !== undefined)) {
    for (const job of jobs.unusedIgnore) run(job, { source: unused.source, span: unused.span }, unused);
  }
  kept.push(...diagnostics);
  const sorted = preferCauses(kept).sort(compareDiagnostics);
  const deduplicated = sorted.filter((d, i) => i === 0 || compareDiagnostics(sorted[i - 1]!, d) !== 0);
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

/**
 * Where a text is misread (`level:debug`) and its value is then of a wrong type, one mistake has two findings: the one
 * that names the cause stays, as grave as the other.
 */
function preferCauses(diagnostics: Diagnostic[]): Diagnostic[] {
  const placeOf = ({ source, span }: Diagnostic): string => `${span.start} ${source.path}`;
  const causes = new Set(diagnostics.filter(({ category }) => category === "syntax").map(placeOf));
  if (causes.size === 0) return diagnostics;
  const gravest = new Map<string, Severity>();
  for (const diagnostic of diagnostics)
    if (diagnostic.category === "schema" && causes.has(placeOf(diagnostic)))
      gravest.set(placeOf(diagnostic), diagnostic.severity);
  return diagnostics.flatMap((diagnostic) => {
    const severity = gravest.get(placeOf(diagnostic));
    if (severity === undefined) return diagnostic;
    return diagnostic.category === "syntax"
      ? { ...diagnostic, severity }
      : diagnostic.category === "schema"
        ? []
        : diagnostic;
  });
}

const subjectOfText = (document: YamlDocument, problem: YamlProblem): Subject => ({
  source: document.source,
  span: problem.span,
  related: problem.related?.map(({ span, note }) => ({ source: document.source, span, note })),
});

/** Whether a broken document hides which object it holds, so that nothing can be called absent. */
function hidesSomething(input: Input): boolean {
  const identified = new Set(
    input.manifests
      .filter(
        ({ value }) =>
          typeof value.kind === "string" &&
          typeof (value.metadata as { name?: unknown } | undefined)?.name === "string",
      )
      .map(({ document }) => document),
  );
  return input.documents.some(({ document }) => !document.decodes && !identified.has(document));
}

const faultText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 2).join(" ") : String(error);

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const entry = map.get(key);
  if (entry) entry.push(value);
  else map.set(key, [value]);
}
