import type { Simulation } from "../simulation/simulate.js";
import { byName, ownersOf, writtenName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The claims in the end, each with the volume it got. */
export function persistentVolumeClaimsOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list("persistentvolumeclaims")].map((claim) => {
    const { metadata, spec, status } = claim;
    return {
      namespace: metadata.namespace,
      name: writtenName(claim),
      phase: status?.phase ?? "Pending",
      volume: spec.volumeName || null,
      storageClassName: spec.storageClassName ?? null,
      accessModes: spec.accessModes,
      volumeMode: spec.volumeMode,
      request: spec.resources?.requests?.storage,
      capacity: status?.capacity?.storage,
      owner: ownersOf(claim, cluster),
    };
  });
  return byName(entries);
}

/** The volumes in the end, each with the claim that has it or had it. */
export function persistentVolumesOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list("persistentvolumes")].map(({ metadata, spec, status }) => ({
    name: metadata.name,
    phase: status?.phase,
    claim: spec.claimRef === undefined ? null : `${spec.claimRef.namespace}/${spec.claimRef.name}`,
    claimHasUid: spec.claimRef === undefined ? undefined : Boolean(spec.claimRef.uid),
    storageClassName: spec.storageClassName || null,
    capacity: spec.capacity?.storage,
    reclaimPolicy: spec.persistentVolumeReclaimPolicy,
    volumeMode: spec.volumeMode,
  }));
  return byName(entries);
}
