import { defineRule, isLongRunning } from "../../src/rule-api.js";

export default defineRule({
  id: "naked-pod",
  category: "reliability",
  since: "0.1.0",
  severity: "note",
  preset: "strict",
  each: "podTemplate",
  summary: "A Pod that runs on must be made by a controller.",
  why: `When its node fails or is drained, a Pod that nothing controls is gone for good. Pods that run once
    (\`restartPolicy\` Never or OnFailure) are left alone.`,
  references: [
    "https://kubernetes.io/docs/concepts/configuration/overview/#naked-pods-vs-replicasets-deployments-and-jobs",
  ],

  messages: {
    naked: (d: { pod: string }) => ({
      text: `${d.pod} has no controller, so nothing replaces it when its node fails`,
      help: "Make it a Deployment, StatefulSet or DaemonSet, or a Job if it ends",
    }),
  },

  check(pod, { report }) {
    const { owner } = pod;
    if (owner.builtInKind !== "Pod" || !isLongRunning(pod) || owner.metadata.ownerReferences?.length) return;
    report("naked", { at: "kind", data: { pod: owner.ref } });
  },

  examples: {
    bad: {
      "a Pod alone": `
        apiVersion: v1
        kind: Pod   #! naked
        metadata: {name: shop}
        spec: {containers: [{name: shop, image: "shop:1.4"}]}`,
    },
    good: {
      "a Pod that runs once": `
        apiVersion: v1
        kind: Pod
        metadata: {name: smoke-test}
        spec: {restartPolicy: Never, containers: [{name: test, image: "shop-test:1.4"}]}`,
    },
  },
});
