import type { PersistentVolume, PersistentVolumeClaim } from "../../../apis/types/core.v1.generated.js";
import { waitsForConsumer } from "../../scheduling/volume-check.js";
import type { Controller, Enqueue } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { classOfClaim, defaultClass, STORAGE_CLASSES } from "../../storage/storage-classes.js";
import { isFree, isReservedFor, misfit } from "../../storage/volume-fit.js";
import { volumesOf } from "../../storage/volume-index.js";
import { reclaim } from "./reclaiming.js";
import { BIND_COMPLETED, WaitingClaims } from "./waiting-claims.js";

const BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
const [CLAIM, VOLUME] = ["claim ", "volume "];

/**
 * Binds claims to volumes, both ways: the volume names the claim in `claimRef`, the claim the volume in `volumeName`.
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#lifecycle-of-a-volume-and-claim
 */
export function volumeBinder(): Controller {
  const claims = new WaitingClaims();
  return {
    name: "volume-binder",
    watches: {
      persistentvolumeclaims: (change, enqueue) => {
        claims.notice(change);
        const { before, after } = change;
        enqueue(CLAIM + keyOf(subjectOf(change)));
        for (const claim of [before, after]) if (claim?.spec.volumeName) enqueue(VOLUME + claim.spec.volumeName);
      },
      persistentvolumes: (change, enqueue, cluster) => {
        const { before, after } = change;
        const { name = "" } = subjectOf(change).metadata;
        enqueue(VOLUME + name);
        for (const volume of [before, after]) {
          const claim = volume?.spec.claimRef;
          if (claim !== undefined) enqueue(`${CLAIM}${claim.namespace}/${claim.name}`);
        }
        for (const key of claims.naming(name)) enqueue(CLAIM + key);
        // The index has to know of the volumes before any claim asks for one.
        volumesOf(cluster.objects);
        const taker =
          after !== undefined && isFree(after) && claims.firstFor(after, (claim) => isDelayed(claim, cluster));
        if (taker) enqueue(CLAIM + taker);
      },
      [STORAGE_CLASSES]: (change, enqueue) => {
        enqueueAll(claims.ofClass(subjectOf(change).metadata.name ?? ""), enqueue);
        enqueueAll(claims.ofClass(""), enqueue);
      },
    },
    reconcile: (key, cluster) => {
      if (key.startsWith(VOLUME)) {
        const volume = cluster.objects.find("persistentvolumes", key.slice(VOLUME.length));
        if (volume !== undefined) syncVolume(volume, cluster);
        return;
      }
      const claim = cluster.objects.find("persistentvolumeclaims", key.slice(CLAIM.length));
      if (claim === undefined) return;
      if (claim.metadata.annotations?.[BIND_COMPLETED] === undefined) syncWaitingClaim(claim, cluster);
      else syncBoundClaim(claim, cluster);
    },
  };
}

function enqueueAll(claims: Iterable<string>, enqueue: Enqueue): void {
  for (const key of claims) enqueue(CLAIM + key);
}

/** Whether the scheduler, not the binder, chooses the volume: https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode */
const isDelayed = (claim: PersistentVolumeClaim, { objects }: SimulatedCluster): boolean =>
  waitsForConsumer(objects.get(STORAGE_CLASSES, undefined, classOfClaim(claim)));

function syncWaitingClaim(claim: PersistentVolumeClaim, cluster: SimulatedCluster): void {
  if (claim.status?.phase === undefined) {
    cluster.updateStatus("persistentvolumeclaims", claim, { ...claim.status, phase: "Pending" });
    return;
  }
  const { volumeName } = claim.spec;
  if (volumeName) {
    const volume = cluster.objects.get("persistentvolumes", undefined, volumeName);
    if (volume === undefined) return;
    const isOurs =
      volume.spec.claimRef === undefined ? misfit(volume, claim) === undefined : isReservedFor(volume, claim);
    if (isOurs) bind(volume, claim, cluster);
    return;
  }
  const volume = volumesOf(cluster.objects).best(claim, isDelayed(claim, cluster));
  if (volume !== undefined) bind(volume, claim, cluster);
  else giveDefaultClass(claim, cluster);
}

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#retroactive-default-storageclass-assignment */
function giveDefaultClass(claim: PersistentVolumeClaim, cluster: SimulatedCluster): void {
  if (classOfClaim(claim) !== "" || claim.spec.storageClassName !== undefined) return;
  const storageClassName = defaultClass(cluster.objects.list(STORAGE_CLASSES))?.metadata.name;
  if (storageClassName !== undefined)
    cluster.update("persistentvolumeclaims", { ...claim, spec: { ...claim.spec, storageClassName } });
}

