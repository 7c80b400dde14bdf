import { defineRule, list } from "../../src/rule-api.js";

/** What every cluster lets anybody see, and what kubeadm shows to nodes that join. */
const PUBLIC_ROLES: ReadonlySet<string> = new Set([
  "kubeadm:bootstrap-signer-clusterinfo",
  "system:basic-user",
  "system:discovery",
  "system:public-info-viewer",
  "system:service-account-issuer-discovery",
]);

const isAnonymous = ({ kind, name }: { kind?: string; name?: string }): boolean =>
  (kind === "User" && name === "system:anonymous") || (kind === "Group" && name === "system:unauthenticated");

export default defineRule({
  id: "rbac-anonymous",
  category: "security",
  since: "0.1.0",
  kinds: ["ClusterRoleBinding", "RoleBinding"],
  summary: "A binding must not give permissions to requests without a user.",
  why: `system:anonymous and system:unauthenticated stand for whoever reaches the API server without a token or certificate.
    What is bound to them is public wherever the API server can be reached. The roles that Kubernetes itself makes public are
    left alone.`,
  references: [
    "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests",
    "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
  ],

  messages: {
    anonymous: (d: { binding: string; subjects: string[]; role: string }) => ({
      text: `${d.binding} gives ${d.role} to ${list(d.subjects)}, to everybody who reaches the API server`,
      help: "Bind a user, group or ServiceAccount",
    }),
  },

  check(binding, { report }) {
    const { roleRef, subjects = [] } = binding.object;
    if (!roleRef || PUBLIC_ROLES.has(roleRef.name)) return;
    const anonymous = subjects.filter(isAnonymous);
    if (anonymous.length === 0) return;
    report("anonymous", {
      at: `subjects[${subjects.findIndex(isAnonymous)}].name`,
      data: {
        binding: binding.ref,
        subjects: anonymous.map(({ kind, name }) => `${kind} "${name}"`),
        role: `${roleRef.kind} "${roleRef.name}"`,
      },
    });
  },

  examples: {
    bad: {
      "a dashboard that anybody may look at": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: public-dashboard}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {kind: User, apiGroup: rbac.authorization.k8s.io, name: "system:anonymous"}   #! anonymous
          - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:unauthenticated"}`,
    },
    good: {
      "what every cluster has, and users who are known": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: "system:public-info-viewer"}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:public-info-viewer"}
        subjects:
          - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:unauthenticated"}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: dashboard}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: operators}`,
    },
  },
});
