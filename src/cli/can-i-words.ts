import type { AccessGrant, GrantedRule, PolicyBinding, PolicyRole, PolicySubject } from "../cluster/index.js";
import { list } from "../engine/wording.js";
import type { AccessInput, Place } from "./can-i-input.js";

/** `RoleBinding "shop/developers"`: the namespace first, as people write it. */
export const nameOf = ({
  kind,
  namespace,
  name,
}: Pick<PolicyBinding | PolicyRole, "kind" | "namespace" | "name">): string =>
  `${kind} "${namespace === "" ? name : `${namespace}/${name}`}"`;

/** `ServiceAccount shop/orders`: in tables. */
export const plainName = ({ kind, namespace, name }: PolicySubject | PolicyBinding | PolicyRole): string =>
  `${kind} ${namespace ? `${namespace}/` : ""}${name}`;

/** `ServiceAccount "shop/orders"`. */
export const nameOfSubject = ({ kind, namespace, name }: PolicySubject): string =>
  `${kind} "${namespace === undefined ? name : `${namespace}/${name}`}"`;

const MOST_RESOURCES = 5;

/** `get and list on pods and services`; of many resources the first, and the one that was asked about. */
export function ruleWords({ rule }: GrantedRule, asked?: string): string {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const objects = resources.length > 0 ? resources : nonResourceURLs;
  const ordered =
    asked !== undefined && objects.includes(asked) ? [asked, ...objects.filter((o) => o !== asked)] : objects;
  const what = list(
    ordered.map((name) => (name === "*" ? everything(apiGroups) : name)),
    MOST_RESOURCES,
  );
  const named = resourceNames.length > 0 ? ` named ${list(resourceNames.map((name) => `"${name}"`))}` : "";
  return `${verbs.includes("*") ? "every verb" : list(verbs, 8)} on ${what}${named}`;
}

function everything(groups: readonly string[]): string {
  if (groups.length === 0 || groups.includes("*")) return "everything";
  const named = groups.map((group) => (group === "" ? "the core group" : `API group "${group}"`));
  return `every resource of ${list(named)}`;
}

/** The rule as it stands, for programs. */
export const ruleFields = (granted: GrantedRule) => {
  const { apiGroups, resources, resourceNames, nonResourceURLs, verbs } = granted.rule;
  return { verbs, apiGroups, resources, resourceNames, nonResourceURLs };
};

/** Where binding and rule of a grant stand; undefined for what every cluster has. */
export interface GrantPlaces {
  readonly binding: Place | undefined;
  readonly rule: Place | undefined;
}

export const placesOf = (
  { placeOf }: AccessInput,
  { binding, subjectIndex, rule }: Pick<AccessGrant, "binding" | "subjectIndex" | "rule">,
): GrantPlaces => ({
  binding: placeOf(binding.object, `subjects[${subjectIndex}]`),
  rule: placeOf(rule.role.object, `rules[${rule.index}]`),
});

/** A grant as programs read it. */
export function grantFields(input: AccessInput, grant: AccessGrant) {
  const { binding, subject, role, rule } = grant;
  const places = placesOf(input, grant);
  return {
    subject: identity(subject),
    binding: { ...identity(binding), ...builtIn(binding.object), ...places.binding },
    role: { ...identity(role), ...builtIn(role.object) },
    rule: { role: identity(rule.role), index: rule.index, ...ruleFields(rule), ...places.rule },
  };
}

const identity = ({ kind, namespace, name }: PolicyBinding | PolicyRole | PolicySubject) => ({
  kind,
  ...(namespace && { namespace }),
  name,
});

const builtIn = (object: unknown) => (object === undefined ? { builtIn: true } : {});
