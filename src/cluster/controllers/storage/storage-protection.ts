import type { ApiObject } from "../../../apis/kind-rules.js";
import { claimNamesOf } from "../../scheduling/pod-volumes.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";

const CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
const VOLUME_PROTECTION = "kubernetes.io/pv-protection";
const [CLAIM, VOLUME] = ["claim ", "volume "];

/**
 * Lets claims and volumes go that nothing uses any more: a claim when no Pod that has a node is left, not even one that
 * has ended; a volume when it is bound to no claim.
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#storage-object-in-use-protection
 */
export function storageProtection(): Controller {
  /** By claim, the Pods on nodes that use it. */
  const users = new Map<string, Set<string>>();
  return {
    name: "storage-protection",
    watches: {
      persistentvolumeclaims: (change, enqueue) => {
        if (change.after?.metadata.deletionTimestamp !== undefined) enqueue(CLAIM + keyOf(change.after));
      },
      persistentvolumes: (change, enqueue) => {
        if (change.after?.metadata.deletionTimestamp !== undefined) enqueue(VOLUME + keyOf(change.after));
      },
      pods: (change, enqueue) => {
        const { before, after } = change;
        const pod = subjectOf(change);
        if (before?.spec === after?.spec || pod.spec.volumes === undefined) return;
        for (const name of claimNamesOf(pod)) {
          const claim = `${pod.metadata.namespace}/${name}`;
          if (after?.spec.nodeName) users.set(claim, (users.get(claim) ?? new Set()).add(keyOf(pod)));
          else if (users.get(claim)?.delete(keyOf(pod))) enqueue(CLAIM + claim);
        }
      },
    },
    reconcile: (key, cluster) => {
      if (key.startsWith(VOLUME)) {
        const volume = cluster.objects.find("persistentvolumes", key.slice(VOLUME.length));
        if (volume?.metadata.deletionTimestamp !== undefined && volume.status?.phase !== "Bound")
          letGo("persistentvolumes", volume, VOLUME_PROTECTION, cluster);
        return;
      }
      const name = key.slice(CLAIM.length);
      const claim = cluster.objects.find("persistentvolumeclaims", name);
      if (claim?.metadata.deletionTimestamp !== undefined && !users.get(name)?.size)
        letGo("persistentvolumeclaims", claim, CLAIM_PROTECTION, cluster);
    },
  };
}

function letGo(resource: string, object: ApiObject, finalizer: string, cluster: SimulatedCluster): void {
  const finalizers = object.metadata.finalizers?.filter((other) => other !== finalizer) ?? [];
  if (finalizers.length === object.metadata.finalizers?.length) return;
  cluster.update(resource, { ...object, metadata: { ...object.metadata, finalizers } });
}
