import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, pathSegmentFault } from "../meta/names.js";
import { checkChoice } from "../meta/values.js";
import type { NamedRuleWithOperations, RuleWithOperations } from "../types/admissionregistration.v1.generated.js";

const OPERATIONS = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
const SCOPES = ["*", "Cluster", "Namespaced"];

export function setRuleDefaults(rules: readonly RuleWithOperations[] | undefined): void {
  for (const rule of rules ?? []) rule.scope ??= "*";
}

/** Which requests are asked about: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-rules */
export function validateRule(rule: RuleWithOperations, at: FieldPath, errors: FieldErrors): void {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  checkList(operations, "operations", at.child("operations"), errors);
  operations.forEach((operation, i) => {
    checkChoice(operation, OPERATIONS, at.child("operations").index(i), errors);
  });
  checkList(apiGroups, "groups", at.child("apiGroups"), errors);
  checkList(apiVersions, "versions", at.child("apiVersions"), errors);
  apiVersions.forEach((version, i) => {
    if (version === "") errors.required(at.child("apiVersions").index(i));
  });
  validateResources(resources, at.child("resources"), errors);
  if (scope !== undefined) checkChoice(scope, SCOPES, at.child("scope"), errors);
}

/** A list of something, or "*" alone. */
function checkList(values: readonly string[], what: string, at: FieldPath, errors: FieldErrors): void {
  if (values.length === 0) errors.required(at);
  else if (values.length > 1 && values.includes("*"))
    errors.invalid(at, undefined, `has "*", which stands for all, beside other ${what}`);
}

/** `pods`, `pods/status`, `pods/*`, `*`, and `*` of both, where none may be contained in another. */
function validateResources(resources: readonly string[], at: FieldPath, errors: FieldErrors): void {
  if (resources.length === 0) errors.required(at);
  const withAllSubresources = new Set<string>();
  const subresourcesOfAll = new Set<string>();
  let named = false;
  resources.forEach((text, i) => {
    const slash = text.indexOf("/");
    if (text === "") errors.required(at.index(i));
    else if (slash < 0)
      // Only the last one without a subresource counts.
      named = text !== "*";
    else {
      const [resource, subresource] = [text.slice(0, slash), text.slice(slash + 1)];
      if (withAllSubresources.has(resource)) errors.invalid(at.index(i), text, `is contained in "${resource}/*"`);
      if (subresourcesOfAll.has(subresource)) errors.invalid(at.index(i), text, `is contained in "*/${subresource}"`);
      if (subresource === "*") withAllSubresources.add(resource);
      if (resource === "*") subresourcesOfAll.add(subresource);
    }
  });
  if (resources.length > 1 && resources.includes("*/*"))
    errors.invalid(at, undefined, 'has "*/*", which stands for all, beside other resources');
  if (named && resources.includes("*"))
    errors.invalid(at, undefined, 'has "*", which stands for all resources, beside another resource');
}

/** Duplicate names are reported, too. */
export function validateNamedRule(rule: NamedRuleWithOperations, at: FieldPath, errors: FieldErrors): void {
  const { resourceNames = [] } = rule;
  resourceNames.forEach((name, i) => {
    checkForm(pathSegmentFault, name, at.child("resourceNames").index(i), errors);
    if (resourceNames.indexOf(name) < i) errors.duplicate(at.child("resourceNames").index(i), name);
  });
  validateRule(rule, at, errors);
}
