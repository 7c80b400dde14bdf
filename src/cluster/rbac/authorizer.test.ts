import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { KubernetesObject } from "../resource.js";
import { type AccessAnswer, Authorizer, type Requester } from "./authorizer.js";
import { BOOTSTRAP_BINDINGS, BOOTSTRAP_CLUSTER_ROLES, BOOTSTRAP_ROLES } from "./bootstrap-roles.js";
import { groupsOf } from "./policy-objects.js";
import type { AccessRequest } from "./rule-matching.js";

type Query = Requester & AccessRequest & AccessAnswer;

const recorded = readFileSync(join(__dirname, "../../../testdata/conformance/rbac/answers.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { about: string; objects: KubernetesObject[]; queries: Query[] });

test.each(recorded.map(({ about, ...rest }) => [about, rest] as const))("%s", (_, { objects, queries }) => {
  const authorizer = new Authorizer(objects, { minor: 34 });
  const answers = queries.map(({ allowed, reason, ...query }) => authorizer.answer(query));
  expect(answers).toEqual(queries);
});

const rbac = (kind: string, name: string, rest: Record<string, unknown>): KubernetesObject => {
  const [namespace, own] = name.includes("/") ? name.split("/") : [undefined, name];
  const { labels, ...fields } = rest;
  const metadata = {
    name: own,
    ...(namespace !== undefined && { namespace }),
    ...(labels !== undefined && { labels }),
  };
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind, metadata, ...fields } as KubernetesObject;
};
const bind = (kind: string, name: string, role: string, ...subjects: Record<string, string>[]) => {
  const [roleKind, roleName] = role.split(" ");
  return rbac(kind, name, { roleRef: { kind: roleKind, name: roleName }, subjects });
};
const rule = (verbs: string, resources: string, apiGroups = "", resourceNames?: string[]) => ({
  apiGroups: apiGroups.split(" "),
  resources: resources.split(" "),
  verbs: verbs.split(" "),
  ...(resourceNames && { resourceNames }),
});
const user = (name: string) => ({ kind: "User", name });
const can = (authorizer: Authorizer, who: string, request: AccessRequest, groups = groupsOf(who)) =>
  authorizer.authorize({ user: who, groups }, request).allowed;

describe("aggregation", () => {
  const aggregated = (name: string, ...labels: Record<string, string>[]) =>
    rbac("ClusterRole", name, {
      rules: [rule("delete", "nodes")],
      aggregationRule: { clusterRoleSelectors: labels.map((matchLabels) => ({ matchLabels })) },
    });

  test("rules come from the roles that match, by name, each once, selector by selector", () => {
    const authorizer = new Authorizer(
      [
        aggregated("all", { to: "all" }, { also: "this" }),
        rbac("ClusterRole", "b", { labels: { to: "all" }, rules: [rule("get", "pods"), rule("list", "pods")] }),
        rbac("ClusterRole", "a", { labels: { to: "all" }, rules: [rule("list", "pods")] }),
        rbac("ClusterRole", "0", { labels: { also: "this" }, rules: [rule("watch", "pods")] }),
        rbac("ClusterRole", "other", { labels: { to: "none" }, rules: [rule("create", "pods")] }),
      ],
      { minor: 34 },
    );
    expect(authorizer.aggregatedRules("all")).toEqual([
      rule("list", "pods"),
      rule("get", "pods"),
      rule("watch", "pods"),
    ]);
  });

  test("an aggregated role can be part of another, and two of each other", () => {
    const authorizer = new Authorizer(
      [
        aggregated("1-outer", { to: "outer" }),
        rbac("ClusterRole", "2-inner", {
          labels: { to: "outer" },
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: "inner" } }] },
        }),
        rbac("ClusterRole", "3-leaf", { labels: { to: "inner" }, rules: [rule("get", "pods")] }),
        rbac("ClusterRole", "ring-1", {
          labels: { ring: "1" },
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { ring: "2" } }] },
        }),
        rbac("ClusterRole", "ring-2", {
          labels: { ring: "2" },
          rules: [rule("get", "secrets")],
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { ring: "1" } }] },
        }),
      ],
      { minor: 34 },
    );
    expect(authorizer.aggregatedRules("1-outer")).toEqual([rule("get", "pods")]);
    expect(authorizer.aggregatedRules("ring-1")).toEqual([rule("get", "secrets")]);
    expect(authorizer.aggregatedRules("ring-2")).toEqual([rule("get", "secrets")]);
  });

  test("a role whose selectors match nothing keeps its rules", () => {
    const authorizer = new Authorizer([aggregated("lone", { to: "nothing" })], { minor: 34 });
    expect(authorizer.aggregatedRules("lone")).toEqual([rule("delete", "nodes")]);
  });

  test("view, edit and admin take in what is labelled for them", () => {
    const authorizer = new Authorizer(
      [
        rbac("ClusterRole", "shops-view", {
          labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" },
          rules: [rule("get", "shops", "example.com")],
        }),
        ...["view", "edit", "admin"].map((role) =>
          bind("RoleBinding", `shop/${role}`, `ClusterRole ${role}`, user(role)),
        ),
      ],
      { minor: 34 },
    );
    const inShop = { namespace: "shop" };
    for (const role of ["view", "edit", "admin"])
      expect(can(authorizer, role, { verb: "get", group: "example.com", resource: "shops", ...inShop })).toBe(true);
    const secrets = { verb: "get", resource: "secrets", ...inShop };
    expect(["view", "edit", "admin"].map((role) => can(authorizer, role, secrets))).toEqual([false, true, true]);
    const roles = { verb: "create", group: "rbac.authorization.k8s.io", resource: "roles", ...inShop };
    expect(["view", "edit", "admin"].map((role) => can(authorizer, role, roles))).toEqual([false, false, true]);
  });
});

