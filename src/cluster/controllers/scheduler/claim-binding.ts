import type { Node, PersistentVolumeClaim, Pod } from "../../../apis/types/core.v1.generated.js";
import { claimNamesOf } from "../../scheduling/pod-volumes.js";
import { bySize, isBound, type StorageFacts } from "../../scheduling/volume-check.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";

/** Tells a provisioner where the volume is to be: https://kubernetes.io/docs/reference/labels-annotations-taints/#volume-kubernetes-io-selected-node */
const SELECTED_NODE = "volume.kubernetes.io/selected-node";

/** Says that nobody wrote the `claimRef` by hand. */
const BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

function claimsOf(pod: Pod, storage: StorageFacts): PersistentVolumeClaim[] {
  return claimNamesOf(pod).flatMap((name) => storage.claim(pod.metadata.namespace ?? "", name) ?? []);
}

export const claimsAreBound = (pod: Pod, storage: StorageFacts): boolean => claimsOf(pod, storage).every(isBound);

/**
 * Has the claims that waited for the Pod get their volumes on its node: a volume that is there is reserved, another asked
 * of the provisioner. Gives whether the Pod may be bound.
 */
export function bindClaims(pod: Pod, node: Node, storage: StorageFacts, cluster: SimulatedCluster): boolean {
  const taken = new Set<string>();
  let isComplete = true;
  const waiting = claimsOf(pod, storage).filter((claim) => !isBound(claim));
  for (const claim of waiting.sort(bySize)) {
    const volume = storage.volumeFor(claim, node, taken);
    const { name = "", namespace, uid } = claim.metadata;
    if (volume !== undefined) {
      taken.add(volume.metadata.name ?? "");
      const claimRef = { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid };
      const annotations = { ...volume.metadata.annotations, [BOUND_BY_CONTROLLER]: "yes" };
      const metadata = { ...volume.metadata, annotations };
      cluster.update("persistentvolumes", { ...volume, metadata, spec: { ...volume.spec, claimRef } });
      continue;
    }
    isComplete = false;
    const annotations = { ...claim.metadata.annotations, [SELECTED_NODE]: node.metadata.name ?? "" };
    cluster.update("persistentvolumeclaims", { ...claim, metadata: { ...claim.metadata, annotations } });
  }
  return isComplete;
}
