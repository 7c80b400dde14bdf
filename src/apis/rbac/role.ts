import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { pathSegmentFault } from "../meta/names.js";
import type { AggregationRule, ClusterRole, PolicyRule, Role } from "../types/rbac.v1.generated.js";

const RULES = FieldPath.of("rules");
const SELECTORS = FieldPath.of("aggregationRule", "clusterRoleSelectors");

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole */
export const ROLE: KindRules<Role> = {
  nameForm: pathSegmentFault,
  validate({ rules }, errors) {
    rules?.forEach((rule, i) => void validateRule(rule, true, RULES.index(i), errors));
  },
};

export const CLUSTER_ROLE: KindRules<ClusterRole> = {
  nameForm: pathSegmentFault,
  validate({ rules, aggregationRule }, errors) {
    rules?.forEach((rule, i) => void validateRule(rule, false, RULES.index(i), errors));
    if (aggregationRule !== undefined) validateAggregation(aggregationRule, errors);
  },
};

function validateRule(rule: PolicyRule, namespaced: boolean, at: FieldPath, errors: FieldErrors): void {
  const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  if (!verbs?.length) errors.required(at.child("verbs"), "a rule allows at least one verb");
  if (nonResourceURLs.length > 0) {
    const urlsAt = at.child("nonResourceURLs");
    if (namespaced) errors.invalid(urlsAt, undefined, "is for a ClusterRole: no URL is in a namespace");
    if (apiGroups.length > 0 || resources.length > 0 || resourceNames.length > 0)
      errors.invalid(urlsAt, undefined, "stands beside resources, and a rule is for one of the two");
    return;
  }
  if (apiGroups.length === 0) errors.required(at.child("apiGroups"), "a rule for resources names their API groups");
  if (resources.length === 0) errors.required(at.child("resources"), "a rule names resources or nonResourceURLs");
}

/** A selector with a fault is reported as a whole, too. */
function validateAggregation({ clusterRoleSelectors = [] }: AggregationRule, errors: FieldErrors): void {
  if (clusterRoleSelectors.length === 0) errors.required(SELECTORS, "an aggregationRule selects ClusterRoles");
  clusterRoleSelectors.forEach((selector, i) => {
    const before = errors.causes.length;
    validateLabelSelector(selector, SELECTORS.index(i), errors);
    if (errors.causes.length > before) errors.invalid(SELECTORS.index(i), undefined, "selects nothing as it stands");
  });
}
