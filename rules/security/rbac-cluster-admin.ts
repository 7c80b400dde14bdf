import { defineRule, list } from "../../src/rule-api.js";

export default defineRule({
  id: "rbac-cluster-admin",
  category: "security",
  since: "0.1.0",
  kinds: ["ClusterRoleBinding", "RoleBinding"],
  summary: "ClusterRole cluster-admin must not be bound.",
  why: `Bound in the whole cluster it allows everything, without a limit; bound in a namespace, everything there, including
    that role's own bindings. Whoever takes over one of the subjects has it all.`,
  references: [
    "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles",
  ],

  messages: {
    bound: (d: { binding: string; subjects: string[]; where: string }) => ({
      text: `${d.binding} lets ${list(d.subjects)} do everything in ${d.where}`,
      help: "Bind a role that names what is needed",
    }),
  },

  check(binding, { report }) {
    const { roleRef, subjects = [] } = binding.object;
    if (roleRef?.kind !== "ClusterRole" || roleRef.name !== "cluster-admin") return;
    const gaining = subjects.filter(({ kind, name }) => !(kind === "Group" && name === "system:masters"));
    if (gaining.length === 0) return;
    report("bound", {
      at: "roleRef.name",
      data: {
        binding: binding.ref,
        subjects: gaining.map(({ kind, name }) => `${kind} "${name}"`),
        where: binding.kind === "RoleBinding" ? "its namespace" : "the cluster",
      },
    });
  },

  examples: {
    bad: {
      "a ServiceAccount, and a group in a namespace": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: ci}
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: cluster-admin   #! bound
        subjects:
          - {kind: ServiceAccount, name: ci, namespace: ci}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: developers, namespace: dev}
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: cluster-admin   #! bound
        subjects:
          - {kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io}`,
    },
    good: {
      "another role": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: viewers}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io}`,
    },
  },
});
