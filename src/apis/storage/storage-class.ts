import { OLD_NODE_LABELS } from "../core/pod-warnings.js";
import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsSubdomainFault, qualifiedNameFault } from "../meta/names.js";
import { checkChoice } from "../meta/values.js";
import type { TopologySelectorTerm } from "../types/core.v1.generated.js";
import type { StorageClass } from "../types/storage.v1.generated.js";
import { checkProvisioner, validateParameters } from "./class-parts.js";

const TOPOLOGIES = FieldPath.of("allowedTopologies");
const RECLAIM_POLICIES = ["Delete", "Retain"];
const BINDING_MODES = ["Immediate", "WaitForFirstConsumer"];

/** https://kubernetes.io/docs/concepts/storage/storage-classes/ */
export const STORAGE_CLASS: KindRules<StorageClass> = {
  defaults(storageClass) {
    storageClass.reclaimPolicy ??= "Delete";
    storageClass.volumeBindingMode ??= "Immediate";
  },
  nameForm: dnsSubdomainFault,
  validate({ provisioner, parameters, reclaimPolicy, volumeBindingMode = "", allowedTopologies = [] }, errors) {
    checkProvisioner(provisioner, FieldPath.of("provisioner"), errors);
    validateParameters(parameters, errors, { emptyAllowed: true });
    if (reclaimPolicy) checkChoice(reclaimPolicy, RECLAIM_POLICIES, FieldPath.of("reclaimPolicy"), errors);
    checkChoice(volumeBindingMode, BINDING_MODES, FieldPath.of("volumeBindingMode"), errors);
    validateTopologies(allowedTopologies, errors);
  },
  warnings({ allowedTopologies = [] }, warn) {
    allowedTopologies.forEach(({ matchLabelExpressions = [] }, i) => {
      for (const [j, { key }] of matchLabelExpressions.entries()) {
        const instead = OLD_NODE_LABELS.get(key);
        const at = `allowedTopologies[${i}].matchLabelExpressions[${j}].key`;
        if (instead !== undefined) warn(`${at}: "${key}" is deprecated; "${instead}" takes its place`);
      }
    });
  },
};

/** A term without expressions counts as a repeated one, even alone. */
function validateTopologies(terms: readonly TopologySelectorTerm[], errors: FieldErrors): void {
  const known = new Set([setText(new Map())]);
  terms.forEach((term, i) => {
    const at = TOPOLOGIES.index(i).child("matchLabelExpressions");
    const text = setText(validateTerm(term, at, errors));
    if (known.has(text)) errors.duplicate(at, undefined);
    known.add(text);
  });
}

/** Answers the values by key. */
function validateTerm(
  { matchLabelExpressions = [] }: TopologySelectorTerm,
  at: FieldPath,
  errors: FieldErrors,
): Map<string, Set<string>> {
  const sets = new Map<string, Set<string>>();
  matchLabelExpressions.forEach(({ key, values }, i) => {
    const item = at.index(i);
    const set = new Set<string>();
    if (!values?.length) errors.required(item.child("values"), "a topology has a value");
    values?.forEach((value, j) => {
      if (set.has(value)) errors.duplicate(item.child("values").index(j), value);
      set.add(value);
    });
    checkForm(qualifiedNameFault, key, item.child("key"), errors);
    if (sets.has(key)) errors.duplicate(item.child("key"), key);
    sets.set(key, set);
  });
  return sets;
}

/** The same for the same values by key, in whatever order. */
const setText = (sets: ReadonlyMap<string, ReadonlySet<string>>): string =>
  JSON.stringify([...sets].map(([key, values]) => [key, [...values].sort()] as const).sort(byKey));

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
