import { warnAboutPod, warnAboutWorkloadName } from "../core/pod-warnings.js";
import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { selectorMatches, validateLabelSelector } from "../meta/label-selector.js";
import { dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import { METADATA } from "../meta/object-meta.js";
import type { Job } from "../types/batch.v1.generated.js";
import { prepareJobSpec, setJobSpecDefaults, validateJobSpec } from "./job-spec.js";

const SPEC = FieldPath.of("spec");
const LABELS = SPEC.child("template").child("metadata").child("labels");
/** The labels by which a Job finds its Pods; the older names are kept beside the newer ones. */
const UID_LABEL = "batch.kubernetes.io/controller-uid";
const UID_LABELS = ["controller-uid", UID_LABEL];
const NAME_LABELS = ["job-name", "batch.kubernetes.io/job-name"];
const NEWER_LABELS = [UID_LABELS[1]!, NAME_LABELS[1]!];
/** Stands for the uid, which only a server can give. */
const UID = "00000000-0000-0000-0000-000000000000";

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
export const JOB: KindRules<Job> = {
  defaults(job, { minor }) {
    setJobSpecDefaults(job.spec, minor);
    job.spec.completionMode ??= "NonIndexed";
    job.spec.suspend ??= false;
    job.spec.backoffLimit ??= job.spec.backoffLimitPerIndex === undefined ? 6 : MOST_RETRIES;
    if (job.spec.completions === undefined && job.spec.parallelism === undefined) job.spec.completions = 1;
    job.spec.parallelism ??= 1;
    job.spec.manualSelector ??= false;
    if (isOn("JobPodReplacementPolicy", minor))
      job.spec.podReplacementPolicy ??= job.spec.podFailurePolicy === undefined ? "TerminatingOrFailed" : "Failed";
    const { labels } = job.spec.template.metadata;
    if (labels && Object.keys(job.metadata.labels ?? {}).length === 0) job.metadata.labels = { ...labels };
  },
  prepare(job, { minor }) {
    job.metadata.generation = 1;
    job.metadata.uid = UID;
    prepareJobSpec(job.spec, minor);
    if (!job.spec.manualSelector) generateSelector(job);
  },
  nameForm: dnsSubdomainFault,
  validate(job, errors, { minor, old }) {
    const { metadata, spec } = job;
    if (!spec.manualSelector && spec.selector !== undefined) validateGenerated(job, old as Job | undefined, errors);
    validateJobSpec(spec, minor, SPEC, errors);
    if (spec.selector === undefined) errors.required(SPEC.child("selector"), "with manualSelector the Job has its own");
    const before = errors.causes.length;
    validateLabelSelector(spec.selector, SPEC.child("selector"), errors);
    const usable = errors.causes.length === before;
    if (usable && !(spec.selector && selectorMatches(spec.selector, spec.template.metadata.labels ?? {})))
      errors.invalid(LABELS, undefined, "is not what the selector selects");
    const { completions = 0 } = spec;
    if (spec.completionMode !== "Indexed" || completions <= 0) return;
    const why = dnsLabelFault(`${metadata.name ?? ""}-${completions - 1}`);
    if (why !== undefined)
      errors.invalid(METADATA.child("name"), metadata.name, `makes the last Pod's name one that ${why}`);
  },
  warnings({ metadata, spec }, warn) {
    warnAboutWorkloadName(metadata.name ?? "", warn);
    warnAboutPod(spec.template.spec, spec.template.metadata.annotations ?? {}, SPEC.child("template"), warn);
  },
};

const MOST_RETRIES = 2 ** 31 - 1;

/** Unless the user insists on one, a Job's selector is its uid. */
function generateSelector({ metadata, spec }: Job): void {
  spec.template.metadata.labels ??= {};
  for (const label of NAME_LABELS) spec.template.metadata.labels[label] ??= metadata.name ?? "";
  for (const label of UID_LABELS) spec.template.metadata.labels[label] ??= UID;
  spec.selector ??= {};
  spec.selector.matchLabels ??= {};
  spec.selector.matchLabels[UID_LABEL] ??= UID;
}

/**
 * The generated labels may be given, but not otherwise than they would be generated. A replacement has to repeat them,
 * and where the stored Job has the older ones alone, those.
 */
function validateGenerated({ metadata, spec }: Job, old: Job | undefined, errors: FieldErrors): void {
  const labels = spec.template.metadata.labels ?? {};
  const stored = old?.spec.template.metadata.labels ?? {};
  const asked = (names: readonly string[]) =>
    old === undefined || NEWER_LABELS.every((label) => label in stored) ? names : names.slice(0, 1);
  // A Job that is not from a server may be stored under a uid that its labels do not have.
  const uid = old !== undefined && labels[UID_LABELS[0]!] !== UID ? (metadata.uid ?? UID) : UID;
  const expected: Record<string, string> = {};
  for (const label of asked(UID_LABELS)) expected[label] = uid;
  for (const label of asked(NAME_LABELS)) expected[label] = metadata.name ?? "";
  for (const label in expected)
    if (labels[label] === undefined) errors.required(LABELS.key(label), "the Job has set it, and finds its Pods by it");
    else if (labels[label] !== expected[label])
      errors.invalid(LABELS.key(label), labels[label], "is a label that the Job sets itself");
  const probe = new FieldErrors();
  validateLabelSelector(spec.selector, SPEC.child("selector"), probe);
  if (!probe.any && spec.selector && !selectorMatches(spec.selector, expected))
    errors.invalid(
      SPEC.child("selector"),
      undefined,
      "is not the one that the Job would get, and manualSelector is not set",
    );
}
