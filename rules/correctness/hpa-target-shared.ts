import { areAppliedTogether, autoscalersOf, defineRule, scaleTargetOf } from "../../src/rule-api.js";

export default defineRule({
  id: "hpa-target-shared",
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  kinds: ["HorizontalPodAutoscaler"],
  summary: "A workload has one autoscaler.",
  why: `Two HorizontalPodAutoscalers of one workload each set the number of replicas they think right, again and again. One
    autoscaler with several metrics takes the largest of its answers.`,
  references: [
    "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-on-multiple-metrics",
  ],

  messages: {
    shared: (d: { hpa: string; other: string; target: string }) => ({
      text: `${d.hpa} and ${d.other} both scale ${d.target}`,
      help: "Put the metrics of both into one",
    }),
  },

  check(hpa, { cluster, report }) {
    const target = scaleTargetOf(hpa);
    if (!target) return;
    for (const workload of cluster.allNamed(target.group, target.kind, hpa.namespace, target.name)) {
      const other = autoscalersOf(cluster, workload)[0]?.resource;
      if (!other || other === hpa || (other.name === hpa.name && other.kind === hpa.kind)) continue;
      if (!areAppliedTogether(cluster, other, hpa)) continue;
      report("shared", {
        at: "spec.scaleTargetRef.name",
        data: { hpa: hpa.ref, other: other.ref, target: workload.ref },
        related: [{ object: other, at: "spec.scaleTargetRef", note: "the other one" }],
      });
      return;
    }
  },

  examples: {
    bad: {
      "one by CPU, one by memory": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop-cpu}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop-memory}
        spec:
          maxReplicas: 5
          scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: shop                #! shared
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1.4"}]}`,
    },
    good: {
      "one each": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1.4"}]}`,
    },
  },
});
