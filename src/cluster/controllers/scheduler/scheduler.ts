import type { Pod, PodCondition } from "../../../apis/types/core.v1.generated.js";
import { NOT_NAMED, refusalOfNode } from "../../scheduling/filters.js";
import { NodeState } from "../../scheduling/node-state.js";
import { type PlacedPod, PodProfiles } from "../../scheduling/pod-profile.js";
import { countReasons, type Refusal } from "../../scheduling/refusals.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { hasEnded } from "../nodes/kubelet.js";

const DEFAULT_SCHEDULER = "default-scheduler";

/** Puts Pods on nodes: https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/ */
export function scheduler(): Controller {
  const profiles = new PodProfiles();
  const nodes = new Map<string, NodeState>();
  const placed = new Map<string, PlacedPod>();
  const waiting = new Set<string>();

  const displace = (key: string) => {
    const pod = placed.get(key);
    if (pod === undefined) return;
    placed.delete(key);
    nodes.get(pod.pod.spec.nodeName ?? "")?.remove(pod);
  };
  const place = (pod: Pod) => {
    const found = profiles.place(pod);
    placed.set(found.key, found);
    nodes.get(pod.spec.nodeName ?? "")?.add(found);
  };
  const schedule = (pod: Pod, cluster: SimulatedCluster) => {
    if (pod.spec.schedulingGates?.length)
      return note(pod, "SchedulingGated", "Scheduling waits for the Pod's scheduling gates to be taken off", cluster);
    if (nodes.size === 0) return note(pod, "Unschedulable", "no nodes available to schedule pods", cluster);
    const candidate = profiles.place(pod);
    const refusals: Refusal[] = [];
    let best: NodeState | undefined;
    for (const state of nodes.values()) {
      const named = candidate.profile.named;
      const refusal = named && !named.has(state.name) ? NOT_NAMED : refusalOfNode(candidate, state);
      if (refusal !== undefined) refusals.push(refusal);
      else if (best === undefined || state.assumedCpu < best.assumedCpu) best = state;
    }
    if (best === undefined) {
      const reasons = countReasons(refusals.map((refusal) => refusal.reasons));
      return note(pod, "Unschedulable", `0/${nodes.size} nodes are available: ${reasons}.`, cluster);
    }
    bind(pod, best.name, cluster);
  };

  return {
    name: "scheduler",
    watches: {
      nodes: (change, enqueue) => {
        const { name = "" } = subjectOf(change).metadata;
        if (change.after === undefined) nodes.delete(name);
        else {
          const known = nodes.get(name);
          if (known !== undefined) known.node = change.after;
          else {
            const state = new NodeState(change.after);
            nodes.set(name, state);
            for (const pod of placed.values()) if (pod.pod.spec.nodeName === name) state.add(pod);
          }
        }
        for (const key of waiting) enqueue(key);
      },
      pods: (change, enqueue) => {
        const key = keyOf(subjectOf(change));
        const wasPlaced = placed.has(key);
        displace(key);
        if (change.after?.spec.nodeName) {
          waiting.delete(key);
          if (!hasEnded(change.after)) return place(change.after);
        } else if (change.after !== undefined) {
          waiting.add(key);
          enqueue(key);
        } else waiting.delete(key);
        if (wasPlaced) for (const other of waiting) enqueue(other);
      },
    },
    reconcile: (key, cluster) => {
      const pod = cluster.objects.find("pods", key);
      if (pod === undefined || pod.spec.nodeName || pod.metadata.deletionTimestamp !== undefined) return;
      if (pod.spec.schedulerName === DEFAULT_SCHEDULER && !hasEnded(pod)) schedule(pod, cluster);
    },
  };
}

const SCHEDULED = { type: "PodScheduled", status: "True" } as PodCondition;

function bind(pod: Pod, nodeName: string, cluster: SimulatedCluster): void {
  const conditions = (pod.status.conditions ?? []).filter(({ type }) => type !== "PodScheduled");
  cluster.update("pods", {
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...pod.status, conditions: [...conditions, SCHEDULED] },
  });
}

function note(pod: Pod, reason: string, message: string, cluster: SimulatedCluster): void {
  const conditions = (pod.status.conditions ?? []).filter(({ type }) => type !== "PodScheduled");
  const condition = { type: "PodScheduled", status: "False", reason, message } as PodCondition;
  cluster.updateStatus("pods", pod, { ...pod.status, conditions: [...conditions, condition] });
}
