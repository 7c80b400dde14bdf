import { hasEnded } from "../../../apis/core/pod-status.js";
import type { Pod } from "../../../apis/types/core.v1.generated.js";
import { PodProfiles } from "../../scheduling/pod-profile.js";
import { SchedulingState } from "../../scheduling/scheduling-state.js";
import type { Controller } from "../../simulation/controller.js";
import { type Change, subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { PodScheduling } from "./pod-scheduling.js";
import { SchedulingQueue } from "./scheduling-queue.js";
import { ServiceSelectors } from "./service-selectors.js";

/** The one thing this controller is asked to do: to try the Pods that wait. */
const QUEUE = "queue";
/** Pods are tried again after others have been placed or driven out; more often than this is no progress. */
const MOST_ROUNDS = 1000;

/** Puts Pods on nodes: https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/ */
export function scheduler(): Controller {
  const profiles = new PodProfiles();
  const services = new ServiceSelectors();
  const queue = new SchedulingQueue();
  let namespaceLabels: (namespace: string) => Readonly<Record<string, string>> = () => ({});
  const state = new SchedulingState((namespace) => namespaceLabels(namespace));
  const scheduling = new PodScheduling(state, profiles, services, queue);
  const start = (cluster: SimulatedCluster) => {
    namespaceLabels = (name) => cluster.objects.get("namespaces", undefined, name)?.metadata.labels ?? {};
  };

  return {
    name: "scheduler",
    watches: {
      nodes: (change, enqueue) => {
        const { before, after } = change;
        if (after === undefined) {
          state.removeNode(subjectOf(change).metadata.name ?? "");
          queue.disturb("podGone");
        } else {
          state.putNode(after);
          if (
            before?.spec !== after.spec ||
            before.metadata !== after.metadata ||
            allocatable(before) !== allocatable(after)
          )
            queue.disturb("all");
        }
        enqueue(QUEUE);
      },
      pods: (change, enqueue, cluster) => {
        start(cluster);
        if (saysNothingNew(change)) return;
        const key = keyOf(subjectOf(change));
        const { after } = change;
        const known = state.placed(key);
        if (known !== undefined) state.displace(known);
        scheduling.forget(key);
        queue.forget(key);
        if (after === undefined || hasEnded(after)) {
          if (known !== undefined) queue.disturb("podGone");
        } else if (after.spec.nodeName) {
          state.place(profiles.place(after));
          queue.disturb("podPlaced");
        } else if (after.metadata.deletionTimestamp === undefined) queue.add(key);
        enqueue(QUEUE);
      },
      namespaces: (_, enqueue) => {
        state.namespacesChanged();
        queue.disturb("all");
        enqueue(QUEUE);
      },
      services: (change) => services.notice(change),
      "resourceclaims.resource.k8s.io": (_, enqueue) => storageChanged(enqueue),
      "resourceclaimtemplates.resource.k8s.io": (_, enqueue) => storageChanged(enqueue),
      persistentvolumeclaims: (_, enqueue) => storageChanged(enqueue),
      persistentvolumes: (_, enqueue) => storageChanged(enqueue),
      "storageclasses.storage.k8s.io": (_, enqueue) => storageChanged(enqueue),
    },
    reconcile: (_, cluster) => {
      scheduling.bindReserved(cluster);
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const pods = queue.take().flatMap(([key, turn]) => {
          const pod = cluster.objects.find("pods", key);
          return pod === undefined ? [] : { pod, turn };
        });
        if (pods.length === 0) return;
        pods.sort((a, b) => (b.pod.spec.priority ?? 0) - (a.pod.spec.priority ?? 0) || a.turn - b.turn);
        for (const { pod } of pods) scheduling.schedule(keyOf(pod), cluster);
      }
    },
  };

  function storageChanged(enqueue: (key: string) => void): void {
    state.version++;
    queue.disturb("storage");
    enqueue(QUEUE);
  }
}

const allocatable = (node: { status?: { allocatable?: unknown } } | undefined) => node?.status?.allocatable;

/** The state of a Pod matters to the scheduler only in that it has ended. */
function saysNothingNew({ before, after }: Change<"pods">): boolean {
  if (before === undefined || after === undefined) return false;
  return (
    before.spec === after.spec && before.metadata === after.metadata && hasEnded(before) === hasEnded(after as Pod)
  );
}
