import { isOn } from "../feature-gates.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { checkForm, dnsLabelFault, labelValueFault, qualifiedNameFault } from "../meta/names.js";
import { checkChoice, checkPositive, checkRange } from "../meta/values.js";
import type {
  Affinity,
  PodAffinityTerm,
  PodSchedulingGate,
  Toleration,
  TopologySpreadConstraint,
} from "../types/core.v1.generated.js";
import type { LabelSelector } from "../types/meta.v1.generated.js";
import { validateNodeSelector, validateNodeSelectorTerm } from "./node-selector.js";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
export const TAINT_EFFECTS = ["NoExecute", "NoSchedule", "PreferNoSchedule"];

/** https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
export function validateAffinity(affinity: Affinity | undefined, at: FieldPath, errors: FieldErrors): void {
  if (affinity === undefined) return;
  const { nodeAffinity } = affinity;
  if (nodeAffinity !== undefined) {
    const path = at.child("nodeAffinity");
    if (nodeAffinity[REQUIRED] !== undefined)
      validateNodeSelector(nodeAffinity[REQUIRED], path.child(REQUIRED), errors);
    nodeAffinity[PREFERRED]?.forEach(({ weight, preference }, i) => {
      const item = path.child(PREFERRED).index(i);
      checkRange(weight, 1, 100, item.child("weight"), errors);
      // A preference for what no label can be is a preference for nothing, and stays allowed.
      validateNodeSelectorTerm(preference, item.child("preference"), errors, { invalidValuesAllowed: true });
    });
  }
  for (const kind of ["podAffinity", "podAntiAffinity"] as const) {
    const path = at.child(kind);
    affinity[kind]?.[REQUIRED]?.forEach((term, i) => void validatePodTerm(term, path.child(REQUIRED).index(i), errors));
    affinity[kind]?.[PREFERRED]?.forEach(({ weight, podAffinityTerm }, i) => {
      const item = path.child(PREFERRED).index(i);
      checkRange(weight, 1, 100, item.child("weight"), errors);
      validatePodTerm(podAffinityTerm, item.child("podAffinityTerm"), errors);
    });
  }
}

function validatePodTerm(term: PodAffinityTerm, at: FieldPath, errors: FieldErrors): void {
  validateLabelSelector(term.labelSelector, at.child("labelSelector"), errors);
  validateLabelSelector(term.namespaceSelector, at.child("namespaceSelector"), errors);
  for (const name of term.namespaces ?? []) checkForm(dnsLabelFault, name, at.child("namespace"), errors);
  validateLabelKeys(term, at, errors);
  if (term.topologyKey === "") errors.required(at.child("topologyKey"));
  checkForm(qualifiedNameFault, term.topologyKey, at.child("topologyKey"), errors);
}

/** By now the selector has the keys' values in it, so that a key given to both is there twice. */
function validateLabelKeys(term: PodAffinityTerm, at: FieldPath, errors: FieldErrors): void {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  for (const [field, keys] of [
    ["matchLabelKeys", matchLabelKeys],
    ["mismatchLabelKeys", mismatchLabelKeys],
  ] as const) {
    if (keys.length === 0) continue;
    if (labelSelector === undefined) errors.forbidden(at.child(field), `Without a labelSelector there is no ${field}`);
    else keys.forEach((key, i) => void checkForm(qualifiedNameFault, key, at.child(field).index(i), errors));
  }
  if (labelSelector !== undefined) reportRepeatedKeys(matchLabelKeys, labelSelector, 1, at, errors);
  matchLabelKeys.forEach((key, i) => {
    if (mismatchLabelKeys.includes(key))
      errors.invalid(at.child("matchLabelKeys").index(i), key, "is in mismatchLabelKeys, too");
  });
}

