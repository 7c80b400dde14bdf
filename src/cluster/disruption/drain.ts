import type { Pod } from "../../apis/types/core.v1.generated.js";
import type { PodDisruptionBudget } from "../../apis/types/policy.v1.generated.js";
import { matchSelector } from "../selection/selectors.js";
import { controllerOf } from "../simulation/object-store.js";
import { keyOf } from "../simulation/resources.js";
import type { SimulatedCluster } from "../simulation/simulated-cluster.js";
import { answerEviction, type EvictionAnswer } from "./evictions.js";

/** What becomes of a Pod on a node that is drained. */
export interface DrainedPod {
  readonly pod: Pod;
  /**
   * `evicted`; `blocked`: its budget does not let it go, now or ever; `stays`: a DaemonSet would make it again at once;
   * `bare`: nothing would make it again, so that it is only deleted by force.
   */
  readonly fate: "evicted" | "blocked" | "stays" | "bare";
  /** What is in its emptyDir volumes is gone with it. */
  readonly losesData: boolean;
  /** Why it is blocked. */
  readonly answer?: EvictionAnswer;
}

export interface Drain {
  readonly pods: readonly DrainedPod[];
  /** The Pods made in place of others that no node takes. */
  readonly homeless: readonly Pod[];
}

const BUDGETS = "poddisruptionbudgets.policy";

/**
 * Drains a node of the cluster: nothing new is put on it, and its Pods are evicted one by one, each when what the one
 * before has set off is done; over and over, until none goes any more. Undefined where there is no such node.
 * https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/
 */
export function drain(cluster: SimulatedCluster, node: string): Drain | undefined {
  const found = cluster.objects.get("nodes", undefined, node);
  if (found === undefined) return undefined;
  const before = new Set([...cluster.objects.list("pods")].map(({ metadata }) => metadata.uid));
  cluster.update("nodes", { ...found, spec: { ...found.spec, unschedulable: true } });
  cluster.settle();
  const fates = new Map<string, DrainedPod>();
  const evictable: string[] = [];
  for (const pod of cluster.objects.list("pods")) {
    if (pod.spec.nodeName !== node) continue;
    const owner = controllerOf(pod);
    const losesData = pod.spec.volumes?.some(({ emptyDir }) => emptyDir) ?? false;
    const fate = owner?.kind === "DaemonSet" ? "stays" : owner === undefined ? "bare" : "blocked";
    fates.set(keyOf(pod), { pod, fate, losesData });
    if (fate === "blocked") evictable.push(keyOf(pod));
  }
  let waiting = evictable;
  for (let isMoving = true; isMoving; ) {
    const left = waiting.filter((key) => !evict(key, cluster, fates));
    isMoving = left.length < waiting.length;
    waiting = left;
  }
  const homeless = [...cluster.objects.list("pods")].filter(
    ({ metadata, spec }) => !spec.nodeName && !before.has(metadata.uid),
  );
  return { pods: [...fates.values()], homeless };
}

function evict(key: string, cluster: SimulatedCluster, fates: Map<string, DrainedPod>): boolean {
  const known = fates.get(key)!;
  const pod = cluster.objects.find("pods", key);
  if (pod !== undefined && pod.metadata.uid === known.pod.metadata.uid) {
    const answer = answerEviction(pod, budgetsCovering(pod, cluster));
    fates.set(key, { ...known, fate: answer.code === 201 ? "evicted" : "blocked", answer });
    if (answer.code !== 201) return false;
    cluster.delete("pods", pod);
    cluster.settle();
  } else fates.set(key, { ...known, fate: "evicted" });
  return true;
}

function budgetsCovering({ metadata }: Pod, { objects }: SimulatedCluster): PodDisruptionBudget[] {
  return [...objects.list(BUDGETS, metadata.namespace)].filter(
    ({ spec: { selector } }) => selector !== undefined && matchSelector(selector, metadata.labels ?? {}) === "yes",
  );
}
