import { defineRule, scaleTargetOf } from "../../src/rule-api.js";

/** The built-in kinds by the group and version to write; those without a scale subresource have none. */
const KINDS: Readonly<Record<string, { readonly group: string; readonly scalable?: string }>> = {
  CronJob: { group: "batch" },
  DaemonSet: { group: "apps" },
  Deployment: { group: "apps", scalable: "apps/v1" },
  Job: { group: "batch" },
  Pod: { group: "" },
  ReplicaSet: { group: "apps", scalable: "apps/v1" },
  ReplicationController: { group: "", scalable: "v1" },
  StatefulSet: { group: "apps", scalable: "apps/v1" },
};

export default defineRule({
  id: "hpa-target-not-scalable",
  category: "correctness",
  since: "0.1.0",
  kinds: ["HorizontalPodAutoscaler"],
  summary: "A HorizontalPodAutoscaler's target is of a kind that has replicas, in its right group.",
  why: `The autoscaler sets the number of replicas through the scale subresource, which DaemonSets, Jobs and Pods do not
    have. The group of the target's apiVersion must be the kind's own: without one the API server refuses the
    autoscaler, with another the controller finds nothing.`,
  references: ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"],

  messages: {
    kind: (d: { hpa: string; target: string; kind: string }) => ({
      text: `${d.hpa} scales ${d.target}, but a ${d.kind} has no replicas to set`,
      help: "Deployments, StatefulSets, ReplicaSets and ReplicationControllers can be scaled",
    }),
    group: (d: { hpa: string; target: string; apiVersion: string; right: string | undefined; refused: boolean }) => ({
      text: d.refused
        ? `${d.hpa} gives ${d.target} no API group; the API server refuses it`
        : `${d.hpa} looks for ${d.target} in apiVersion "${d.apiVersion}", which has no such kind`,
      help: d.right === undefined ? "Write the group and version of its kind" : `Its apiVersion is ${d.right}`,
    }),
  },

  check(hpa, { report }) {
    const target = scaleTargetOf(hpa);
    if (!target) return;
    const { apiVersion } = hpa.spec?.scaleTargetRef ?? {};
    const data = { hpa: hpa.ref, target: `${target.kind} "${target.name}"` };
    const kind = KINDS[target.kind];
    if (!kind) {
      // A custom kind's group is its own affair, but it has one.
      if (target.group === "")
        report("group", {
          at: "spec.scaleTargetRef.apiVersion",
          data: { ...data, apiVersion: apiVersion ?? "", right: undefined, refused: true },
        });
      return;
    }
    const custom = target.group.includes(".");
    if (kind.scalable === undefined) {
      if (!custom) report("kind", { at: "spec.scaleTargetRef.kind", data: { ...data, kind: target.kind } });
    } else if (target.group !== kind.group && !custom) {
      // The group is the only part that counts: any version will do.
      report("group", {
        at: "spec.scaleTargetRef.apiVersion",
        data: { ...data, apiVersion: apiVersion ?? "", right: kind.scalable, refused: target.group === "" },
      });
    }
  },

  examples: {
    bad: {
      "one Pod for each node": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: agent}
        spec:
          maxReplicas: 5
          scaleTargetRef:
            apiVersion: apps/v1
            kind: DaemonSet     #! kind
            name: agent`,
      "no group, another group": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: a}
        spec:
          maxReplicas: 5
          scaleTargetRef: {kind: Deployment, name: shop}    #! group
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: b}
        spec:
          maxReplicas: 5
          scaleTargetRef:
            apiVersion: batch/v1                           #! group
            kind: Deployment
            name: shop
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: c}
        spec:
          maxReplicas: 5
          scaleTargetRef: {kind: Rollout, name: shop}       #! group`,
    },
    good: {
      "the group counts, not the version": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: a}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: extensions/v1beta1, kind: Deployment, name: shop}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: b}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps.kruise.io/v1alpha1, kind: StatefulSet, name: db}`,
    },
  },
});
