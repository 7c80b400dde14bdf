import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "deployment-paused",
  category: "reliability",
  since: "0.1.0",
  kinds: ["Deployment"],
  summary: "A Deployment is not paused in its manifest.",
  why: `A paused Deployment makes no ReplicaSet for a template that it has not seen before: one that is new has no Pods at all, and a changed
    template, a new image say, reaches none. \`kubectl rollout pause\` is for the time of a change; kept in a manifest,
    every apply pauses it again.`,
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment",
  ],

  messages: {
    paused: (d: { deployment: string }) => ({
      text: `${d.deployment} is paused, so its template makes no Pods`,
      help: "Remove spec.paused",
    }),
  },

  check(deployment, { cluster, report }) {
    if (deployment.spec?.paused !== true || cluster.mayBePatched(deployment, "paused")) return;
    report("paused", { at: "spec.paused", data: { deployment: deployment.ref } });
  },

  examples: {
    bad: {
      "paused for ever": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          paused: true   #! paused
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "shop/web:1.4"}]}`,
    },
    good: {
      "not paused": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          paused: false
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "shop/web:1.4"}]}`,
    },
  },
});
