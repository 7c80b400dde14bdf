import { defineRule, describeNamespace, hiddenPodMaker, nearestName, scaleTargetOf } from "../../src/rule-api.js";

/** The built-in kinds that can be scaled, with their group; any other built-in kind cannot. */
const SCALABLE: Readonly<Record<string, string>> = {
  Deployment: "apps",
  ReplicaSet: "apps",
  ReplicationController: "",
  StatefulSet: "apps",
};

export default defineRule({
  id: "hpa-target-missing",
  category: "references",
  since: "0.1.0",
  kinds: ["HorizontalPodAutoscaler"],
  summary: "The workload that a HorizontalPodAutoscaler scales exists.",
  why: `An autoscaler without its target does nothing but report FailedGetScale. It looks for the target in its own
    namespace, by the group of \`apiVersion\`, the kind and the name.`,
  references: ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"],

  messages: {
    absent: (d: {
      hpa: string;
      target: string;
      where: string;
      nearest: string | undefined;
      namespace: string | undefined;
      other: string | undefined;
    }) => ({
      text: `${d.hpa} scales ${d.target}, which is not in ${d.where}`,
      help:
        d.other !== undefined
          ? `There is a ${d.other}`
          : d.nearest !== undefined
            ? `Did you mean "${d.nearest}"?`
            : d.namespace !== undefined
              ? `There is one in namespace "${d.namespace}"; an autoscaler's target must be in its own`
              : "If it is created elsewhere, list it under externals",
    }),
  },

  check(hpa, { cluster, report }) {
    const target = scaleTargetOf(hpa);
    // Other kinds, and the wrong group, are hpa-target-not-scalable; what custom kinds there are is not known.
    if (!target || SCALABLE[target.kind] !== target.group) return;
    const { group, kind, name } = target;
    const found = cluster.lookup(group, kind, hpa.namespace, name);
    if (found.state !== "absent") return;
    const namesake = Object.entries(SCALABLE)
      .filter(([otherKind]) => otherKind !== kind)
      .map(([otherKind, otherGroup]) => cluster.lookup(otherGroup, otherKind, hpa.namespace, name))
      .find((other) => other.state === "present");
    const other = namesake?.state === "present" ? namesake.resource : undefined;
    if (!found.nearest && !other && hiddenPodMaker(cluster, hpa.namespace)) return;
    const elsewhere = found.elsewhere[0];
    report("absent", {
      at: other ? "spec.scaleTargetRef.kind" : "spec.scaleTargetRef.name",
      data: {
        hpa: hpa.ref,
        target: `${kind} "${name}"`,
        where: elsewhere ? describeNamespace(hpa.namespace) : "the input",
        nearest: found.nearest && nearestName(name, [found.nearest.name]),
        namespace: elsewhere?.namespace,
        other: other?.ref,
      },
      related: (other ?? found.nearest) && [{ object: (other ?? found.nearest)!, note: "the nearest" }],
    });
  },

  examples: {
    bad: {
      "a slip in the name": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          maxReplicas: 5
          scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: shpo             #! absent
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1.4"}]}`,
      "it is of another kind": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: db}
        spec:
          maxReplicas: 5
          scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment        #! absent
            name: db
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "db:1.4"}]}`,
    },
    good: {
      "a custom resource may well be scalable": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: shop}`,
      "the name is filled in later": `
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: "\${NAME}"}`,
    },
  },
});
