import {
  type AccessDecision,
  type AccessRequest,
  accountOf,
  allows,
  findRuleMistakes,
  type PolicyRole,
  type PolicyRuleText,
  type Requester,
  type RuleMistake,
} from "../cluster/index.js";
import { nearestName } from "../diagnostics/nearest-name.js";
import { list } from "../engine/wording.js";
import type { AccessInput, Place } from "./can-i-input.js";
import { describeRequester, type Question } from "./can-i-question.js";
import { nameOf, nameOfSubject, placesOf, ruleWords } from "./can-i-words.js";

/** One line of the explanation, with the place it is about: none for what every cluster has, or what is about no place. */
export interface Remark {
  readonly text: string;
  readonly place?: Place;
  readonly builtIn?: boolean;
}

const MOST_GRANTS = 3;

/** Which bindings and rules allow it. */
export function explainYes(input: AccessInput, { request }: Question, decision: AccessDecision): Remark[] {
  if (decision.superuser) return [{ text: 'Members of Group "system:masters" may do everything; no rule is asked' }];
  const asked = request.subresource ? `${request.resource}/${request.subresource}` : request.resource;
  const remarks = decision.grants.slice(0, MOST_GRANTS).flatMap((grant): Remark[] => {
    const { binding, subject, role, rule } = grant;
    const places = placesOf(input, grant);
    const part = rule.role === role ? "" : `, which is part of ${nameOf(role)},`;
    return [
      remark(`${nameOf(binding)} gives ${nameOfSubject(subject)} the ${nameOf(role)}`, places.binding, binding.object),
      remark(
        `${nameOf(rule.role)}${part} allows ${ruleWords(rule, asked ?? request.nonResourceURL)}`,
        places.rule,
        rule.role.object,
      ),
    ];
  });
  const more = decision.grants.length - MOST_GRANTS;
  if (more > 0) remarks.push({ text: `${more} more ${more === 1 ? "binding allows" : "bindings allow"} it` });
  return remarks;
}

const remark = (text: string, place: Place | undefined, object: unknown): Remark => ({
  text,
  ...(place && { place }),
  ...(object === undefined && { builtIn: true }),
});

/** Why not, and what comes near. */
export function explainNo(
  input: AccessInput,
  requester: Requester,
  { request, words, assumedNamespace }: Question,
): Remark[] {
  const { authorizer, placeOf } = input;
  const remarks: Remark[] = [{ text: `No binding lets ${describeRequester(requester)} ${words}` }];
  for (const binding of authorizer.danglingBindings(requester, request.namespace)) {
    const nearest = nearestName(binding.roleName, authorizer.roleNames(binding));
    const help = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    remarks.push({
      text: `${nameOf(binding)} names ${binding.roleKind} "${binding.roleName}", which is not in the input${help}`,
      place: placeOf(binding.object, "roleRef.name"),
    });
  }
  remarks.push(...nearRules(input, requester, request));
  if (request.namespace === undefined && request.resource !== undefined) {
    for (const namespace of authorizer.namespacesOf(requester)) {
      const [grant] = authorizer.authorize(requester, { ...request, namespace }).grants;
      if (grant)
        remarks.push({
          text: `${nameOf(grant.binding)} grants it within namespace "${namespace}" alone; a ClusterRoleBinding would in the cluster`,
          place: placesOf(input, grant).binding,
        });
    }
  }
  if (assumedNamespace) {
    const others = authorizer
      .namespacesOf(requester)
      .filter((namespace) => authorizer.authorize(requester, { ...request, namespace }).allowed);
    if (others.length > 0)
      remarks.push({
        text: `The answer is yes in ${others.length === 1 ? "namespace" : "namespaces"} ${list(others.map((n) => `"${n}"`))}; without -n, "${request.namespace}" is asked about`,
      });
  }
  return [...remarks, ...strangers(input, requester)];
}

