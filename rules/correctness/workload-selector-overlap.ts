import { defineRule, describeSelector, selectorOverlaps, workloadSelectorOf } from "../../src/rule-api.js";

export default defineRule({
  id: "workload-selector-overlap",
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  each: "cluster",
  summary: "Workloads of one namespace do not select each other's Pods.",
  why: `Controllers tell Pods that have an owner apart, but much else goes by the selector alone: an autoscaler averages the
    Pods of both, a budget counts them together, \`kubectl logs deploy/x\` shows another's, and a Pod left without its owner is taken in
    by either and deleted as one too many.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector"],

  messages: {
    overlap: (d: { workload: string; other: string; selector: string }) => ({
      text: `${d.workload} and ${d.other} select each other's Pods: ${d.selector}`,
      help: "Add a label to the selector and template of each that only it has",
    }),
  },

  check(cluster, { report }) {
    for (const { first, again } of selectorOverlaps(cluster)) {
      const selector = workloadSelectorOf(again.owner);
      if (!selector) continue;
      report("overlap", {
        object: again,
        at: "spec.selector",
        data: { workload: again.ref, other: first.ref, selector: describeSelector(selector.selector) },
        related: [{ object: first, at: "spec.selector", note: "the other selector" }],
      });
    }
  },

  examples: {
    bad: {
      "a copied Deployment kept its labels": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: web, image: "web:1.4"}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker}
        spec:
          selector:               #! overlap
            matchLabels: {app: shop}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: worker, image: "worker:1.4"}]}`,
    },
    good: {
      "a label of its own, another namespace": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: prod}
        spec:
          selector: {matchLabels: {app: shop, part: web}}
          template:
            metadata: {labels: {app: shop, part: web}}
            spec: {containers: [{name: web, image: "web:1.4"}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker, namespace: prod}
        spec:
          selector: {matchLabels: {app: shop, part: worker}}
          template:
            metadata: {labels: {app: shop, part: worker}}
            spec: {containers: [{name: worker, image: "worker:1.4"}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web-dev, namespace: dev}
        spec:
          selector: {matchLabels: {app: shop, part: web}}
          template:
            metadata: {labels: {app: shop, part: web}}
            spec: {containers: [{name: web, image: "web:1.4"}]}`,
    },
  },
});