function syncBoundClaim(claim: PersistentVolumeClaim, cluster: SimulatedCluster): void {
  const volume = cluster.objects.get("persistentvolumes", undefined, claim.spec.volumeName ?? "");
  const { claimRef } = volume?.spec ?? {};
  if (volume !== undefined && (claimRef === undefined || claimRef.uid === claim.metadata.uid))
    bind(volume, claim, cluster);
  else cluster.updateStatus("persistentvolumeclaims", claim, { phase: "Lost" });
}

function bind(volume: PersistentVolume, claim: PersistentVolumeClaim, cluster: SimulatedCluster): void {
  const { name = "", namespace, uid } = claim.metadata;
  const { claimRef } = volume.spec;
  let reserved = volume;
  if (claimRef?.uid !== uid || !isReservedFor(volume, claim)) {
    const ours = { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid };
    const metadata = isReservedFor(volume, claim) ? volume.metadata : marked(volume.metadata, BOUND_BY_CONTROLLER);
    reserved = { ...volume, metadata, spec: { ...volume.spec, claimRef: { ...claimRef, ...ours } } };
    cluster.update("persistentvolumes", reserved);
  }
  setPhase(reserved, "Bound", cluster);
  const { name: volumeName = "" } = volume.metadata;
  let bound = claim;
  if (claim.spec.volumeName !== volumeName)
    bound = {
      ...bound,
      metadata: marked(bound.metadata, BOUND_BY_CONTROLLER),
      spec: { ...bound.spec, volumeName },
    };
  if (claim.metadata.annotations?.[BIND_COMPLETED] === undefined)
    bound = { ...bound, metadata: marked(bound.metadata, BIND_COMPLETED) };
  if (bound !== claim) cluster.update("persistentvolumeclaims", bound);
  if (bound.status?.phase !== "Bound")
    cluster.updateStatus("persistentvolumeclaims", bound, {
      ...bound.status,
      phase: "Bound",
      accessModes: volume.spec.accessModes,
      capacity: volume.spec.capacity,
    });
}

const marked = (metadata: PersistentVolume["metadata"], mark: string): PersistentVolume["metadata"] => ({
  ...metadata,
  annotations: { ...metadata.annotations, [mark]: "yes" },
});

function syncVolume(volume: PersistentVolume, cluster: SimulatedCluster): void {
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) {
    setPhase(volume, "Available", cluster);
    return;
  }
  const found = cluster.objects.get("persistentvolumeclaims", claimRef.namespace, claimRef.name ?? "");
  const claim = found?.metadata.uid === claimRef.uid ? found : undefined;
  if (claim === undefined) {
    const isReleased = volume.status?.phase === "Released" || volume.status?.phase === "Failed";
    reclaim(isReleased ? volume : setPhase(volume, "Released", cluster), cluster);
  } else if (claim.spec.volumeName === volume.metadata.name) setPhase(volume, "Bound", cluster);
  else if (claim.spec.volumeName) unbind(volume, cluster);
  // Else the claim is about to be bound; that is the claim's turn.
}

/** Takes back a reservation for a claim that is bound elsewhere; what the user has written stays. */
function unbind(volume: PersistentVolume, cluster: SimulatedCluster): void {
  const { [BOUND_BY_CONTROLLER]: byController, ...annotations } = volume.metadata.annotations ?? {};
  const { claimRef } = volume.spec;
  const unbound: PersistentVolume = {
    ...volume,
    metadata: { ...volume.metadata, annotations },
    spec: { ...volume.spec, claimRef: byController === undefined ? { ...claimRef, uid: undefined } : undefined },
  };
  cluster.update("persistentvolumes", unbound);
  setPhase(unbound, "Available", cluster);
}

/** Gives the volume as it is then. */
function setPhase(volume: PersistentVolume, phase: string, cluster: SimulatedCluster): PersistentVolume {
  if (volume.status?.phase === phase) return volume;
  cluster.updateStatus("persistentvolumes", volume, { ...volume.status, phase });
  return { ...volume, status: { ...volume.status, phase } };
}