describe("everybody", () => {
  const authorizer = new Authorizer([], { minor: 34 });

  test("may review themselves and look at versions, more if authenticated", () => {
    const review = { verb: "create", group: "authorization.k8s.io", resource: "selfsubjectaccessreviews" };
    expect(can(authorizer, "jane", review)).toBe(true);
    expect(can(authorizer, "system:anonymous", review)).toBe(false);
    expect(can(authorizer, "system:anonymous", { verb: "get", nonResourceURL: "/version" })).toBe(true);
    expect(can(authorizer, "system:anonymous", { verb: "get", nonResourceURL: "/apis" })).toBe(false);
  });

  test("of system:masters may do everything, without a reason", () => {
    const answer = authorizer.answer({ user: "root", groups: ["system:masters"], verb: "any", nonResourceURL: "/x" });
    expect(answer).toEqual({
      user: "root",
      groups: ["system:masters"],
      verb: "any",
      nonResourceURL: "/x",
      allowed: true,
    });
  });

  test("controllers have what they need", () => {
    const scale = { verb: "update", group: "apps", resource: "deployments", subresource: "scale", namespace: "shop" };
    const hpa = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";
    expect(can(authorizer, hpa, scale)).toBe(true);
    expect(can(authorizer, hpa, { ...scale, subresource: undefined })).toBe(false);
  });

  test("what the minor brings", () => {
    const claims = { verb: "get", group: "resource.k8s.io", resource: "deviceclasses" };
    expect(can(authorizer, "system:kube-scheduler", claims)).toBe(true);
    expect(can(new Authorizer([], { minor: 31 }), "system:kube-scheduler", claims)).toBe(false);
  });
});

