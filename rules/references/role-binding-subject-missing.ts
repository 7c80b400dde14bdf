import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

export default defineRule({
  id: "role-binding-subject-missing",
  category: "references",
  since: "0.1.0",
  kinds: ["RoleBinding", "ClusterRoleBinding"],
  summary: "A ServiceAccount that a binding names must exist.",
  why: `A binding to a ServiceAccount that is not there is accepted. The account that was meant gets no permissions, and
    whoever later makes one of that name gets them.`,
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects"],

  messages: { missing: wordMissingTarget },

  // A ClusterRoleBinding whose subject has no namespace is cluster-role-binding-subject-namespace.
  check(binding, { cluster, report }) {
    const accounts = missingTargets(cluster, binding, ({ fact }) => fact.at === "subjects[*]");
    for (const missing of accounts) report("missing", missing);
  },

  examples: {
    bad: {
      "a slip in the name; the account of another namespace is another account": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: deployer, namespace: shop}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
        subjects:
          - {kind: ServiceAccount, name: deployr, namespace: ci}   #! missing
          - {kind: ServiceAccount, name: deployer, namespace: shop}   #! missing
          - {kind: ServiceAccount, name: deployer, namespace: ci}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: deployer, namespace: ci}`,
    },
    good: {
      "the default account, users, and a namespace of which the input shows nothing": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: viewers}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {kind: ServiceAccount, name: default, namespace: shop}
          - {kind: ServiceAccount, name: argocd-application-controller, namespace: argocd}
          - {kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}`,
    },
  },
});
