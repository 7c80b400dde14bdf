import { defineRule, isIdentified, isUsed } from "../../src/rule-api.js";

export default defineRule({
  id: "service-account-unused",
  category: "references",
  severity: "note",
  preset: "strict",
  since: "0.2.0",
  kinds: ["ServiceAccount"],
  summary: "A ServiceAccount is used by something.",
  why: `An account that no Pod runs as and nothing is granted to is clutter. Whoever takes tokens of it from outside the
    cluster is not in the manifests: then turn the rule off for it.`,
  references: ["https://kubernetes.io/docs/concepts/security/service-accounts/"],

  messages: {
    unused: (d: { object: string }) => ({
      text: `${d.object} is used by nothing in the input`,
      help: "Delete it, or read what uses it too (--context)",
    }),
  },

  check(resource, { cluster, report }) {
    if (!isIdentified(resource) || resource.name === "default") return;
    if (!isUsed(cluster, resource)) report("unused", { at: "metadata.name", data: { object: resource.ref } });
  },

  examples: {
    bad: {
      "nobody says its name": `
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: old-api, namespace: shop}   #! unused`,
    },
    good: {
      "a Pod runs as it": `
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: api, namespace: shop}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop}
        spec:
          serviceAccountName: api
          containers: [{name: api, image: "api:1.4"}]`,
    },
  },
});
