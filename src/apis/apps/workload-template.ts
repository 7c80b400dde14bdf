import { preparePodTemplate, setPodTemplateDefaults, validatePodTemplate } from "../core/pod-template.js";
import { warnAboutPod, warnAboutWorkloadName } from "../core/pod-warnings.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { selectorMatches, validateLabelSelector } from "../meta/label-selector.js";
import type { PodTemplateSpec } from "../types/core.v1.generated.js";
import type { LabelSelector, ObjectMeta } from "../types/meta.v1.generated.js";

export const SPEC = FieldPath.of("spec");
const TEMPLATE = SPEC.child("template");

/** What Deployments, ReplicaSets, StatefulSets and DaemonSets have in common. */
export interface Workload {
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly selector?: LabelSelector;
    readonly template: PodTemplateSpec;
    readonly replicas?: number;
  };
}

export const setTemplateDefaults = ({ spec }: Workload, minor: number): void =>
  setPodTemplateDefaults(spec.template, minor);

export const prepareTemplate = ({ spec }: Workload, minor: number): void => preparePodTemplate(spec.template, minor);

/** Whether the server can make a selector of it, which it needs to compare it with labels. */
export function isUsable(selector: LabelSelector | undefined, errors: FieldErrors, check: () => void): boolean {
  const before = errors.causes.length;
  check();
  return selector === undefined || errors.causes.length === before;
}

/** Reports what is wrong with the selector; answers whether labels can be held against it. */
export function validateSelector({ spec }: Workload, errors: FieldErrors): boolean {
  const { selector } = spec;
  const at = SPEC.child("selector");
  if (selector === undefined) {
    errors.required(at, "the Pods of the template are found by it");
    return true;
  }
  const usable = isUsable(selector, errors, () => void validateLabelSelector(selector, at, errors));
  checkNotEmpty(selector, errors);
  return usable;
}

export function checkNotEmpty(selector: LabelSelector, errors: FieldErrors): void {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (Object.keys(matchLabels).length + matchExpressions.length === 0)
    errors.invalid(SPEC.child("selector"), undefined, "selects everything");
}

/** A selector that is absent matches nothing, one that is empty everything. */
export function checkLabelsMatch({ spec }: Workload, errors: FieldErrors): void {
  const { selector, template } = spec;
  if (selector === undefined || !selectorMatches(selector, template.metadata.labels ?? {}))
    errors.invalid(TEMPLATE.child("metadata").child("labels"), undefined, "is not what the selector selects");
}

export const validateTemplate = ({ spec }: Workload, minor: number, errors: FieldErrors): void =>
  validatePodTemplate(spec.template, minor, TEMPLATE, errors);

/** A persistent disk of Google's can be mounted for writing once. */
export function checkSharedDisks({ spec }: Workload, errors: FieldErrors): void {
  spec.template.spec.volumes?.forEach(({ gcePersistentDisk }, i) => {
    if (gcePersistentDisk === undefined || gcePersistentDisk.readOnly) return;
    const at = TEMPLATE.child("spec").child("volumes").index(i).child("gcePersistentDisk").child("readOnly");
    errors.invalid(at, false, "is not true, as several Pods cannot write to one disk");
  });
}

/** Pods of these kinds are kept running. */
export function checkKeepsRunning({ spec }: Workload, errors: FieldErrors): void {
  const { restartPolicy, activeDeadlineSeconds } = spec.template.spec;
  const at = TEMPLATE.child("spec");
  if (restartPolicy !== "Always") errors.notSupported(at.child("restartPolicy"), restartPolicy, ["Always"]);
  if (activeDeadlineSeconds !== undefined)
    errors.forbidden(at.child("activeDeadlineSeconds"), "Pods that are kept running have no deadline");
}

export function warnAboutTemplate({ metadata, spec }: Workload, warn: (text: string) => void, named = true): void {
  if (named) warnAboutWorkloadName(metadata.name ?? "", warn);
  warnAboutPod(spec.template.spec, spec.template.metadata.annotations ?? {}, TEMPLATE, warn);
}
