import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "role-rule-refused",
  category: "correctness",
  since: "0.1.0",
  kinds: ["Role", "ClusterRole"],
  summary: "A rule is about resources (with API groups) or, in a ClusterRole, about URLs; never both.",
  why: "The API server refuses the whole role otherwise.",
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole"],

  messages: {
    urlsInRole: (d: { role: string }) => ({
      text: `${d.role} has a rule for URLs, which belong to no namespace; the API server refuses it`,
      help: "Make it a ClusterRole, bound with a ClusterRoleBinding",
    }),
    mixed: (d: { role: string }) => ({
      text: `${d.role} has a rule for both resources and URLs; the API server refuses it`,
      help: "Make two rules of it",
    }),
    incomplete: (d: { role: string; field: string }) => ({
      text: `${d.role} has a rule without ${d.field}; the API server refuses it`,
      help:
        d.field === "apiGroups"
          ? `The core group is written apiGroups: [""]`
          : `List at least one, or "*" for all of them`,
    }),
  },

  check(role, { report }) {
    const data = { role: role.ref };
    role.object.rules?.forEach((rule, i) => {
      const at = (field: string): string => `rules[${i}].${field}`;
      // A rule without verbs is field-missing.
      const isEmpty = (field: "apiGroups" | "resources"): boolean => (rule[field]?.length ?? 0) === 0;
      if ((rule.nonResourceURLs?.length ?? 0) > 0) {
        if (role.kind === "Role") report("urlsInRole", { at: at("nonResourceURLs"), data });
        else if (!isEmpty("apiGroups") || !isEmpty("resources") || (rule.resourceNames?.length ?? 0) > 0)
          report("mixed", { at: at("nonResourceURLs"), data });
        return;
      }
      for (const field of ["apiGroups", "resources"] as const)
        if (isEmpty(field)) report("incomplete", { at: at(field), data: { ...data, field } });
    });
  },

  examples: {
    bad: {
      "URLs in a Role, and beside resources": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: scraper}
        rules:
          - nonResourceURLs: [/metrics]   #! urlsInRole
            verbs: [get]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: scraper}
        rules:
          - apiGroups: [""]
            resources: [pods]
            nonResourceURLs: [/metrics]   #! mixed
            verbs: [get]`,
      "the group of core resources is the empty text, not nothing": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader}
        rules:
          - apiGroups: []   #! incomplete
            resources: [pods]
            verbs: [get]`,
    },
    good: {
      "resources in one rule, URLs in another": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: scraper}
        rules:
          - apiGroups: [""]
            resources: [pods]
            verbs: [get]
          - nonResourceURLs: [/metrics]
            verbs: [get]`,
    },
  },
});
