import { defineRule, isPlaceholder, list } from "../../src/rule-api.js";

/** A group of a CRD, whose owner knows every resource in it: all it serves may be allowed with a wildcard. */
const isCustomGroup = (group: string): boolean =>
  group.includes(".") && !group.endsWith(".k8s.io") && !isPlaceholder(group);

export default defineRule({
  id: "rbac-wildcards",
  category: "security",
  since: "0.1.0",
  kinds: ["ClusterRole", "Role"],
  summary: "A role must name the resources and verbs that it allows.",
  why: `A wildcard allows what exists now and whatever is added later: the verbs escalate, bind and impersonate, subresources
    such as pods/exec and nodes/proxy, and Secrets. A wildcard within custom API groups alone is left alone.`,
  references: [
    "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources",
  ],

  messages: {
    wildcard: (d: { role: string; allowed: string }) => ({
      text: `${d.role} allows ${d.allowed}`,
      help: "Name what is needed",
    }),
  },

  check(role, { report }) {
    // The rules of an aggregated role are the controller's.
    if ("aggregationRule" in role.object && role.object.aggregationRule) return;
    role.object.rules?.forEach(({ apiGroups = [], resources = [], verbs = [], resourceNames = [] }, i) => {
      const field = resources.includes("*") ? "resources" : verbs.includes("*") ? "verbs" : undefined;
      if (!field || resources.length === 0) return;
      if (apiGroups.length > 0 && apiGroups.every(isCustomGroup)) return;
      if (field === "verbs" && resourceNames.length > 0) return;
      const verb = verbs.includes("*") ? "every verb" : `${verbs.length === 1 ? "verb" : "verbs"} ${list(verbs)}`;
      const what = resources.includes("*") ? "every resource" : list(resources);
      const groups = apiGroups.map((group) => (group === "" ? "core" : group));
      const where = apiGroups.includes("*") ? "every API group" : `API group ${list(groups)}`;
      report("wildcard", {
        at: `rules[${i}].${field}`,
        data: { role: role.ref, allowed: `${verb} on ${what} in ${where}` },
      });
    });
  },

  examples: {
    bad: {
      "everything, and every verb on Secrets": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: operator}
        rules:
          - apiGroups: ["*"]
            resources: ["*"]   #! wildcard
            verbs: ["*"]
          - apiGroups: [""]
            resources: [secrets]
            verbs: ["*"]   #! wildcard`,
    },
    good: {
      "named resources, and a custom group": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: operator, namespace: shop}
        rules:
          - {apiGroups: [""], resources: [configmaps], verbs: [get, list, watch]}
          - {apiGroups: [shop.example.com], resources: ["*"], verbs: ["*"]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: health}
        rules:
          - {nonResourceURLs: ["*"], verbs: [get]}`,
    },
  },
});
