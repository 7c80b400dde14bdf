import type { SimulatedCluster } from "../simulation/simulated-cluster.js";
import { volumesOf } from "../storage/volume-index.js";
import type { StorageFacts } from "./volume-check.js";

/** Claims, volumes and classes as they are in a simulated cluster. */
export const storageFactsOf = ({ objects }: Pick<SimulatedCluster, "objects">): StorageFacts => ({
  claim: (namespace, name) => objects.get("persistentvolumeclaims", namespace, name),
  volume: (name) => objects.get("persistentvolumes", undefined, name),
  storageClass: (name) => objects.get("storageclasses.storage.k8s.io", undefined, name),
  volumeFor: (claim, node, taken) => volumesOf(objects).bestOn(claim, node, taken),
});
