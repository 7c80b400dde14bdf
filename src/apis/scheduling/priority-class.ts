import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { METADATA } from "../meta/object-meta.js";
import { EMPTY_CLUSTER } from "../surroundings.js";
import type { PriorityClass } from "../types/scheduling.v1.generated.js";

const VALUE = FieldPath.of("value");
const POLICY = FieldPath.of("preemptionPolicy");
export const PREEMPTION_POLICIES = ["PreemptLowerPriority", "Never"];
const HIGHEST_OF_USERS = 1_000_000_000;

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass */
export const PRIORITY_CLASS: KindRules<PriorityClass> = {
  defaults(priorityClass) {
    priorityClass.preemptionPolicy ??= "PreemptLowerPriority";
  },
  nameForm: dnsSubdomainFault,
  validate({ metadata, value, globalDefault, preemptionPolicy }, errors) {
    const { name = "" } = metadata;
    if (name.startsWith("system-")) {
      const own = EMPTY_CLUSTER.priorityClass(name);
      if (own === undefined || own.value !== value || globalDefault)
        errors.forbidden(METADATA.child("name"), 'Names that start with "system-" are the system\'s');
    } else if (value > HIGHEST_OF_USERS)
      errors.forbidden(VALUE, `${value} is above ${HIGHEST_OF_USERS}, the highest priority of users' classes`);
    if (preemptionPolicy === "") errors.required(POLICY);
    else if (preemptionPolicy !== undefined && !PREEMPTION_POLICIES.includes(preemptionPolicy))
      errors.notSupported(POLICY, preemptionPolicy, PREEMPTION_POLICIES);
  },
};
