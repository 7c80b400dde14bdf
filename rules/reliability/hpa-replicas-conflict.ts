import { areAppliedTogether, autoscalersOf, defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "hpa-replicas-conflict",
  category: "reliability",
  since: "0.1.0",
  kinds: ["Deployment", "StatefulSet", "ReplicaSet"],
  summary: "A workload that an autoscaler scales leaves `replicas` out.",
  why: `Each time the manifest is applied, its number replaces the one that the autoscaler chose, and Pods are removed under
    load until it catches up. When taking the field out of a manifest that was applied already, follow the linked page, or
    the workload falls to one replica for a moment.`,
  references: [
    "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling",
  ],

  messages: {
    both: (d: { workload: string; replicas: number; scaler: string }) => ({
      text: `${d.workload} sets ${d.replicas} ${d.replicas === 1 ? "replica" : "replicas"}, which ${d.scaler} sets too`,
      help: "Leave replicas to the autoscaler",
    }),
  },

  check(workload, { cluster, report }) {
    const replicas = workload.spec?.replicas;
    // Zero replicas switch the autoscaler off, which is a way to pause a workload.
    if (typeof replicas !== "number" || replicas === 0) return;
    const scaler = autoscalersOf(cluster, workload).find(({ resource }) =>
      areAppliedTogether(cluster, resource, workload),
    );
    if (!scaler || (scaler.minReplicas === scaler.maxReplicas && scaler.maxReplicas === replicas)) return;
    report("both", {
      at: "spec.replicas",
      data: { workload: workload.ref, replicas, scaler: scaler.resource.ref },
      related: [{ object: scaler.resource, at: "spec.scaleTargetRef", note: "scaled here" }],
      fix: { description: "Leave replicas out", safe: false, edits: [{ at: "spec.replicas", remove: true }] },
    });
  },

  examples: {
    bad: {
      "both set the number": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 3                 #! both
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1.4"}]}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          minReplicas: 2
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}`,
    },
    good: {
      "an autoscaler of another folder, without a namespace": `
        # file: app/deployment.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1.4"}]}
        # file: samples/autoscaler.yaml
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: sample}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}`,
      "left to the autoscaler": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1.4"}]}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}`,
    },
  },
});
