import type { Pod } from "../../apis/types/core.v1.generated.js";
import type { PodDisruptionBudget } from "../../apis/types/policy.v1.generated.js";
import { answerEviction } from "../disruption/evictions.js";
import { matchSelector } from "../selection/selectors.js";
import { controllerOf } from "../simulation/object-store.js";
import { keyOf } from "../simulation/resources.js";
import type { SimulatedCluster } from "../simulation/simulated-cluster.js";

/** What becomes of one Pod of a drained node. */
export interface DrainedPod {
  readonly pod: Pod;
  /**
   * `evicted`: it goes. `kept`: a budget does not let it go. `stays`: it belongs to a DaemonSet, whose Pods are left alone.
   * `refused`: kubectl asks for a flag first, as something would be lost.
   */
  readonly fate: "evicted" | "kept" | "stays" | "refused";
  readonly reason?: string;
}

export interface Drain {
  readonly pods: readonly DrainedPod[];
  /** Pods that had a place before and have none after. */
  readonly homeless: readonly Pod[];
}

/** Each round waits for what the evictions of the one before have led to. */
const MOST_ROUNDS = 200;

/**
 * Cordons a node of a simulated cluster and evicts its Pods as `kubectl drain --ignore-daemonsets` does, with controllers
 * and scheduler at work between the evictions. The cluster is changed by it. What kubectl would ask a flag for is told and
 * evicted all the same: https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/
 */
export function drainNode(cluster: SimulatedCluster, name: string): Drain | undefined {
  const { objects } = cluster;
  const node = objects.get("nodes", undefined, name);
  if (node === undefined) return undefined;
  const waitingBefore = new Set(waiting(cluster).map(({ metadata }) => metadata.uid));
  cluster.update("nodes", { ...node, spec: { ...node.spec, unschedulable: true } });
  cluster.settle();
  const drained = new Map<string, DrainedPod>();
  let left = [...objects.list("pods")].filter(({ spec }) => spec.nodeName === name);
  for (let round = 0; left.length > 0 && round < MOST_ROUNDS; round++) {
    const kept: Pod[] = [];
    for (const pod of left) {
      const fate = evict(pod, cluster);
      if (fate === undefined) continue;
      drained.set(keyOf(pod), fate);
      if (fate.fate === "kept") kept.push(pod);
    }
    if (kept.length === left.length) break;
    left = kept;
  }
  return {
    pods: [...drained.values()],
    homeless: waiting(cluster).filter(({ metadata }) => !waitingBefore.has(metadata.uid)),
  };
}

/** Asks for one eviction; undefined where the Pod is gone already. */
function evict(pod: Pod, cluster: SimulatedCluster): DrainedPod | undefined {
  const { objects } = cluster;
  const now = objects.get("pods", pod.metadata.namespace, pod.metadata.name ?? "");
  if (now === undefined || now.metadata.uid !== pod.metadata.uid) return undefined;
  const owner = controllerOf(now);
  if (owner?.kind === "DaemonSet") return { pod: now, fate: "stays", reason: "of a DaemonSet" };
  const covering = [...objects.list("poddisruptionbudgets.policy", now.metadata.namespace)].filter(
    ({ spec }: PodDisruptionBudget) =>
      spec?.selector !== undefined && matchSelector(spec.selector, now.metadata.labels ?? {}) === "yes",
  );
  const { code, cause, message } = answerEviction(now, covering);
  if (code !== 201) return { pod: now, fate: "kept", reason: cause ?? message };
  cluster.delete("pods", now);
  cluster.settle();
  if (owner === undefined)
    return { pod: now, fate: "refused", reason: "no controller makes it again: kubectl wants --force" };
  const local = (now.spec.volumes ?? []).some(({ emptyDir }) => emptyDir !== undefined);
  return local
    ? { pod: now, fate: "refused", reason: "its emptyDir is lost: kubectl wants --delete-emptydir-data" }
    : { pod: now, fate: "evicted" };
}

const waiting = ({ objects }: SimulatedCluster): Pod[] =>
  [...objects.list("pods")].filter(({ spec, status }) => !spec.nodeName && status.phase === "Pending");
