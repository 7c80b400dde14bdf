import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsSubdomainFault, qualifiedNameFault } from "../meta/names.js";
import { METADATA, validateObjectMeta } from "../meta/object-meta.js";
import { checkNotNegative, checkPositive } from "../meta/values.js";
import type { Lease } from "../types/coordination.v1.generated.js";

const SPEC = FieldPath.of("spec");
/** The server names the field within itself. */
const STRATEGY = SPEC.child("strategy").child("strategy");
/** Strategies without a prefix are Kubernetes' own. */
const OWN_STRATEGIES = ["OldestEmulationVersion"];

/** https://kubernetes.io/docs/concepts/architecture/leases/ */
export const LEASE: KindRules<Lease> = {
  prepare({ spec }, { minor }) {
    if (isOn("CoordinatedLeaderElection", minor)) return;
    delete spec.strategy;
    delete spec.preferredHolder;
  },
  validate({ metadata, spec }, errors) {
    validateObjectMeta(metadata, true, dnsSubdomainFault, METADATA, errors, { anyFinalizer: true });
    const { leaseDurationSeconds, leaseTransitions, strategy, preferredHolder } = spec;
    if (leaseDurationSeconds !== undefined)
      checkPositive(leaseDurationSeconds, SPEC.child("leaseDurationSeconds"), errors);
    if (leaseTransitions !== undefined) checkNotNegative(leaseTransitions, SPEC.child("leaseTransitions"), errors);
    if (strategy?.includes("/")) checkForm(qualifiedNameFault, strategy, STRATEGY, errors);
    else if (strategy !== undefined && !OWN_STRATEGIES.includes(strategy))
      errors.notSupported(STRATEGY, strategy, OWN_STRATEGIES);
    if (preferredHolder && !strategy)
      errors.forbidden(SPEC.child("preferredHolder"), "A preferred holder is only known where there is a strategy");
  },
};
