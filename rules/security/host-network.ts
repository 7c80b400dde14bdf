import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "host-network",
  category: "security",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A Pod must not use its node's network.",
  why: `On the node's network a Pod can listen to the traffic of others, reach what the node binds to localhost, and is
    beyond the reach of most NetworkPolicies.`,
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],

  messages: {
    shared: (d: { pod: string }) => ({
      text: `${d.pod} runs in its node's network`,
      help: "Take out hostNetwork, or ignore this where the program is part of the node",
    }),
  },

  check(pod, { report }) {
    if (pod.spec.hostNetwork === true) report("shared", { at: `${pod.specPath}.hostNetwork`, data: { pod: pod.ref } });
  },

  examples: {
    bad: {
      "a Deployment": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              hostNetwork: true   #! shared
              containers: [{name: shop, image: "shop:1.4"}]`,
    },
    good: {
      "network of its own": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          hostNetwork: false
          containers: [{name: shop, image: "shop:1.4"}]`,
    },
  },
});