/** Keys that the selector names more often than the merging of the keys' values explains. */
function reportRepeatedKeys(
  keys: readonly string[],
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  explained: number,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const seen = new Map(Object.keys(matchLabels).map((key) => [key, 1]));
  for (const { key } of matchExpressions) {
    const index = keys.lastIndexOf(key);
    const count = seen.get(key) ?? 0;
    if (index >= 0 && count >= explained) errors.invalid(at.index(index), key, "is in the labelSelector, too");
    seen.set(key, count + 1);
  }
  if (explained > 0) return;
  for (const key in matchLabels)
    if (keys.includes(key)) errors.invalid(at.index(keys.indexOf(key)), key, "is in the labelSelector, too");
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export function validateTolerations(tolerations: readonly Toleration[], at: FieldPath, errors: FieldErrors): void {
  tolerations.forEach(({ key = "", operator = "", value = "", effect = "", tolerationSeconds }, i) => {
    const item = at.index(i);
    if (key !== "") checkForm(qualifiedNameFault, key, item.child("key"), errors);
    else if (operator !== "Exists")
      errors.invalid(item.child("operator"), operator, "is not Exists, as it has to be without a key");
    if (tolerationSeconds !== undefined && effect !== "NoExecute")
      errors.invalid(item.child("effect"), effect, "is not NoExecute, as it has to be with tolerationSeconds");
    if (operator === "" || operator === "Equal") checkForm(labelValueFault, value, item.child("operator"), errors);
    else if (operator !== "Exists") errors.notSupported(item.child("operator"), operator, ["Equal", "Exists"]);
    else if (value !== "") errors.invalid(item.child("operator"), value, "is a value, and Exists compares with none");
    if (effect !== "") checkChoice(effect, TAINT_EFFECTS, item.child("effect"), errors);
  });
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
export function validateSpreadConstraints(
  constraints: readonly TopologySpreadConstraint[],
  minor: number,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const merged = isOn("MatchLabelKeysInPodTopologySpreadSelectorMerge", minor);
  constraints.forEach((constraint, i) => {
    const item = at.index(i);
    const { maxSkew, topologyKey, whenUnsatisfiable, minDomains, labelSelector } = constraint;
    checkPositive(maxSkew, item.child("maxSkew"), errors);
    if (topologyKey === "") errors.required(item.child("topologyKey"));
    checkChoice(whenUnsatisfiable, ["DoNotSchedule", "ScheduleAnyway"], item.child("whenUnsatisfiable"), errors);
    const again = constraints
      .slice(i + 1)
      .some((later) => later.topologyKey === topologyKey && later.whenUnsatisfiable === whenUnsatisfiable);
    if (again) errors.duplicate(item.child("{topologyKey, whenUnsatisfiable}"), `${topologyKey}, ${whenUnsatisfiable}`);
    if (minDomains !== undefined) {
      checkPositive(minDomains, item.child("minDomains"), errors);
      if (whenUnsatisfiable !== "DoNotSchedule")
        errors.invalid(item.child("minDomains"), minDomains, "needs whenUnsatisfiable: DoNotSchedule");
    }
    for (const field of ["nodeAffinityPolicy", "nodeTaintsPolicy"] as const) {
      const policy = constraint[field];
      if (policy !== undefined) checkChoice(policy, ["Honor", "Ignore"], item.child(field), errors);
    }
    validateSpreadKeys(constraint.matchLabelKeys ?? [], labelSelector, merged, item, errors);
    validateLabelSelector(labelSelector, item.child("labelSelector"), errors);
  });
}

/** Where the keys' values are merged into the selector, the server gives the constraint's path and the key's index. */
function validateSpreadKeys(
  keys: readonly string[],
  selector: LabelSelector | undefined,
  merged: boolean,
  constraint: FieldPath,
  errors: FieldErrors,
): void {
  if (keys.length === 0) return;
  const at = constraint.child("matchLabelKeys");
  if (selector === undefined) errors.forbidden(at, "Without a labelSelector there is no matchLabelKeys");
  keys.forEach((key, i) => void checkForm(qualifiedNameFault, key, at.index(i), errors));
  if (selector !== undefined) reportRepeatedKeys(keys, selector, merged ? 1 : 0, merged ? constraint : at, errors);
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-scheduling-readiness/ */
export function validateSchedulingGates(gates: readonly PodSchedulingGate[], at: FieldPath, errors: FieldErrors): void {
  const names = new Set<string>();
  gates.forEach(({ name }, i) => {
    checkForm(qualifiedNameFault, name, at.index(i), errors);
    if (names.has(name)) errors.duplicate(at.index(i), name);
    names.add(name);
  });
}
