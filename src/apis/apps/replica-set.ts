import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkNotNegative } from "../meta/values.js";
import type { ReplicaSet } from "../types/apps.v1.generated.js";
import {
  checkKeepsRunning,
  checkLabelsMatch,
  checkSharedDisks,
  prepareTemplate,
  SPEC,
  setTemplateDefaults,
  validateSelector,
  validateTemplate,
  type Workload,
  warnAboutTemplate,
} from "./workload-template.js";

/** https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/ */
export const REPLICA_SET: KindRules<ReplicaSet> = {
  defaults(replicaSet, { minor }) {
    replicaSet.spec.replicas ??= 1;
    setTemplateDefaults(replicaSet, minor);
  },
  prepare(replicaSet, { minor }) {
    replicaSet.metadata.generation = 1;
    prepareTemplate(replicaSet, minor);
  },
  nameForm: dnsSubdomainFault,
  validate(replicaSet, errors, { minor }) {
    const { replicas = 0, minReadySeconds = 0 } = replicaSet.spec;
    checkNotNegative(replicas, SPEC.child("replicas"), errors);
    checkNotNegative(minReadySeconds, SPEC.child("minReadySeconds"), errors);
    validateReplicated(replicaSet, minor, errors);
  },
  warnings: (replicaSet, warn) => warnAboutTemplate(replicaSet, warn),
};

/** Selector and template of what runs interchangeable Pods. */
export function validateReplicated(workload: Workload, minor: number, errors: FieldErrors): void {
  if (!validateSelector(workload, errors)) {
    errors.invalid(SPEC.child("selector"), undefined, "cannot be compared with labels");
    return;
  }
  const { selector } = workload.spec;
  const empty =
    selector !== undefined && !selector.matchExpressions?.length && !Object.keys(selector.matchLabels ?? {}).length;
  if (!empty) checkLabelsMatch(workload, errors);
  validateTemplate(workload, minor, errors);
  if ((workload.spec.replicas ?? 0) > 1) checkSharedDisks(workload, errors);
  checkKeepsRunning(workload, errors);
}
