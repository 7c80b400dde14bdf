import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import type { KubernetesObject } from "../resource.js";
import type { PolicyRuleText } from "./role-mistakes.js";

export const RBAC_GROUP = "rbac.authorization.k8s.io";

/** A Role or ClusterRole. */
export interface PolicyRole {
  readonly kind: "ClusterRole" | "Role";
  readonly name: string;
  /** Empty for a ClusterRole. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly PolicyRuleText[];
  /** Of an aggregated role: whose rules it gets. */
  readonly selectors?: readonly LabelSelector[];
  /** As it was handed in; undefined for what the API server makes itself. */
  readonly object?: KubernetesObject;
}

/** Somebody whom a binding names. */
export interface PolicySubject {
  readonly kind: string;
  readonly name: string;
  /** Of a ServiceAccount, the binding's namespace where it has none of its own. */
  readonly namespace?: string;
}

/** A RoleBinding or ClusterRoleBinding. */
export interface PolicyBinding {
  readonly kind: "ClusterRoleBinding" | "RoleBinding";
  readonly name: string;
  /** Empty for a ClusterRoleBinding. */
  readonly namespace: string;
  readonly roleKind: string;
  readonly roleName: string;
  readonly subjects: readonly PolicySubject[];
  /** As it was handed in; undefined for what the API server makes itself. */
  readonly object?: KubernetesObject;
}

/** What an object is to the authorizer; undefined for objects of other kinds. */
export function readPolicyObject(
  object: KubernetesObject,
  defaultNamespace: string,
): PolicyRole | PolicyBinding | undefined {
  if (!object.apiVersion?.startsWith(`${RBAC_GROUP}/`)) return undefined;
  const { kind } = object;
  const { name: given, generateName, namespace = defaultNamespace, labels = {} } = object.metadata ?? {};
  const name = given ?? (generateName ? `${generateName}*` : "");
  if (name === "") return undefined;
  if (kind === "ClusterRole" || kind === "Role") {
    const { rules, aggregationRule } = object as RoleShape;
    return {
      kind,
      name,
      namespace: kind === "Role" ? namespace : "",
      labels,
      rules: rules ?? [],
      ...(kind === "ClusterRole" && aggregationRule && { selectors: aggregationRule.clusterRoleSelectors ?? [] }),
      object,
    };
  }
  if (kind !== "ClusterRoleBinding" && kind !== "RoleBinding") return undefined;
  const { roleRef, subjects } = object as BindingShape;
  const own = kind === "RoleBinding" ? namespace : "";
  return {
    kind,
    name,
    namespace: own,
    roleKind: roleRef?.kind ?? "",
    roleName: roleRef?.name ?? "",
    subjects: (subjects ?? []).map(({ kind: who = "", name: called = "", namespace: where }) => ({
      kind: who,
      name: called,
      // The server refuses a ClusterRoleBinding whose account has none; a kustomization may be what gives it one.
      ...(who === "ServiceAccount" && { namespace: where || own || defaultNamespace }),
    })),
    object,
  };
}

interface RoleShape {
  readonly rules?: readonly PolicyRuleText[] | null;
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
}

interface BindingShape {
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string; readonly namespace?: string }[];
}

const ACCOUNT_USER = "system:serviceaccount:";

/** The name under which a ServiceAccount asks. */
export const accountUser = (namespace: string, name: string): string => `${ACCOUNT_USER}${namespace}:${name}`;

/** The ServiceAccount that a user is; undefined for other users. */
export function accountOf(user: string): { readonly namespace: string; readonly name: string } | undefined {
  if (!user.startsWith(ACCOUNT_USER)) return undefined;
  const [namespace, name, ...rest] = user.slice(ACCOUNT_USER.length).split(":");
  return namespace && name && rest.length === 0 ? { namespace, name } : undefined;
}

/**
 * The groups that authentication puts a user into:
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens.
 */
export function groupsOf(user: string): readonly string[] {
  if (user === "system:anonymous") return ["system:unauthenticated"];
  const account = accountOf(user);
  return account
    ? ["system:serviceaccounts", `system:serviceaccounts:${account.namespace}`, "system:authenticated"]
    : ["system:authenticated"];
}

/** `User "jane"`, `ServiceAccount "deployer/ci"`: how the server words it, the namespace last. */
export const describeSubject = ({ kind, name, namespace }: PolicySubject): string =>
  `${kind} "${namespace === undefined ? name : `${name}/${namespace}`}"`;
