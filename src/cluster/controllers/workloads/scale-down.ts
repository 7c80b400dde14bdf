import { isPodReady } from "../../../apis/core/pod-status.js";
import type { Pod } from "../../../apis/types/core.v1.generated.js";
import { readySince, secondsOf } from "./pod-state.js";

const PHASES = ["Pending", "Unknown", "Running"];
const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

/**
 * The Pods that go first when there are too many: not yet bound, pending, not ready, cheap to delete, on a node with
 * more of their kind, ready for a short time, young.
 * https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-a-replicaset
 */
export function podsToDelete(pods: readonly Pod[], count: number, related: Iterable<Pod>, now: number): Pod[] {
  if (count >= pods.length) return [...pods];
  const onNode = new Map<string, number>();
  for (const { spec } of related) if (spec.nodeName) onNode.set(spec.nodeName, (onNode.get(spec.nodeName) ?? 0) + 1);
  const ranked = pods.map((pod, index) => {
    const ready = isPodReady(pod);
    return [
      pod,
      [
        pod.spec.nodeName ? 1 : 0,
        PHASES.indexOf(pod.status?.phase ?? "Pending"),
        ready ? 1 : 0,
        deletionCost(pod),
        -(onNode.get(pod.spec.nodeName ?? "") ?? 0),
        ready ? magnitude(now - readySince(pod)) : 0,
        magnitude(now - secondsOf(pod.metadata.creationTimestamp)),
        -index,
      ],
    ] as const;
  });
  ranked.sort(([, a], [, b]) => a.map((value, i) => value - b[i]!).find((difference) => difference !== 0) ?? 0);
  return ranked.slice(0, count).map(([pod]) => pod);
}

/** Ages are compared by their order of magnitude only. */
const magnitude = (seconds: number): number => (seconds > 0 ? Math.floor(Math.log2(seconds * 1e9)) : -1);

function deletionCost({ metadata }: Pod): number {
  const cost = metadata.annotations?.[DELETION_COST];
  return cost !== undefined && /^[-+]?\d{1,10}$/.test(cost) ? Number(cost) : 0;
}