test("who can: subjects of every binding that allows, in the cluster and in the namespace", () => {
  const authorizer = new Authorizer(
    [
      rbac("ClusterRole", "reader", { rules: [rule("get list", "secrets", "", ["tls"])] }),
      bind("RoleBinding", "shop/a", "ClusterRole reader", user("jane"), { kind: "ServiceAccount", name: "ci" }),
      bind("RoleBinding", "other/a", "ClusterRole reader", user("bob")),
      bind("RoleBinding", "shop/b", "ClusterRole absent", user("eve")),
    ],
    { minor: 34 },
  );
  const names = (request: AccessRequest) => authorizer.whoCan(request).map(({ subject }) => subject.name);
  const get = { verb: "get", resource: "secrets", namespace: "shop" };
  expect(names({ ...get, name: "tls" })).toEqual(expect.arrayContaining(["jane", "ci", "system:masters"]));
  expect(names({ ...get, name: "tls" })).not.toContain("bob");
  expect(names(get)).not.toContain("jane");
  expect(names({ ...get, namespace: undefined, name: "tls" })).not.toContain("jane");
});

test("the rules for a subject tell where each stands", () => {
  const authorizer = new Authorizer(
    [
      rbac("Role", "shop/a", { rules: [rule("get", "pods"), rule("get", "services")] }),
      bind("RoleBinding", "shop/x", "Role a", { kind: "Group", name: "dev" }),
    ],
    { minor: 34 },
  );
  const rules = authorizer.rulesFor({ user: "jane", groups: ["dev"] }, "shop");
  expect(rules.map(({ binding, rule: { role, index } }) => [binding.name, role.name, index])).toEqual([
    ["x", "a", 0],
    ["x", "a", 1],
  ]);
  expect(authorizer.rulesFor({ user: "jane", groups: ["dev"] })).toEqual([]);
});

test("the bootstrap bindings bind roles that are there, and no role stands twice", () => {
  const names = [
    ...BOOTSTRAP_CLUSTER_ROLES.map(({ name }) => name),
    ...BOOTSTRAP_ROLES.map((r) => `${r.namespace}/${r.name}`),
  ];
  expect(new Set(names).size).toBe(names.length);
  for (const { role, namespace } of BOOTSTRAP_BINDINGS)
    expect(names).toContain(namespace === undefined ? role : `${namespace}/${role}`);
});

test("any objects get an answer", () => {
  const word = fc.constantFrom(
    "*",
    "",
    "get",
    "pods",
    "*/log",
    "pods/log",
    "a",
    "system:masters",
    "/x*",
    "kube-system",
  );
  const words = fc.array(word, { maxLength: 3 });
  const anyRule = fc.record(
    { apiGroups: words, resources: words, verbs: words, nonResourceURLs: words },
    { requiredKeys: [] },
  );
  const object = fc.record(
    {
      apiVersion: fc.constant("rbac.authorization.k8s.io/v1"),
      kind: fc.constantFrom("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "Else"),
      metadata: fc.record({ name: word, namespace: word }, { requiredKeys: [] }),
      rules: fc.oneof(fc.constant(null), fc.array(anyRule, { maxLength: 2 })),
      roleRef: fc.record({ kind: fc.constantFrom("Role", "ClusterRole", "X"), name: word }, { requiredKeys: [] }),
      subjects: fc.array(
        fc.record(
          { kind: fc.constantFrom("User", "Group", "ServiceAccount"), name: word, namespace: word },
          { requiredKeys: [] },
        ),
      ),
      aggregationRule: fc.record(
        { clusterRoleSelectors: fc.array(fc.record({ matchLabels: fc.dictionary(word, word) })) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["apiVersion", "kind"] },
  );
  fc.assert(
    fc.property(fc.array(object, { maxLength: 8 }), word, word, words, (objects, verb, resource, groups) => {
      const authorizer = new Authorizer(objects as KubernetesObject[], { minor: 34 });
      const request = { verb, resource, namespace: "shop" };
      const who = { user: "a", groups };
      const { allowed } = authorizer.authorize(who, request);
      expect(authorizer.answer({ ...who, ...request }).allowed).toBe(allowed);
      const subjects = authorizer.whoCan(request).map(({ subject }) => subject);
      const named = subjects.some(
        ({ kind, name }) =>
          (kind === "User" && name === "a") || (kind === "Group" && (groups as string[]).includes(name)),
      );
      expect(named || (groups as string[]).includes("system:masters")).toBe(allowed);
    }),
    { numRuns: 300 },
  );
});
