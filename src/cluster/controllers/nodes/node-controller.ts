import type { Node, NodeCondition } from "../../../apis/types/core.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";

/** A node that says nothing of its state is a healthy one. */
const HEALTHY: readonly NodeCondition[] = (
  [
    ["MemoryPressure", "False"],
    ["DiskPressure", "False"],
    ["PIDPressure", "False"],
    ["Ready", "True"],
  ] as const
).map(([type, status]) => ({ type, status }) as NodeCondition);

/** Plays what a kubelet says of its node, where the manifest says nothing. */
export const nodeController = (): Controller => ({
  name: "nodes",
  watches: { nodes: (change, enqueue) => enqueue(subjectOf(change).metadata.name ?? "") },
  reconcile: (name, cluster) => {
    const node = cluster.objects.get("nodes", undefined, name);
    if (node === undefined) return;
    const { conditions, allocatable, capacity } = node.status ?? {};
    cluster.updateStatus("nodes", node, {
      ...node.status,
      conditions: conditions?.length ? conditions : HEALTHY,
      allocatable: allocatable ?? capacity,
    });
  },
});

export const isReady = ({ status }: Node): boolean =>
  status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
