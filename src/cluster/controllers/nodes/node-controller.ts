import { isSame } from "../../../apis/meta/same-value.js";
import type { Node, NodeCondition, Pod } from "../../../apis/types/core.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { taintsOf } from "./node-taints.js";
import { PodsByNode } from "./pods-by-node.js";

/** A node that says nothing of its state is a healthy one. */
const HEALTHY: readonly NodeCondition[] = (
  [
    ["MemoryPressure", "False"],
    ["DiskPressure", "False"],
    ["PIDPressure", "False"],
    ["Ready", "True"],
  ] as const
).map(([type, status]) => ({ type, status }) as NodeCondition);

/**
 * Plays what a kubelet says of its node, where the manifest says nothing; taints nodes by their conditions, and takes the
 * Pods of nodes that fail for not ready.
 * https://kubernetes.io/docs/concepts/architecture/nodes/#node-controller
 */
export function nodeController(): Controller {
  const pods = new PodsByNode();
  return {
    name: "nodes",
    watches: {
      nodes: (change, enqueue) => enqueue(subjectOf(change).metadata.name ?? ""),
      pods: (change) => pods.notice(change),
    },
    reconcile: (name, cluster) => {
      const found = cluster.objects.get("nodes", undefined, name);
      if (found === undefined) return;
      const node = withState(found, cluster);
      const taints = taintsOf(node);
      if (!isSame(taints, node.spec?.taints ?? []))
        cluster.update("nodes", { ...node, spec: { ...node.spec, taints: taints.length > 0 ? taints : undefined } });
      if (!isReady(node)) for (const pod of [...pods.on(name)]) markNotReady(pod, cluster);
    },
  };
}

function withState(node: Node, cluster: SimulatedCluster): Node {
  const { conditions, allocatable, capacity } = node.status ?? {};
  const status = {
    ...node.status,
    conditions: conditions?.length ? conditions : HEALTHY,
    allocatable: allocatable ?? capacity,
  } as Node["status"];
  cluster.updateStatus("nodes", node, status);
  return { ...node, status };
}

function markNotReady(pod: Pod, cluster: SimulatedCluster): void {
  const { conditions = [] } = pod.status;
  if (!conditions.some(({ type, status }) => type === "Ready" && status === "True")) return;
  const changed = conditions.map((condition) =>
    condition.type === "Ready" ? { ...condition, status: "False" } : condition,
  );
  cluster.updateStatus("pods", pod, { ...pod.status, conditions: changed });
}

export const isReady = ({ status }: Node): boolean =>
  status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
