import type { KubernetesObject } from "../resource.js";
import { Authorizer } from "./authorizer.js";
import { impersonatedGroups, mayGrant, refuseGrant, refuseRequest } from "./escalation.js";

const role = (kind: string, name: string, rules: unknown[], rest: Record<string, unknown> = {}) =>
  ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name, namespace: "shop" },
    rules,
    ...rest,
  }) as KubernetesObject;
const binding = (name: string, roleRef: { kind: string; name: string }, ...users: string[]) =>
  ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name, namespace: "shop" },
    roleRef,
    subjects: users.map((user) => ({ kind: "User", name: user })),
  }) as KubernetesObject;
const rule = (verbs: string[], resources: string[], resourceNames?: string[]) => ({
  apiGroups: [""],
  resources,
  verbs,
  ...(resourceNames && { resourceNames }),
});
const RBAC = "rbac.authorization.k8s.io";

const authorizer = new Authorizer(
  [
    binding("admin", { kind: "ClusterRole", name: "admin" }, "jane"),
    role("Role", "escalator", [{ apiGroups: [RBAC], resources: ["roles"], verbs: ["*"] }]),
    binding("escalator", { kind: "Role", name: "escalator" }, "eve"),
    role("ClusterRole", "binder", [
      { apiGroups: [RBAC], resources: ["rolebindings"], verbs: ["create"] },
      { apiGroups: [RBAC], resources: ["clusterroles"], verbs: ["bind"], resourceNames: ["view"] },
    ]),
    binding("binder", { kind: "ClusterRole", name: "binder" }, "bob"),
  ],
  { minor: 34 },
);
const as = (user: string) => ({ user, groups: impersonatedGroups(user) });
const refuse = (user: string, object: KubernetesObject, old?: KubernetesObject) =>
  refuseGrant(authorizer, as(user), object, "default", old);

test.each([
  ["what the creator holds", "jane", role("Role", "x", [rule(["get", "list"], ["pods", "pods/log"])]), undefined],
  ["what nobody gave the creator", "jane", role("Role", "x", [rule(["get"], ["pods", "nodes"])]), 403],
  ["one verb too many", "jane", role("Role", "x", [rule(["*"], ["pods"])]), 403],
  ["in a ClusterRole, what is held in a namespace", "jane", role("ClusterRole", "x", [rule(["get"], ["pods"])]), 403],
  ["anything, by who may escalate", "eve", role("Role", "x", [rule(["*"], ["*"])]), undefined],
  ["no rules", "bob", role("Role", "x", []), undefined],
  ["a binding to a role that is held", "jane", binding("x", { kind: "ClusterRole", name: "edit" }, "joe"), undefined],
  ["a binding to more", "jane", binding("x", { kind: "ClusterRole", name: "cluster-admin" }, "joe"), 403],
  ["a binding to a role that is not there", "jane", binding("x", { kind: "ClusterRole", name: "nope" }, "joe"), 404],
  ["a binding that may be made", "bob", binding("x", { kind: "ClusterRole", name: "view" }, "joe"), undefined],
  ["a binding to another role than that", "bob", binding("x", { kind: "ClusterRole", name: "edit" }, "joe"), 403],
  ["another kind", "joe", { apiVersion: "v1", kind: "Pod", metadata: { name: "x" } } as KubernetesObject, undefined],
] as const)("granting %s", (_, user, object, code) => {
  expect(refuse(user, object)?.code).toBe(code);
});

test("an update may keep what is granted already", () => {
  const old = role("Role", "x", [rule(["get"], ["nodes"])]);
  expect(refuse("jane", { ...old, metadata: { ...old.metadata, labels: { a: "b" } } }, old)).toBeUndefined();
  expect(refuse("jane", role("Role", "x", [rule(["get", "list"], ["nodes"])]), old)?.code).toBe(403);
});

test("an aggregated role takes everything", () => {
  const aggregated = role("ClusterRole", "x", [], { aggregationRule: { clusterRoleSelectors: [{}] } });
  expect(refuse("jane", aggregated)?.code).toBe(403);
  expect(refuseGrant(authorizer, { user: "a", groups: ["system:masters"] }, aggregated, "default")).toBeUndefined();
});

test("names are covered by rules that have them, or none", () => {
  const own = new Authorizer(
    [
      role("Role", "own", [rule(["get"], ["secrets"], ["tls"]), rule(["get"], ["*/log"])]),
      binding("own", { kind: "Role", name: "own" }, "jane"),
    ],
    { minor: 34 },
  );
  const may = (...rules: ReturnType<typeof rule>[]) => mayGrant(own, as("jane"), rules, "shop");
  expect(may(rule(["get"], ["secrets"], ["tls"]))).toBe(true);
  expect(may(rule(["get"], ["secrets"], ["tls", "other"]))).toBe(false);
  expect(may(rule(["get"], ["secrets"]))).toBe(false);
  expect(may(rule(["get"], ["pods/log"], ["x"]))).toBe(true);
  expect(mayGrant(own, as("jane"), [rule(["get"], ["pods/log"])])).toBe(false);
});

test("a request that nothing allows is refused in the server's words", () => {
  const pods = { verb: "create", resource: "pods", namespace: "shop", name: "x" };
  expect(refuseRequest(authorizer, as("jane"), pods)).toBeUndefined();
  expect(refuseRequest(authorizer, as("joe"), pods)).toEqual({
    code: 403,
    reason: "Forbidden",
    message: 'pods is forbidden: User "joe" cannot create resource "pods" in API group "" in the namespace "shop"',
  });
  const update = { verb: "update", group: "apps", resource: "deployments", subresource: "scale", name: "x" };
  expect(refuseRequest(authorizer, as("joe"), update)?.message).toBe(
    'deployments.apps "x" is forbidden: User "joe" cannot update resource "deployments/scale" in API group "apps" at the cluster scope',
  );
});

test("who is impersonated is authenticated, and a ServiceAccount without groups in its own", () => {
  expect(impersonatedGroups("jane", ["dev"])).toEqual(["dev", "system:authenticated"]);
  expect(impersonatedGroups("system:anonymous")).toEqual(["system:unauthenticated"]);
  expect(impersonatedGroups("system:serviceaccount:ci:a")).toEqual([
    "system:serviceaccounts",
    "system:serviceaccounts:ci",
    "system:authenticated",
  ]);
  expect(impersonatedGroups("system:serviceaccount:ci:a", ["x"])).toEqual(["x", "system:authenticated"]);
});
