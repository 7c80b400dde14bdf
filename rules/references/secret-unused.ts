import { defineRule, isIdentified, isUsed } from "../../src/rule-api.js";

export default defineRule({
  id: "secret-unused",
  category: "references",
  severity: "note",
  preset: "strict",
  since: "0.2.0",
  kinds: ["Secret"],
  summary: "A Secret is used by something.",
  why: `A Secret that nothing reads is one more that can leak. A name in a custom resource, in a ConfigMap or in a container's
    environment or arguments counts as use; tokens and the records of Helm releases are left alone.`,
  references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/"],

  messages: {
    unused: (d: { object: string }) => ({
      text: `${d.object} is used by nothing in the input`,
      help: "Delete it, or read what uses it too (--context)",
    }),
  },

  check(resource, { cluster, report }) {
    if (
      !isIdentified(resource) ||
      /^(helm\.sh|bootstrap|kubernetes\.io\/service-account-token)/.test(resource.object.type ?? "")
    )
      return;
    if (!isUsed(cluster, resource)) report("unused", { at: "metadata.name", data: { object: resource.ref } });
  },

  examples: {
    bad: {
      "nobody says its name": `
        apiVersion: v1
        kind: Secret
        metadata: {name: old-keys, namespace: shop}   #! unused
        stringData: {key: "to be changed"}`,
    },
    good: {
      read: `
        apiVersion: v1
        kind: Secret
        metadata: {name: keys, namespace: shop}
        stringData: {key: "to be changed"}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop}
        spec:
          containers:
            - name: api
              image: "api:1.4"
              envFrom: [{secretRef: {name: keys}}]`,
    },
  },
});
