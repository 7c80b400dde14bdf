import { defineRule, replicaRange } from "../../src/rule-api.js";

export default defineRule({
  id: "stateful-set-partition-holds-all",
  category: "reliability",
  preset: "strict",
  since: "0.1.0",
  kinds: ["StatefulSet"],
  summary: "An update of a StatefulSet reaches one of its Pods at least.",
  why: `A rolling update replaces the Pods whose ordinal is at or above \`partition\`. With a partition that no ordinal reaches a changed
    template is kept for later, and nothing is updated. That is how a staged update begins; a manifest that keeps it never updates anything.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions"],

  messages: {
    holds: (d: { set: string; partition: number; highest: number }) => ({
      text: `${d.set} keeps updates from all of its Pods: its partition is ${d.partition}, and the highest ordinal is ${d.highest}`,
      help: "Lower the partition step by step, to 0 in the end",
    }),
  },

  check(set, { cluster, report }) {
    const { updateStrategy, ordinals } = (set.spec ?? {}) as {
      updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } };
      ordinals?: { start?: number };
    };
    const partition = updateStrategy?.rollingUpdate?.partition;
    const replicas = replicaRange(cluster, set)?.most;
    if (partition === undefined || !replicas || (updateStrategy?.type ?? "RollingUpdate") !== "RollingUpdate") return;
    const highest = (ordinals?.start ?? 0) + replicas - 1;
    if (partition <= highest || cluster.mayBePatched(set, "partition")) return;
    report("holds", { at: "spec.updateStrategy.rollingUpdate.partition", data: { set: set.ref, partition, highest } });
  },

  examples: {
    bad: {
      "three Pods, none of them from 3 on": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          replicas: 3
          serviceName: db
          updateStrategy:
            rollingUpdate:
              partition: 3   #! holds
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "postgres:17"}]}`,
    },
    good: {
      "the last Pod first": `
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          replicas: 3
          serviceName: db
          updateStrategy: {rollingUpdate: {partition: 2}}
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "postgres:17"}]}`,
    },
  },
});
