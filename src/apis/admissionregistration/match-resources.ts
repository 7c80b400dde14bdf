import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { checkChoice } from "../meta/values.js";
import type { MatchResources } from "../types/admissionregistration.v1.generated.js";
import { setRuleDefaults, validateNamedRule } from "./resource-rules.js";

export const FAILURE_POLICIES = ["Fail", "Ignore"];
export const MATCH_POLICIES = ["Equivalent", "Exact"];

export function setMatchDefaults(match: MatchResources | undefined): void {
  if (match === undefined) return;
  match.matchPolicy ??= "Equivalent";
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  setRuleDefaults(match.resourceRules);
  setRuleDefaults(match.excludeResourceRules);
}

/** Which requests a policy or binding is for. */
export function validateMatchResources(match: MatchResources, at: FieldPath, errors: FieldErrors): void {
  const { matchPolicy, namespaceSelector, objectSelector, resourceRules, excludeResourceRules } = match;
  if (matchPolicy !== undefined) checkChoice(matchPolicy, MATCH_POLICIES, at.child("matchPolicy"), errors);
  validateLabelSelector(namespaceSelector, at.child("namespaceSelector"), errors);
  validateLabelSelector(objectSelector, at.child("objectSelector"), errors);
  resourceRules?.forEach((rule, i) => void validateNamedRule(rule, at.child("resourceRules").index(i), errors));
  excludeResourceRules?.forEach((rule, i) => {
    validateNamedRule(rule, at.child("excludeResourceRules").index(i), errors);
  });
}
