import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "default-namespace",
  category: "style",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A workload must not ask for the namespace `default`.",
  why: `What lies in the default namespace belongs to nobody: quotas, policies and permissions are given by namespace. A
    manifest without a namespace is left alone, since it goes wherever it is applied to.`,
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces"],

  messages: {
    used: (d: { owner: string }) => ({
      text: `${d.owner} asks for namespace "default"`,
      help: "Give it a namespace of its own, or leave the choice to whoever applies it",
    }),
  },

  check({ owner }, { report }) {
    if (owner.namespace === "default") report("used", { at: "metadata.namespace", data: { owner: owner.ref } });
  },

  examples: {
    bad: {
      "asked for": `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
          namespace: default   #! used
        spec: {containers: [{name: shop, image: "shop:1.4"}]}`,
    },
    good: {
      "another one, or none": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, namespace: shop}
        spec: {containers: [{name: shop, image: "shop:1.4"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec: {containers: [{name: shop, image: "shop:1.4"}]}`,
    },
  },
});
