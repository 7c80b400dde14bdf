import type { PolicyRuleText } from "./role-mistakes.js";

/** What somebody wants to do: something with a resource, or with a URL that is none. */
export interface AccessRequest {
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  /** Empty or absent: in the whole cluster. */
  readonly namespace?: string;
  readonly name?: string;
  readonly nonResourceURL?: string;
}

const has = (list: readonly string[] | undefined, value: string): boolean => list?.includes(value) ?? false;
const hasOrAny = (list: readonly string[] | undefined, value: string): boolean => has(list, "*") || has(list, value);

/**
 * Whether a rule allows a request. Texts are compared as they are; `*` and `*` before a subresource are all the patterns.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function allows(rule: PolicyRuleText, request: AccessRequest): boolean {
  if (!hasOrAny(rule.verbs, request.verb)) return false;
  if (request.nonResourceURL !== undefined) return allowsUrl(rule, request.nonResourceURL);
  if (!hasOrAny(rule.apiGroups, request.group ?? "")) return false;
  if (!allowsResource(rule, request.resource ?? "", request.subresource ?? "")) return false;
  return !rule.resourceNames?.length || rule.resourceNames.includes(request.name ?? "");
}

const allowsResource = ({ resources }: PolicyRuleText, resource: string, subresource: string): boolean =>
  subresource === ""
    ? hasOrAny(resources, resource)
    : hasOrAny(resources, `${resource}/${subresource}`) || has(resources, `*/${subresource}`);

const allowsUrl = (rule: PolicyRuleText, url: string): boolean =>
  rule.nonResourceURLs?.some((pattern) => pattern === url || (pattern.endsWith("*") && startsLike(url, pattern))) ??
  false;

const startsLike = (url: string, pattern: string): boolean => url.startsWith(pattern.replace(/\*+$/, ""));

/**
 * The parts of rules that no rule of a list covers, each with one verb, group and resource. Each part has to be
 * covered by one rule: two that cover half of it each do not.
 */
export function uncovered(owned: readonly PolicyRuleText[], wanted: readonly PolicyRuleText[]): PolicyRuleText[] {
  return wanted.flatMap(takeApart).filter((part) => !owned.some((rule) => covers(rule, part)));
}

function takeApart(rule: PolicyRuleText): PolicyRuleText[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const parts: PolicyRuleText[] = [];
  for (const group of apiGroups)
    for (const resource of resources)
      for (const verb of verbs) {
        const part = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (resourceNames.length === 0) parts.push(part);
        for (const name of resourceNames) parts.push({ ...part, resourceNames: [name] });
      }
  for (const url of nonResourceURLs) for (const verb of verbs) parts.push({ nonResourceURLs: [url], verbs: [verb] });
  return parts;
}

function covers(rule: PolicyRuleText, part: PolicyRuleText): boolean {
  if (!hasOrAny(rule.verbs, part.verbs![0]!)) return false;
  const [url] = part.nonResourceURLs ?? [];
  if (url !== undefined) return allowsUrl(rule, url);
  if (!hasOrAny(rule.apiGroups, part.apiGroups![0]!)) return false;
  const [resource = "", subresource = ""] = splitResource(part.resources![0]!);
  if (!allowsResource(rule, resource, subresource)) return false;
  if (!rule.resourceNames?.length) return true;
  return part.resourceNames !== undefined && rule.resourceNames.includes(part.resourceNames[0]!);
}

/** `pods/log` as the resource and the subresource. */
function splitResource(text: string): readonly [string, string] {
  const slash = text.indexOf("/");
  return slash < 0 ? [text, ""] : [text.slice(0, slash), text.slice(slash + 1)];
}
