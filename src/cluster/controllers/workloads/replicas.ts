import { hasEnded, isPodReady } from "../../../apis/core/pod-status.js";
import type { ReplicaSet } from "../../../apis/types/apps.v1.generated.js";
import type { Pod, PodTemplateSpec, ReplicationController } from "../../../apis/types/core.v1.generated.js";
import type { LabelSelector } from "../../../apis/types/meta.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { type Change, controllerOf } from "../../simulation/object-store.js";
import type { Stored } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { Adoption } from "./adoption.js";
import { isActive, isAvailable, nextAvailable, secondsOf } from "./pod-state.js";
import { makePods } from "./pods-from-template.js";
import { podsToDelete } from "./scale-down.js";

type ReplicaResource = "replicasets.apps" | "replicationcontrollers";
type Replicas = ReplicaSet | ReplicationController;

/** https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/ */
export const replicaSetController = (): Controller =>
  replicaController("replicasets.apps", "ReplicaSet", ({ spec }) => spec.selector);

/** https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller/ */
export const replicationControllerController = (): Controller =>
  replicaController("replicationcontrollers", "ReplicationController", ({ spec }) =>
    spec.selector === undefined ? undefined : { matchLabels: spec.selector },
  );

function replicaController<R extends ReplicaResource>(
  resource: R,
  kind: string,
  selectorOf: (owner: Stored<R>) => LabelSelector | undefined,
): Controller {
  const adoption = new Adoption<R, "pods">("pods", kind, selectorOf);
  return {
    name: resource,
    watches: {
      [resource]: adoption.noticeOwner,
      pods: (change, enqueue) => {
        if (countsAnew(change)) adoption.noticeDependent(change, enqueue);
      },
    },
    reconcile: (key, cluster) => {
      const owner = cluster.objects.find(resource, key) as (Stored<R> & Replicas) | undefined;
      if (owner === undefined) return;
      const pods = adoption.claim(owner, cluster, isActive).filter(isActive);
      const going = owner.metadata.deletionTimestamp !== undefined;
      const refusal = going ? undefined : bringToSize(owner, pods, cluster, resource, key);
      // What was just made or deleted is looked at again: it has put this key into the queue.
      const active = [...cluster.objects.controlledBy("pods", owner.metadata.uid ?? "")].filter(isActive);
      cluster.updateStatus(resource, owner, statusOf(owner, active, refusal, cluster));
      if (refusal !== undefined) cluster.loop.retry(resource, key);
      const next = nextAvailable(active, owner.spec.minReadySeconds, cluster.now);
      if (next !== undefined) cluster.loop.wakeAt(next, resource, key);
    },
  };
}

/** Whether a Pod counts otherwise than before for whom it belongs to. Where it is placed does not matter. */
const countsAnew = ({ before, after }: Change<"pods">): boolean =>
  before === undefined ||
  after === undefined ||
  before.metadata !== after.metadata ||
  before.status?.phase !== after.status?.phase ||
  isPodReady(before) !== isPodReady(after) ||
  controllerOf(after) === undefined;

/** Makes what is missing, or deletes what is too much; why the API server refuses to make more. */
function bringToSize(
  owner: Replicas,
  active: readonly Pod[],
  cluster: SimulatedCluster,
  resource: ReplicaResource,
  key: string,
): string | undefined {
  const missing = (owner.spec.replicas ?? 1) - active.length;
  if (missing > 0) {
    if (endedThisSecond(owner, cluster)) {
      cluster.loop.wakeAt(Math.floor(cluster.now) + 1, resource, key);
      return undefined;
    }
    return makePods(cluster, owner, owner.spec.template as PodTemplateSpec, missing);
  }
  if (missing < 0)
    for (const pod of podsToDelete(active, -missing, relatedPods(owner, cluster), cluster.now))
      cluster.delete("pods", pod);
  return undefined;
}

/** Pods that end at once are replaced for ever; each round takes the control plane about a second. */
function endedThisSecond({ metadata }: Replicas, cluster: SimulatedCluster): boolean {
  for (const pod of cluster.objects.controlledBy("pods", metadata.uid ?? ""))
    if (hasEnded(pod) && secondsOf(pod.metadata.creationTimestamp) >= Math.floor(cluster.now)) return true;
  return false;
}

/** The Pods of all ReplicaSets that have the same owner: they are spread together. */
function* relatedPods(owner: Replicas, { objects }: SimulatedCluster): Generator<Pod> {
  const above = controllerOf(owner);
  const siblings = above === undefined ? [owner] : objects.controlledBy("replicasets.apps", above.uid);
  for (const { metadata } of siblings)
    for (const pod of objects.controlledBy("pods", metadata.uid ?? "")) if (isActive(pod)) yield pod;
}

function statusOf(
  { metadata, spec, status }: Replicas,
  active: readonly Pod[],
  refusal: string | undefined,
  { now, timestamp }: SimulatedCluster,
): ReplicaSet["status"] {
  const labels = Object.entries((spec.template as PodTemplateSpec | undefined)?.metadata?.labels ?? {});
  const failure = (status?.conditions ?? []).find(({ type }) => type === "ReplicaFailure");
  const count = (holds: (pod: Pod) => boolean) => active.filter(holds).length;
  return {
    replicas: active.length,
    fullyLabeledReplicas: count((pod) => labels.every(([key, value]) => pod.metadata.labels?.[key] === value)),
    readyReplicas: count(isPodReady),
    availableReplicas: count((pod) => isAvailable(pod, spec.minReadySeconds, now)),
    observedGeneration: metadata.generation,
    conditions:
      refusal === undefined
        ? undefined
        : [
            {
              type: "ReplicaFailure",
              status: "True",
              reason: "FailedCreate",
              message: refusal,
              lastTransitionTime: failure?.lastTransitionTime ?? timestamp,
            },
          ],
  };
}
