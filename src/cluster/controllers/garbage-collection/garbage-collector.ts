import type { ApiObject } from "../../../apis/kind-rules.js";
import type { OwnerReference } from "../../../apis/types/meta.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { keyOf } from "../../simulation/resources.js";
import type { DeletionPolicy, SimulatedCluster } from "../../simulation/simulated-cluster.js";

const NAME = "garbage-collector";
const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

/**
 * Deletes what all its owners are gone of, and carries out deletions in the foreground and those that orphan.
 * https://kubernetes.io/docs/concepts/architecture/garbage-collection/
 */
export const garbageCollector = (): Controller => ({
  name: NAME,
  watches: {},
  watchesAll: ({ resource, before, after }, enqueue, cluster) => {
    if (after === undefined) {
      for (const { resource: own, object } of cluster.objects.ownedBy(before?.metadata.uid ?? ""))
        enqueue(placeOf(own, object));
      for (const owner of before?.metadata.ownerReferences ?? []) enqueueIfGoing(owner, before!, enqueue, cluster);
      return;
    }
    const { ownerReferences, deletionTimestamp, finalizers } = after.metadata;
    if (ownerReferences !== before?.metadata.ownerReferences) {
      if (ownerReferences !== undefined) enqueue(placeOf(resource, after));
      for (const owner of before?.metadata.ownerReferences ?? []) enqueueIfGoing(owner, after, enqueue, cluster);
    }
    if (deletionTimestamp !== undefined && deletionTimestamp !== before?.metadata.deletionTimestamp && finalizers)
      enqueue(placeOf(resource, after));
  },
  reconcile: (place, cluster) => {
    const space = place.indexOf(" ");
    const resource = place.slice(0, space);
    const object = cluster.objects.find(resource, place.slice(space + 1));
    if (object === undefined) return;
    if (object.metadata.deletionTimestamp === undefined) collect(resource, object, cluster);
    else if (object.metadata.finalizers?.includes(ORPHAN)) orphanDependents(resource, object, cluster);
    else if (object.metadata.finalizers?.includes(FOREGROUND)) deleteDependents(resource, object, cluster);
  },
});

const placeOf = (resource: string, object: ApiObject): string => `${resource} ${keyOf(object)}`;

/** An owner that waits for its dependents is looked at when one of them changes. */
function enqueueIfGoing(
  { apiVersion, kind, name }: OwnerReference,
  { metadata }: ApiObject,
  enqueue: (key: string) => void,
  cluster: SimulatedCluster,
): void {
  const resource = cluster.admission.resourceOf(apiVersion, kind);
  if (resource === undefined) return;
  const owner = cluster.objects.get(resource.name, resource.namespaced ? metadata.namespace : undefined, name);
  if (owner?.metadata.deletionTimestamp !== undefined) enqueue(placeOf(resource.name, owner));
}

/** An owner is there, or will go when its dependents are gone, or is missing, or cannot be looked for. */
type OwnerState = "solid" | "waiting" | "missing" | "unknown";

/**
 * Owners are looked for in the dependent's namespace; a cluster-wide object cannot have an owner in a namespace, and
 * one of a kind that is not served cannot be looked for: such objects stay.
 */
function stateOfOwner({ metadata }: ApiObject, owner: OwnerReference, cluster: SimulatedCluster): OwnerState {
  const resource = cluster.admission.resourceOf(owner.apiVersion, owner.kind);
  if (resource === undefined || !resource.stored) return "unknown";
  if (resource.namespaced && metadata.namespace === undefined) return "unknown";
  const found = cluster.objects.get(resource.name, resource.namespaced ? metadata.namespace : undefined, owner.name);
  if (found === undefined || found.metadata.uid !== owner.uid) return "missing";
  const waits = found.metadata.deletionTimestamp !== undefined && found.metadata.finalizers?.includes(FOREGROUND);
  return waits ? "waiting" : "solid";
}

function collect(resource: string, object: ApiObject, cluster: SimulatedCluster): void {
  const owners = object.metadata.ownerReferences ?? [];
  if (owners.length === 0) return;
  const states = owners.map((owner) => stateOfOwner(object, owner, cluster));
  if (states.includes("unknown")) return;
  if (states.includes("solid")) {
    const left = owners.filter((_, i) => states[i] === "solid");
    if (left.length < owners.length) changeMetadata(resource, object, { ownerReferences: left }, cluster);
    return;
  }
  cluster.delete(resource, object, policyFor(object, states.includes("waiting"), cluster));
}

function policyFor({ metadata }: ApiObject, ownerWaits: boolean, cluster: SimulatedCluster): DeletionPolicy {
  if (metadata.finalizers?.includes(ORPHAN)) return "Orphan";
  if (metadata.finalizers?.includes(FOREGROUND)) return "Foreground";
  if (ownerWaits) for (const _ of cluster.objects.ownedBy(metadata.uid ?? "")) return "Foreground";
  return "Background";
}

function orphanDependents(resource: string, object: ApiObject, cluster: SimulatedCluster): void {
  const { uid = "" } = object.metadata;
  for (const { resource: own, object: dependent } of [...cluster.objects.ownedBy(uid)]) {
    const ownerReferences = dependent.metadata.ownerReferences?.filter((owner) => owner.uid !== uid);
    changeMetadata(own, dependent, { ownerReferences }, cluster);
  }
  removeFinalizer(resource, object, ORPHAN, cluster);
}

/** In the foreground, only dependents that block their owner's deletion are waited for. */
function deleteDependents(resource: string, object: ApiObject, cluster: SimulatedCluster): void {
  const { uid = "" } = object.metadata;
  const dependents = [...cluster.objects.ownedBy(uid)];
  for (const { resource: own, object: dependent } of dependents)
    if (dependent.metadata.deletionTimestamp === undefined) collect(own, dependent, cluster);
  for (const { object: dependent } of cluster.objects.ownedBy(uid))
    if (dependent.metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.blockOwnerDeletion)) return;
  removeFinalizer(resource, object, FOREGROUND, cluster);
}

function removeFinalizer(resource: string, object: ApiObject, finalizer: string, cluster: SimulatedCluster): void {
  const left = object.metadata.finalizers?.filter((other) => other !== finalizer);
  changeMetadata(resource, object, { finalizers: left }, cluster);
}

function changeMetadata(
  resource: string,
  object: ApiObject,
  changes: Pick<ApiObject["metadata"], "ownerReferences" | "finalizers">,
  cluster: SimulatedCluster,
): void {
  const metadata = { ...object.metadata, ...changes };
  for (const key of Object.keys(changes) as (keyof typeof changes)[])
    if (metadata[key]?.length === 0) metadata[key] = undefined;
  cluster.update(resource, { ...object, metadata });
}
