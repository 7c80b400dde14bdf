import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "host-pid",
  category: "security",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A Pod must not use its node's process namespace.",
  why: `In the node's process namespace a Pod sees every process of the node, with its arguments and environment, and can
    signal those of its own user: as root, all of them.`,
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],

  messages: {
    shared: (d: { pod: string }) => ({
      text: `${d.pod} runs in its node's process namespace`,
      help: "Take out hostPID, or ignore this where the program is part of the node",
    }),
  },

  check(pod, { report }) {
    if (pod.spec.hostPID === true) report("shared", { at: `${pod.specPath}.hostPID`, data: { pod: pod.ref } });
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
              hostPID: true   #! shared
              containers: [{name: shop, image: "shop:1.4"}]`,
    },
    good: {
      "process of its own": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          hostPID: false
          containers: [{name: shop, image: "shop:1.4"}]`,
    },
  },
});
