import { matchSelector } from "../selection/selectors.js";
import type { PolicyRole } from "./policy-objects.js";
import type { PolicyRuleText } from "./role-mistakes.js";

/** A rule that a role grants, and where it stands: in the role itself, or in one that is aggregated into it. */
export interface GrantedRule {
  readonly rule: PolicyRuleText;
  readonly role: PolicyRole;
  /** Of the rule in `role`. */
  readonly index: number;
}

/**
 * What the aggregation controller makes of the ClusterRoles: the rules of each, an aggregated one having those of all that
 * its selectors match, in the order of their names, each once. Its own rules are replaced, unless nothing matches.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function aggregate(roles: Iterable<PolicyRole>): Map<PolicyRole, readonly GrantedRule[]> {
  const sorted = [...roles].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const rules = new Map<PolicyRole, readonly GrantedRule[]>(
    sorted.map((role) => [role, role.rules.map((rule, index) => ({ rule, role, index }))]),
  );
  const textOf = rememberTexts();
  const byLabel = indexByLabel(sorted);
  const aggregated = sorted.flatMap((role) =>
    role.selectors ? [{ role, parts: partsOf(role, sorted, byLabel) }] : [],
  );
  // A role can be aggregated into one that is aggregated itself. Each round carries rules a step further, if not more.
  for (let round = 0, changed = true; changed && round <= aggregated.length; round++) {
    changed = false;
    for (const { role, parts } of aggregated) {
      const joined = join(
        parts.map((part) => rules.get(part)!),
        textOf,
      );
      if (joined.length === 0 || isSame(joined, rules.get(role)!, textOf)) continue;
      rules.set(role, joined);
      changed = true;
    }
  }
  return rules;
}

/** The roles that the selectors match, selector by selector; one that two match comes twice and counts once. */
function partsOf(
  role: PolicyRole,
  all: readonly PolicyRole[],
  byLabel: ReadonlyMap<string, readonly PolicyRole[]>,
): readonly PolicyRole[] {
  return role.selectors!.flatMap((selector) => {
    const [pair] = Object.entries(selector.matchLabels ?? {});
    const candidates = pair ? (byLabel.get(labelKey(...pair)) ?? []) : all;
    return candidates.filter((other) => other !== role && matchSelector(selector, other.labels) === "yes");
  });
}

function indexByLabel(roles: readonly PolicyRole[]): ReadonlyMap<string, readonly PolicyRole[]> {
  const index = new Map<string, PolicyRole[]>();
  for (const role of roles)
    for (const pair of Object.entries(role.labels)) {
      const key = labelKey(...pair);
      const list = index.get(key);
      if (list) list.push(role);
      else index.set(key, [role]);
    }
  return index;
}

const labelKey = (key: string, value: string): string => `${key}=${value}`;

function join(lists: readonly (readonly GrantedRule[])[], textOf: TextOf): GrantedRule[] {
  const joined = new Map<string, GrantedRule>();
  for (const list of lists)
    for (const granted of list) {
      const key = textOf(granted.rule);
      if (!joined.has(key)) joined.set(key, granted);
    }
  return [...joined.values()];
}

const isSame = (a: readonly GrantedRule[], b: readonly GrantedRule[], textOf: TextOf): boolean =>
  a.length === b.length && a.every(({ rule }, i) => rule === b[i]!.rule || textOf(rule) === textOf(b[i]!.rule));

/** What two rules have in common that say the same. */
type TextOf = (rule: PolicyRuleText) => string;

function rememberTexts(): TextOf {
  const texts = new Map<PolicyRuleText, string>();
  return (rule) => {
    let text = texts.get(rule);
    if (text === undefined) {
      const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = rule;
      // An empty list is no list.
      const lists = [verbs, apiGroups, resources, resourceNames, nonResourceURLs];
      text = JSON.stringify(lists.map((list) => list ?? []));
      texts.set(rule, text);
    }
    return text;
  };
}
