import { clusterScopedResources, defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "role-cluster-scoped-resource",
  category: "correctness",
  severity: "warning",
  since: "0.1.0",
  kinds: ["Role"],
  summary: "A Role grants access within its namespace; what is in no namespace needs a ClusterRole.",
  why: `A RoleBinding counts only for requests in its namespace. Requests for Nodes, StorageClasses, reviews and other
    cluster-scoped resources are made in none, so the rule never matches.`,
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole"],

  messages: {
    clusterScoped: (d: { role: string; resource: string }) => ({
      text: `${d.role} grants access to "${d.resource}", which is in no namespace; the rule grants nothing on it`,
      help: "Use a ClusterRole and a ClusterRoleBinding",
    }),
  },

  check(role, { cluster, report }) {
    role.object.rules?.forEach((rule, i) => {
      for (const { given, at } of clusterScopedResources(cluster.types, rule))
        report("clusterScoped", { at: `rules[${i}].${at}`, data: { role: role.ref, resource: given } });
    });
  },

  examples: {
    bad: {
      "Nodes and token reviews": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: agent}
        rules:
          - apiGroups: [""]
            resources:
              - pods
              - nodes   #! clusterScoped
            verbs: [get, list]
          - apiGroups: [authentication.k8s.io]
            resources:
              - tokenreviews   #! clusterScoped
            verbs: [create]`,
    },
    good: {
      "its own namespace, and verbs that are asked about in one": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: agent}
        rules:
          - apiGroups: [""]
            resources: [namespaces]
            verbs: [get]
          - apiGroups: [rbac.authorization.k8s.io]
            resources: [clusterroles]
            resourceNames: [view]
            verbs: [bind]`,
    },
  },
});
