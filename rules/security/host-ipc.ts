import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "host-ipc",
  category: "security",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A Pod must not use its node's IPC namespace.",
  why: `In the node's IPC namespace a Pod can read and write the shared memory of the node's programs and of other Pods that
    do the same.`,
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],

  messages: {
    shared: (d: { pod: string }) => ({
      text: `${d.pod} runs in its node's IPC namespace`,
      help: "Take out hostIPC, or ignore this where the program is part of the node",
    }),
  },

  check(pod, { report }) {
    if (pod.spec.hostIPC === true) report("shared", { at: `${pod.specPath}.hostIPC`, data: { pod: pod.ref } });
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
              hostIPC: true   #! shared
              containers: [{name: shop, image: "shop:1.4"}]`,
    },
    good: {
      "IPC of its own": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          hostIPC: false
          containers: [{name: shop, image: "shop:1.4"}]`,
    },
  },
});
