import type { MatchResources, NamedRuleWithOperations } from "../../types/admissionregistration.v1.generated.js";
import type { LabelSelector } from "../../types/meta.v1.generated.js";
import { selects, selectsAll } from "./label-selector.js";
import { isNamespace, type PolicyRequest } from "./policy-request.js";

/** The version in which a request was found to match; undefined where it does not. */
export type Matched = { readonly version: string } | undefined;

/**
 * Whether a policy or binding is about a request. Without rules, as bindings may be, it is about every one.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#parameter-resources
 */
export function matchRequest(match: MatchResources | undefined, request: PolicyRequest): Matched {
  const { version } = request.kind;
  if (match === undefined) return { version };
  const { resourceRules = [], excludeResourceRules = [], matchPolicy, namespaceSelector, objectSelector } = match;
  if (namespaceSelector !== undefined && !fitsNamespace(namespaceSelector, request)) return undefined;
  if (objectSelector !== undefined && !fitsObject(objectSelector, request)) return undefined;
  const equivalent = matchPolicy !== "Exact";
  if (versionMatched(excludeResourceRules, request, equivalent) !== undefined) return undefined;
  if (resourceRules.length === 0) return { version };
  const found = versionMatched(resourceRules, request, equivalent);
  return found === undefined ? undefined : { version: found };
}

const labelsOf = (object: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, string>> => {
  const metadata = object?.metadata as { readonly labels?: Readonly<Record<string, string>> } | undefined;
  return metadata?.labels ?? {};
};

/** A Namespace is selected by its own labels; what is in none always fits. */
function fitsNamespace(selector: LabelSelector, request: PolicyRequest): boolean {
  if (selectsAll(selector)) return true;
  if (isNamespace(request)) {
    const { object, oldObject, subresource } = request;
    return selects(selector, labelsOf(subresource === undefined ? (object ?? oldObject) : oldObject));
  }
  return request.namespace === undefined || selects(selector, labelsOf(request.namespaceObject));
}

/** One of the object before and after is enough. */
function fitsObject(selector: LabelSelector, { object, oldObject }: PolicyRequest): boolean {
  if (selectsAll(selector)) return true;
  return [object, oldObject].some((each) => each !== undefined && selects(selector, labelsOf(each)));
}

function versionMatched(
  rules: readonly NamedRuleWithOperations[],
  request: PolicyRequest,
  equivalent: boolean,
): string | undefined {
  const { kind, otherVersions = [] } = request;
  for (const version of equivalent ? [kind.version, ...otherVersions] : [kind.version])
    if (rules.some((rule) => fitsRule(rule, version, request))) return version;
  return undefined;
}

const holds = (list: readonly string[] | undefined, value: string): boolean =>
  list?.includes("*") || list?.includes(value) || false;

function fitsRule(rule: NamedRuleWithOperations, version: string, request: PolicyRequest): boolean {
  const { operations, apiGroups, apiVersions, resources = [], resourceNames = [], scope = "*" } = rule;
  const { kind, operation, namespace, name = "", subresource = "" } = request;
  const namespaced = namespace !== undefined && !isNamespace(request);
  if (scope !== "*" && (scope === "Namespaced") !== namespaced) return false;
  if (!holds(operations, operation) || !holds(apiGroups, kind.group) || !holds(apiVersions, version)) return false;
  if (resourceNames.length > 0 && !resourceNames.includes(name)) return false;
  return resources.some((text) => {
    const [resource, sub = ""] = text.split("/", 2);
    return (resource === "*" || resource === kind.resource) && (sub === "*" || sub === subresource);
  });
}