/** Rules of the requester that allow it but for the verb, the name, or a slip in what they name. */
function nearRules(
  { authorizer, placeOf, types }: AccessInput,
  requester: Requester,
  request: AccessRequest,
): Remark[] {
  const told = new Set<string>();
  return authorizer.rulesFor(requester, request.namespace).flatMap(({ rule }): Remark[] => {
    const { verbs = [], resourceNames = [] } = rule.rule;
    const key = `${roleKey(rule.role)} ${rule.index}`;
    if (told.has(key)) return [];
    const where = { place: placeOf(rule.role.object, `rules[${rule.index}]`), builtIn: rule.role.object === undefined };
    const what =
      request.nonResourceURL ?? (request.subresource ? `${request.resource}/${request.subresource}` : request.resource);
    if (resourceNames.length > 0 && allows({ ...rule.rule, resourceNames: [] }, request)) {
      told.add(key);
      const names = list(resourceNames.map((name) => `"${name}"`));
      return [{ text: `${nameOf(rule.role)} allows ${request.verb} on ${what} named ${names} alone`, ...where }];
    }
    if (allows({ ...rule.rule, verbs: ["*"] }, request)) {
      told.add(key);
      return [{ text: `${nameOf(rule.role)} allows ${list(verbs, 8)} on ${what}, not ${request.verb}`, ...where }];
    }
    const slip = findRuleMistakes(types, rule.rule, rule.role.rules).find((mistake) =>
      allows(corrected(rule.rule, mistake), request),
    );
    if (slip === undefined) return [];
    told.add(key);
    const place = placeOf(rule.role.object, `rules[${rule.index}].${slip.at}`);
    return [{ text: `${nameOf(rule.role)} names ${slipWords(slip)} the answer would be yes`, place }];
  });
}

function slipWords(slip: RuleMistake): string {
  switch (slip.type) {
    case "group":
      return `API group "${slip.given}", which there is not; with "${slip.group}"`;
    case "formerGroup":
      return `API group "${slip.given}", which has it no more; with ${list(slip.groups.map((group) => `"${group}"`))}`;
    case "resource":
      if (slip.group !== undefined && slip.meant === slip.given)
        return `"${slip.given}" without its API group "${slip.group}"; with it`;
  }
  const what = slip.type === "resource" ? "resource" : slip.type === "subresource" ? "subresource" : "pattern";
  return `"${slip.given}", which is no ${what}; with "${slip.meant}"`;
}

/** The rule as it was probably meant. */
function corrected(rule: PolicyRuleText, mistake: RuleMistake): PolicyRuleText {
  const { apiGroups = [], resources = [] } = rule;
  switch (mistake.type) {
    case "group":
      return { ...rule, apiGroups: apiGroups.map((group) => (group === mistake.given ? mistake.group : group)) };
    case "formerGroup":
      return { ...rule, apiGroups: [...apiGroups, ...mistake.groups] };
    default: {
      const { given, meant = given } = mistake;
      const group = mistake.type === "resource" && mistake.group !== undefined ? [mistake.group] : [];
      return {
        ...rule,
        apiGroups: [...apiGroups, ...group],
        resources: resources.map((r) => (r === given ? meant : r)),
      };
    }
  }
}

const roleKey = ({ kind, namespace, name }: PolicyRole): string => `${kind}/${namespace}/${name}`;

/** Names that no binding has, with the nearest that one has. */
export function strangers({ authorizer }: AccessInput, { user, groups = [] }: Requester): Remark[] {
  const names = new Map<string, Set<string>>();
  for (const { subjects } of authorizer.bindings)
    for (const { kind, name, namespace } of subjects) {
      const list = names.get(kind) ?? new Set();
      list.add(kind === "ServiceAccount" ? `${namespace}/${name}` : name);
      names.set(kind, list);
    }
  const unnamed = (kind: string, name: string): Remark[] => {
    const known = names.get(kind) ?? new Set();
    if (known.has(name)) return [];
    const nearest = nearestName(name, known);
    const help = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    return [{ text: `No binding names ${kind} "${name}"${help}` }];
  };
  const account = accountOf(user);
  const named = account ? `${account.namespace}/${account.name}` : user;
  // A binding may name an account by the name it asks under.
  const isNamed = user === "" || (names.get("User")?.has(user) ?? false);
  return [
    ...(isNamed ? [] : unnamed(account ? "ServiceAccount" : "User", named)),
    ...groups.filter((group) => !group.startsWith("system:")).flatMap((group) => unnamed("Group", group)),
  ];
}
