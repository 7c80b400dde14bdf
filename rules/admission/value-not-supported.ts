import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "value-not-supported",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["choice"],
  summary: "A field with few possible values has one of them.",
  why: `The API server refuses any other value. Values are case-sensitive.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],

  messages: { unsupported: wordCause },

  check(cause, { report }) {
    report("unsupported", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "a Role has a namespace, and a ClusterRoleBinding none": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: viewers}
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role   #! unsupported
          name: viewer
        subjects:
          - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: shop}`,
    },
    good: {
      "a ClusterRole, and a kind that is filled in later": `
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: viewers}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: viewer}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: editors}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: "\${KIND}", name: editor}`,
    },
  },
});
