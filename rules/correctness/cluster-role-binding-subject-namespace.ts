import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "cluster-role-binding-subject-namespace",
  category: "correctness",
  since: "0.1.0",
  kinds: ["ClusterRoleBinding"],
  summary: "A ServiceAccount in a ClusterRoleBinding needs its namespace.",
  why: `A RoleBinding takes its own namespace where a subject names none; a ClusterRoleBinding has no namespace, and the
    API server refuses it.`,
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects"],

  messages: {
    missing: (d: { binding: string; account: string }) => ({
      text: `${d.binding} names ServiceAccount "${d.account}" without a namespace; the API server refuses it`,
      help: "Add the namespace of the ServiceAccount to the subject",
    }),
  },

  check(binding, { report }) {
    // A kustomization gives the subject the namespace that it gives the ServiceAccount.
    if (binding.manifest.kustomized) return;
    binding.object.subjects?.forEach((subject, i) => {
      if (subject.kind !== "ServiceAccount" || subject.namespace || !subject.name) return;
      report("missing", {
        at: `subjects[${i}].namespace`,
        data: { binding: binding.ref, account: subject.name },
      });
    });
  },

  examples: {
    bad: {
      "no namespace": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: viewer}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {kind: ServiceAccount, name: dashboard}   #! missing`,
    },
    good: {
      "users have none, and a RoleBinding gives its own": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: viewer}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}
          - {kind: ServiceAccount, name: dashboard, namespace: shop}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: viewer, namespace: shop}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{kind: ServiceAccount, name: dashboard}]`,
    },
  },
});
