import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

export default defineRule({
  id: "role-missing",
  category: "references",
  since: "0.1.0",
  kinds: ["RoleBinding", "ClusterRoleBinding"],
  summary: "The Role or ClusterRole of a binding must exist.",
  why: `A binding to a role that is not there is accepted and grants nothing. A Role counts in its own namespace only; the
    roles that the API server makes itself (\`view\`, \`edit\`, \`system:auth-delegator\` ...) are known.`,
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding"],

  messages: {
    missing: wordMissingTarget,
    otherKind: (d: { binding: string; role: string; other: string }) => ({
      text: `${d.binding} grants ${d.role}, which is not in the input`,
      help: `There is a ${d.other}: change the kind of roleRef`,
    }),
  },

  check(binding, { cluster, report }) {
    for (const missing of missingTargets(cluster, binding, ({ fact }) => fact.at === "roleRef")) {
      const { kind, name } = binding.object.roleRef ?? {};
      const other = kind === "Role" ? "ClusterRole" : "Role";
      const meant = cluster.allNamed("rbac.authorization.k8s.io", other, binding.namespace, name ?? "")[0];
      if (!meant || binding.kind === "ClusterRoleBinding") report("missing", missing);
      else
        report("otherKind", {
          at: "roleRef.kind",
          data: { binding: binding.ref, role: missing.data.target, other: meant.ref },
          related: [{ object: meant, note: "of that name" }],
        });
    }
  },

  examples: {
    bad: {
      "a slip in the name": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: deployer, namespace: shop}
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: deploer   #! missing
        subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: deployer, namespace: shop}
        rules: [{apiGroups: [apps], resources: [deployments], verbs: [patch]}]`,
      "a Role of another namespace, and a built-in name mistyped": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: deployer, namespace: prod}
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: deployer   #! missing
        subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: deployer, namespace: shop}
        rules: [{apiGroups: [apps], resources: [deployments], verbs: [patch]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: auth}
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: system:auth-delegater   #! missing
        subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]`,
      "a ClusterRole called a Role": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: readers, namespace: shop}
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role   #! otherKind
          name: reader
        subjects: [{kind: Group, name: staff, apiGroup: rbac.authorization.k8s.io}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reader}
        rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]`,
    },
    good: {
      "roles that every cluster has": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: auth}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: system:auth-delegator}
        subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: auth-reader, namespace: kube-system}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: extension-apiserver-authentication-reader}
        subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: readers, namespace: shop}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{kind: Group, name: staff, apiGroup: rbac.authorization.k8s.io}]`,
    },
  },
});
