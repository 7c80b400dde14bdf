import type { StorageFacts } from "../../scheduling/volume-check.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";

/** Claims, volumes and classes as they are in a simulated cluster. */
export const storageFactsOf = ({ objects }: SimulatedCluster): StorageFacts => ({
  claim: (namespace, name) => objects.get("persistentvolumeclaims", namespace, name),
  volume: (name) => objects.get("persistentvolumes", undefined, name),
  storageClass: (name) => objects.get("storageclasses.storage.k8s.io", undefined, name),
  volumeFor: () => undefined,
});
