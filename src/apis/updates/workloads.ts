import { prepareJobSpec } from "../batch/job-spec.js";
import { warnAboutPod } from "../core/pod-warnings.js";
import type { ApiObject } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { isSameValue } from "../meta/same-value.js";
import type { StatefulSet } from "../types/apps.v1.generated.js";
import type { CronJob, Job, JobSpec } from "../types/batch.v1.generated.js";
import type { PodTemplateSpec } from "../types/core.v1.generated.js";
import { checkFixed } from "./fixed-fields.js";
import type { UpdateContext, UpdateRules } from "./update-rules.js";

const SPEC = FieldPath.of("spec");
const TEMPLATE = SPEC.child("template");

interface Templated extends ApiObject {
  readonly spec: { readonly template: PodTemplateSpec };
}

/** What is warned of in a template is said again when the spec changes; the name is not spoken of any more. */
function warnAboutTemplate(
  { metadata, spec: { template } }: Templated,
  warn: (text: string) => void,
  { old }: UpdateContext,
): void {
  if (metadata.generation === old.metadata.generation) return;
  warnAboutPod(template.spec, template.metadata.annotations ?? {}, TEMPLATE, warn);
}

/** Deployments, ReplicaSets, DaemonSets, ReplicationControllers. */
export const WORKLOAD_UPDATE: UpdateRules<Templated> = { warnings: warnAboutTemplate };

/** What may change of a StatefulSet, by the minor from which it may. */
const CHANGEABLE: Readonly<Record<string, number>> = {
  replicas: 0,
  template: 0,
  updateStrategy: 0,
  minReadySeconds: 0,
  persistentVolumeClaimRetentionPolicy: 0,
  ordinals: 26,
  revisionHistoryLimit: 33,
};

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ */
export const STATEFUL_SET_UPDATE: UpdateRules<StatefulSet> = {
  validate({ spec }, old, errors, { minor }) {
    const fixed = (fields: object) =>
      Object.fromEntries(Object.entries(fields).filter(([name]) => !((CHANGEABLE[name] ?? Infinity) <= minor)));
    if (isSameValue(fixed(spec), fixed(old.spec))) return;
    const names = Object.keys(CHANGEABLE).filter((name) => CHANGEABLE[name]! <= minor);
    errors.forbidden(SPEC, `Of a StatefulSet only ${names.join(", ")} can change`);
  },
  warnings(statefulSet, warn, context) {
    warnAboutTemplate(statefulSet, warn, context);
    if ((statefulSet.spec.revisionHistoryLimit ?? 0) < 0)
      warn("spec.revisionHistoryLimit is negative, which keeps every revision");
  },
};

/** From here on an Indexed Job grows and shrinks with its parallelism. */
const ELASTIC_FROM = 27;

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
export const JOB_UPDATE: UpdateRules<Job> = {
  // The selector is made when the Job is; one that is left out is missing.
  prepare: ({ spec }, _, { minor }) => prepareJobSpec(spec, minor),
  validate(job, old, errors, { minor }) {
    const { spec } = job;
    if (spec.completionMode !== "Indexed" || minor < ELASTIC_FROM) checkFixed(job, old, "spec.completions", errors);
    // An Indexed Job without completions is not valid anyway.
    else if (
      spec.completions !== undefined &&
      spec.completions !== old.spec.completions &&
      spec.completions !== spec.parallelism
    )
      errors.invalid(SPEC.child("completions"), spec.completions, "is not parallelism, with which alone it can change");
    const waits = old.spec.suspend === true && old.status?.startTime === undefined;
    if (!isSameValue(fixedTemplate(spec, waits), fixedTemplate(old.spec, waits)))
      errors.invalid(TEMPLATE, undefined, waits ? CHANGES_WHILE_SUSPENDED : "is not what is stored, and cannot change");
  },
  warnings: warnAboutTemplate,
};

const CHANGES_WHILE_SUSPENDED =
  "is not what is stored, and before the Job starts only labels, annotations and where its Pods go can change";

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#mutable-scheduling-directives */
function fixedTemplate({ template }: JobSpec, waits: boolean): unknown {
  if (!waits) return template;
  const { labels: _, annotations: __, ...metadata } = template.metadata;
  const { nodeSelector: ___, tolerations: ____, schedulingGates: _____, affinity, ...spec } = template.spec;
  const { nodeAffinity: ______, ...otherAffinity } = affinity ?? {};
  return { metadata, spec: { ...spec, affinity: otherAffinity } };
}

export const CRON_JOB_UPDATE: UpdateRules<CronJob> = {
  warnings({ metadata, spec }, warn, { old }) {
    if (metadata.generation === old.metadata.generation) return;
    const { template } = spec.jobTemplate.spec;
    const at = SPEC.child("jobTemplate").child("spec").child("template");
    warnAboutPod(template.spec, template.metadata.annotations ?? {}, at, warn);
  },
};
