import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "hpa-replica-range",
  category: "correctness",
  since: "0.1.0",
  kinds: ["HorizontalPodAutoscaler"],
  summary: "A HorizontalPodAutoscaler's maximum is not below its minimum.",
  why: `The API server refuses an autoscaler whose maxReplicas is below its minReplicas, which is 1 where not given.`,
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/"],

  messages: {
    crossed: (d: { hpa: string; min: number; max: number }) => ({
      text: `${d.hpa} has a maximum of ${d.max} replicas, below its minimum of ${d.min}; the API server refuses it`,
      help: "Swap the two, or raise maxReplicas",
    }),
  },

  check(hpa, { report }) {
    const { minReplicas = 1, maxReplicas } = hpa.spec ?? {};
    if (typeof maxReplicas !== "number" || typeof minReplicas !== "number" || maxReplicas >= minReplicas) return;
    report("crossed", {
      at: "spec.maxReplicas",
      data: { hpa: hpa.ref, min: minReplicas, max: maxReplicas },
      related:
        hpa.spec?.minReplicas === undefined ? [] : [{ object: hpa, at: "spec.minReplicas", note: "the minimum" }],
    });
  },

  examples: {
    bad: {
      swapped: `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          minReplicas: 10
          maxReplicas: 5        #! crossed
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}`,
    },
    good: {
      "fixed at three, and the default minimum": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: a}
        spec:
          minReplicas: 3
          maxReplicas: 3
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: b}
        spec:
          maxReplicas: 1
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: b}`,
    },
  },
});
