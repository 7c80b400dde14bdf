import { hasEnded } from "../../../apis/core/pod-status.js";
import type { PodCondition } from "../../../apis/types/core.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { isReady } from "./node-controller.js";
import { PodsByNode } from "./pods-by-node.js";

/** How a Pod is to fare, as its annotations say. */
const PLAYED = {
  neverReady: "simulate.kubeproof.dev/never-ready",
  complete: "simulate.kubeproof.dev/complete",
  fail: "simulate.kubeproof.dev/fail",
} as const;

/** Plays the kubelets: a Pod that is bound to a ready node runs and is ready, unless its annotations say otherwise. */
export function kubelet(): Controller {
  const pods = new PodsByNode();
  return {
    name: "kubelet",
    watches: {
      pods: (change, enqueue) => {
        pods.notice(change);
        if (change.after?.spec.nodeName) enqueue(keyOf(subjectOf(change)));
      },
      nodes: (change, enqueue) => {
        for (const pod of pods.on(subjectOf(change).metadata.name ?? "")) enqueue(keyOf(pod));
      },
    },
    reconcile: play,
  };
}

function play(key: string, cluster: SimulatedCluster): void {
  const pod = cluster.objects.find("pods", key);
  if (pod === undefined || hasEnded(pod)) return;
  const node = cluster.objects.get("nodes", undefined, pod.spec.nodeName ?? "");
  if (node === undefined || !isReady(node)) return;
  const annotations = pod.metadata.annotations ?? {};
  const phase = annotations[PLAYED.fail] ? "Failed" : annotations[PLAYED.complete] ? "Succeeded" : "Running";
  const containersReady = phase === "Running" && !annotations[PLAYED.neverReady];
  const gatesMet = (pod.spec.readinessGates ?? []).every(({ conditionType }) =>
    pod.status.conditions?.some(({ type, status }) => type === conditionType && status === "True"),
  );
  const conditions = withConditions(pod.status.conditions ?? [], [
    ["Initialized", true],
    ["ContainersReady", containersReady],
    ["Ready", containersReady && gatesMet],
  ]);
  cluster.updateStatus("pods", pod, { ...pod.status, phase, conditions });
}

function withConditions(
  known: readonly PodCondition[],
  news: readonly (readonly [type: string, holds: boolean])[],
): PodCondition[] {
  const kept = known.filter(({ type }) => !news.some(([other]) => other === type));
  return [...kept, ...news.map(([type, holds]) => ({ type, status: holds ? "True" : "False" }) as PodCondition)];
}
