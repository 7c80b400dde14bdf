import type { Node, Pod, PodCondition } from "../../../apis/types/core.v1.generated.js";
import { tolerates } from "../../scheduling/taints.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import { PodsByNode } from "./pods-by-node.js";

const NAME = "taint-eviction";

/**
 * Deletes the Pods that do not tolerate a `NoExecute` taint of their node, or no longer.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions
 */
export function taintEviction(): Controller {
  const pods = new PodsByNode();
  /** When each Pod has to go, by its key; as first worked out, while taints stay. */
  const deadlines = new Map<string, number>();
  return {
    name: NAME,
    watches: {
      pods: (change, enqueue) => {
        pods.notice(change);
        if (change.after === undefined) deadlines.delete(keyOf(subjectOf(change)));
        else if (change.after.spec.nodeName) enqueue(keyOf(change.after));
      },
      nodes: (change, enqueue) => {
        if (change.before?.spec?.taints === change.after?.spec?.taints) return;
        for (const pod of pods.on(subjectOf(change).metadata.name ?? "")) enqueue(keyOf(pod));
      },
    },
    reconcile: (key, cluster) => {
      const pod = cluster.objects.find("pods", key);
      const node = cluster.objects.get("nodes", undefined, pod?.spec.nodeName ?? "");
      const seconds = pod === undefined || node === undefined ? undefined : secondsLeft(pod, node);
      if (pod === undefined || seconds === undefined) return void deadlines.delete(key);
      const deadline = Math.min(deadlines.get(key) ?? Number.POSITIVE_INFINITY, cluster.now + seconds);
      if (cluster.now < deadline) {
        if (deadlines.get(key) !== deadline) cluster.loop.wakeAt(deadline, NAME, key);
        deadlines.set(key, deadline);
        return;
      }
      deadlines.delete(key);
      const condition = { type: "DisruptionTarget", status: "True", reason: "DeletionByTaintManager" } as PodCondition;
      cluster.updateStatus("pods", pod, { ...pod.status, conditions: [...(pod.status.conditions ?? []), condition] });
      cluster.delete("pods", pod);
    },
  };
}

/** How long a Pod may stay on a node: the shortest of the tolerations it uses; undefined: for ever. */
function secondsLeft({ spec }: Pod, node: Node): number | undefined {
  let least: number | undefined;
  for (const taint of node.spec?.taints ?? []) {
    if (taint.effect !== "NoExecute") continue;
    const used = (spec.tolerations ?? []).filter((toleration) => tolerates(toleration, taint));
    if (used.length === 0) return 0;
    for (const { tolerationSeconds } of used)
      if (tolerationSeconds !== undefined)
        least = Math.min(least ?? Number.POSITIVE_INFINITY, Math.max(0, tolerationSeconds));
  }
  return least;
}
