import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { checkAtMostAll, checkIntOrPercent } from "../meta/int-or-percent.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { pathSegmentFault } from "../meta/names.js";
import { METADATA, validateObjectMeta } from "../meta/object-meta.js";
import { checkChoice } from "../meta/values.js";
import type { PodDisruptionBudget } from "../types/policy.v1.generated.js";

const SPEC = FieldPath.of("spec");
const EVICTION_POLICIES = ["AlwaysAllow", "IfHealthyBudget"];

/** https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
export const POD_DISRUPTION_BUDGET: KindRules<PodDisruptionBudget> = {
  prepare({ spec }, { minor }) {
    if (!isOn("PDBUnhealthyPodEvictionPolicy", minor)) delete spec.unhealthyPodEvictionPolicy;
  },
  validate({ metadata, spec }, errors) {
    const { selector, unhealthyPodEvictionPolicy } = spec;
    if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined)
      errors.invalid(SPEC, undefined, "has both minAvailable and maxUnavailable");
    for (const field of ["minAvailable", "maxUnavailable"] as const) {
      const amount = spec[field];
      if (amount === undefined) continue;
      checkIntOrPercent(amount, SPEC.child(field), errors);
      checkAtMostAll(amount, SPEC.child(field), errors);
    }
    validateLabelSelector(selector, SPEC.child("selector"), errors);
    if (unhealthyPodEvictionPolicy !== undefined)
      checkChoice(unhealthyPodEvictionPolicy, EVICTION_POLICIES, SPEC.child("unhealthyPodEvictionPolicy"), errors);
    // A budget may have any name that a path may have.
    if (!errors.any) validateObjectMeta(metadata, true, pathSegmentFault, METADATA, errors, { anyFinalizer: true });
  },
};
