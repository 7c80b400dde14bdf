import type { KubernetesObject } from "../resource.js";
import { type AccessAnswer, type Authorizer, type Requester, SUPERUSERS } from "./authorizer.js";
import { accountOf, groupsOf, type PolicyBinding, RBAC_GROUP, readPolicyObject } from "./policy-objects.js";
import type { PolicyRuleText } from "./role-mistakes.js";
import { type AccessRequest, uncovered } from "./rule-matching.js";

/** Why the server refuses a request because of who makes it. */
export interface Refusal {
  readonly code: 403 | 404;
  readonly reason: "Forbidden" | "NotFound";
  readonly message: string;
}

const forbidden = (message: string): Refusal => ({ code: 403, reason: "Forbidden", message });

/**
 * The groups somebody is in who is impersonated with these: everybody who is not anonymous is authenticated; a
 * ServiceAccount has its own groups where none are given.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
export function impersonatedGroups(user: string, given: readonly string[] = []): readonly string[] {
  if (given.length === 0 && accountOf(user)) return groupsOf(user);
  const [own] = groupsOf(user === "system:anonymous" ? user : "");
  return given.includes(own!) ? given : [...given, own!];
}

/** The server's refusal of a request that no binding allows; undefined where one does. */
export function refuseRequest(
  authorizer: Authorizer,
  requester: Requester,
  request: AccessRequest & { readonly resource: string },
): Refusal | undefined {
  const { allowed, reason }: AccessAnswer = authorizer.answer({ ...requester, ...request });
  if (allowed) return undefined;
  const { verb, group = "", resource, subresource, namespace, name } = request;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const subject = `${group === "" ? resource : `${resource}.${group}`}${verb !== "create" && name ? ` "${name}"` : ""}`;
  const where = namespace ? `in the namespace "${namespace}"` : "at the cluster scope";
  const what = `cannot ${verb} resource "${full}" in API group "${group}" ${where}`;
  return forbidden(
    `${subject} is forbidden: User "${requester.user}" ${what}${reason === undefined ? "" : `: ${reason}`}`,
  );
}

/**
 * The rules that somebody would hand out without holding them, in a namespace or with none in the cluster; empty where
 * they may be handed out.
 */
function rulesNotHeld(
  authorizer: Authorizer,
  requester: Requester,
  rules: readonly PolicyRuleText[],
  namespace?: string,
): PolicyRuleText[] {
  if (rules.length === 0) return [];
  const held = authorizer.rulesFor(requester, namespace).map(({ rule }) => rule.rule);
  return uncovered(held, rules);
}

/** Whether somebody may hand out rules in a namespace, or with none in the cluster. */
export const mayGrant = (
  authorizer: Authorizer,
  requester: Requester,
  rules: readonly PolicyRuleText[],
  namespace?: string,
): boolean =>
  (requester.groups?.includes(SUPERUSERS) ?? false) ||
  rulesNotHeld(authorizer, requester, rules, namespace).length === 0;

/** What an aggregated role may come to hold. */
const FULL_AUTHORITY: readonly PolicyRuleText[] = [
  { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
  { nonResourceURLs: ["*"], verbs: ["*"] },
];

/**
 * The server's refusal of a Role or binding that hands out more than the requester has. `old` is the stored object that
 * is updated: what it granted already may stay. Objects of other kinds are never refused here.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export function refuseGrant(
  authorizer: Authorizer,
  requester: Requester,
  object: KubernetesObject,
  defaultNamespace: string,
  old?: KubernetesObject,
): Refusal | undefined {
  if (requester.groups?.includes(SUPERUSERS)) return undefined;
  const wanted = readPolicyObject(object, defaultNamespace);
  const before = old && readPolicyObject(old, defaultNamespace);
  if (wanted === undefined) return undefined;
  const resource = `${wanted.kind.toLowerCase()}s`;
  const deny = (why: string) => forbidden(`${resource}.${RBAC_GROUP} "${wanted.name}" is forbidden: ${why}`);
  const namespace = wanted.namespace;
  const on = { group: RBAC_GROUP, namespace };

  if ("subjects" in wanted) {
    if (before && "subjects" in before && grantsSame(wanted, before)) return undefined;
    const bind = { ...on, verb: "bind", resource: `${wanted.roleKind.toLowerCase()}s`, name: wanted.roleName };
    if (authorizer.authorize(requester, bind).allowed) return undefined;
    const role = authorizer.roleOf(wanted);
    if (role === undefined)
      return {
        code: 404,
        reason: "NotFound",
        message: `${wanted.roleKind.toLowerCase()}s.${RBAC_GROUP} "${wanted.roleName}" not found`,
      };
    const rules = authorizer.rulesOf(role).map(({ rule }) => rule);
    const lacking = rulesNotHeld(authorizer, requester, rules, namespace);
    return lacking.length > 0 ? deny(describeLack(requester, lacking)) : undefined;
  }

  const oldRole = before && "rules" in before ? before : undefined;
  if (oldRole && isEqual(oldRole.rules, wanted.rules) && isEqual(oldRole.selectors, wanted.selectors)) return undefined;
  // A create is authorized before the object is read: the name is known of updates alone.
  const escalate = { ...on, verb: "escalate", resource, name: old ? wanted.name : undefined };
  if (authorizer.authorize(requester, escalate).allowed) return undefined;
  const lacking = rulesNotHeld(authorizer, requester, wanted.rules, namespace);
  if (lacking.length > 0) return deny(describeLack(requester, lacking));
  if (wanted.selectors && rulesNotHeld(authorizer, requester, FULL_AUTHORITY).length > 0)
    return deny(`user "${requester.user}" has to hold every permission to use an aggregationRule`);
  return undefined;
}

const grantsSame = (a: PolicyBinding, b: PolicyBinding): boolean =>
  a.roleKind === b.roleKind && a.roleName === b.roleName && isEqual(a.subjects, b.subjects);

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** As the server words it: one line for each rule that is lacking. */
function describeLack({ user, groups = [] }: Requester, lacking: readonly PolicyRuleText[]): string {
  const list = (values: readonly string[]): string => `[${values.map((value) => `"${value}"`).join(" ")}]`;
  const lines = lacking.map(({ apiGroups, resources, resourceNames, nonResourceURLs, verbs = [] }) => {
    const parts = Object.entries({
      APIGroups: apiGroups,
      Resources: resources,
      ResourceNames: resourceNames,
      NonResourceURLs: nonResourceURLs,
      Verbs: verbs,
    }).flatMap(([name, values]) => (values?.length ? [`${name}:${list(values)}`] : []));
    return `\n{${parts.join(", ")}}`;
  });
  return `user "${user}" (groups=${list(groups)}) is attempting to grant RBAC permissions not currently held:${lines.join("")}`;
}
