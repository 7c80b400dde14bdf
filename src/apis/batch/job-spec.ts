import { preparePodTemplate, setPodTemplateDefaults, validatePodTemplate } from "../core/pod-template.js";
import { isOn } from "../feature-gates.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { byteLength, dnsSubdomainFault } from "../meta/names.js";
import { checkChoice, checkNotNegative } from "../meta/values.js";
import type { JobSpec } from "../types/batch.v1.generated.js";
import { validateFailurePolicy } from "./pod-failure-policy.js";
import { validateSuccessPolicy } from "./success-policy.js";

const COUNTS = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
  "backoffLimitPerIndex",
  "maxFailedIndexes",
] as const;
const LONGEST_MANAGER = 63;
const MOST_INDEXED = 100_000;
const MOST_INDEXED_WITH_LIMIT = 10_000;

export function setJobSpecDefaults(spec: JobSpec, minor: number): void {
  setPodTemplateDefaults(spec.template, minor);
  for (const rule of spec.podFailurePolicy?.rules ?? [])
    for (const condition of rule.onPodConditions ?? []) condition.status ||= "True";
}

/** Fields whose feature may be off. */
const GATED = [
  ["podFailurePolicy", "JobPodFailurePolicy"],
  ["backoffLimitPerIndex", "JobBackoffLimitPerIndex"],
  ["maxFailedIndexes", "JobBackoffLimitPerIndex"],
  ["podReplacementPolicy", "JobPodReplacementPolicy"],
  ["successPolicy", "JobSuccessPolicy"],
  ["managedBy", "JobManagedBy"],
] as const;

export function prepareJobSpec(spec: JobSpec, minor: number): void {
  for (const [field, gate] of GATED) if (!isOn(gate, minor)) delete spec[field];
  preparePodTemplate(spec.template, minor);
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/#JobSpec */
export function validateJobSpec(spec: JobSpec, minor: number, at: FieldPath, errors: FieldErrors): void {
  for (const field of COUNTS) if (spec[field] !== undefined) checkNotNegative(spec[field], at.child(field), errors);
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    errors.required(at.child("backoffLimitPerIndex"), "maxFailedIndexes counts by it");
  if (spec.managedBy !== undefined) validateManager(spec.managedBy, at.child("managedBy"), errors);
  validateCompletionMode(spec, at, errors);
  if (spec.podFailurePolicy !== undefined)
    validateFailurePolicy(spec, spec.podFailurePolicy, at.child("podFailurePolicy"), errors);
  if (spec.successPolicy !== undefined) {
    if (spec.completionMode !== "Indexed")
      errors.invalid(at.child("successPolicy"), undefined, "needs completionMode: Indexed");
    else validateSuccessPolicy(spec.successPolicy, spec.completions, at.child("successPolicy"), errors);
  }
  if (spec.podReplacementPolicy !== undefined) {
    const allowed = spec.podFailurePolicy === undefined ? ["Failed", "TerminatingOrFailed"] : ["Failed"];
    checkChoice(spec.podReplacementPolicy, allowed, at.child("podReplacementPolicy"), errors);
  }
  validatePodTemplate(spec.template, minor, at.child("template"), errors);
  validateRestartPolicy(spec, at.child("template").child("spec").child("restartPolicy"), errors);
}

/** `Always` is what comes of saying nothing. */
function validateRestartPolicy(spec: JobSpec, at: FieldPath, errors: FieldErrors): void {
  const { restartPolicy = "" } = spec.template.spec;
  if (restartPolicy === "" || restartPolicy === "Always") errors.required(at, "a Job ends: OnFailure or Never");
  else if (restartPolicy !== "OnFailure" && restartPolicy !== "Never")
    errors.notSupported(at, restartPolicy, ["OnFailure", "Never"]);
  else if (spec.podFailurePolicy !== undefined && restartPolicy !== "Never")
    errors.invalid(at, restartPolicy, "is not Never, as it has to be with a podFailurePolicy");
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode */
function validateCompletionMode(spec: JobSpec, at: FieldPath, errors: FieldErrors): void {
  const { completionMode, completions, parallelism = 0, maxFailedIndexes, backoffLimitPerIndex } = spec;
  if (completionMode !== undefined)
    checkChoice(completionMode, ["NonIndexed", "Indexed"], at.child("completionMode"), errors);
  if (completionMode === undefined || completionMode === "NonIndexed") {
    for (const field of ["backoffLimitPerIndex", "maxFailedIndexes"] as const)
      if (spec[field] !== undefined) errors.invalid(at.child(field), spec[field], "needs completionMode: Indexed");
  }
  if (completionMode !== "Indexed") return;
  const limit = (field: "parallelism" | "maxFailedIndexes", most: number) => {
    if ((spec[field] ?? 0) > most) errors.invalid(at.child(field), spec[field], `is more than ${most}`);
  };
  if (completions === undefined) errors.required(at.child("completions"), "an indexed Job has a known number of Pods");
  limit("parallelism", MOST_INDEXED);
  if (completions !== undefined && maxFailedIndexes !== undefined && maxFailedIndexes > completions)
    errors.invalid(at.child("maxFailedIndexes"), maxFailedIndexes, `is more than completions, ${completions}`);
  limit("maxFailedIndexes", MOST_INDEXED);
  if ((completions ?? 0) <= MOST_INDEXED || backoffLimitPerIndex === undefined) return;
  if (maxFailedIndexes === undefined) errors.required(at.child("maxFailedIndexes"), "with so many completions");
  if (parallelism > MOST_INDEXED_WITH_LIMIT) limit("parallelism", MOST_INDEXED_WITH_LIMIT);
  limit("maxFailedIndexes", MOST_INDEXED_WITH_LIMIT);
}

/** `example.com/controller`. */
function validateManager(name: string, at: FieldPath, errors: FieldErrors): void {
  if (name === "") errors.required(at);
  else {
    const slash = name.indexOf("/");
    const [domain, path] = [name.slice(0, Math.max(slash, 0)), name.slice(slash + 1)];
    if (slash <= 0 || path === "") errors.invalid(at, name, "is no domain and path, such as example.com/name");
    else {
      const why = dnsSubdomainFault(domain);
      if (why !== undefined) errors.invalid(at, name, `has a domain that ${why}`);
      if (!/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path)) errors.invalid(at, name, "has a path that no URL can have");
    }
  }
  if (byteLength(name) > LONGEST_MANAGER) errors.tooLong(at, LONGEST_MANAGER);
}
