import { storageClassOf } from "../../apis/admission/default-classes.js";
import { compareAmounts } from "../../apis/meta/amounts.js";
import type { Node, PersistentVolume, PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import type { StorageClass } from "../../apis/types/storage.v1.generated.js";
import { matchesAnyTerm } from "./node-selectors.js";
import type { NodeState } from "./node-state.js";
import type { PlacedPod } from "./pod-profile.js";
import { claimNamesOf, disksCollide } from "./pod-volumes.js";
import type { Refusal } from "./refusals.js";
import type { SchedulingState } from "./scheduling-state.js";

/** What the scheduler asks of claims, volumes and classes. */
export interface StorageFacts {
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined;
  volume(name: string): PersistentVolume | undefined;
  storageClass(name: string): StorageClass | undefined;
  /** The volume that a claim waiting for its first consumer would get on a node, beside those already taken. */
  volumeFor(claim: PersistentVolumeClaim, node: Node, taken: ReadonlySet<string>): PersistentVolume | undefined;
}

/** Why a Pod with these claims can go nowhere, or what its volumes say of each node. */
export interface VolumeCheck {
  readonly everywhere?: Refusal;
  on(node: NodeState): Refusal | undefined;
}

const refusal = (plugin: string, reason: string, preemptible = false): Refusal => ({
  plugin,
  reasons: [reason],
  preemptible,
});
const UNBOUND = refusal("VolumeBinding", "pod has unbound immediate PersistentVolumeClaims");
const WRONG_NODE = refusal("VolumeBinding", "node(s) didn't match PersistentVolume's node affinity");
const NO_SUCH_VOLUME = refusal(
  "VolumeBinding",
  "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)",
);
const NOTHING_TO_BIND = refusal("VolumeBinding", "node(s) didn't find available persistent volumes to bind");
const IN_USE = refusal(
  "VolumeRestrictions",
  "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod",
  true,
);
const DISK_TAKEN = refusal("VolumeRestrictions", "node(s) had no available disk", true);
const WRONG_ZONE = refusal("VolumeZone", "node(s) had no available volume zone");

const NO_PROVISIONER = "kubernetes.io/no-provisioner";

/** https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode */
export const waitsForConsumer = (storageClass: StorageClass | undefined): boolean =>
  storageClass?.volumeBindingMode === "WaitForFirstConsumer";

export function volumeCheck(candidate: PlacedPod, state: SchedulingState, storage: StorageFacts): VolumeCheck {
  const { pod, profile } = candidate;
  const { namespace = "" } = pod.metadata;
  const [bound, waiting]: [PersistentVolumeClaim[], PersistentVolumeClaim[]] = [[], []];
  for (const name of claimNamesOf(pod)) {
    const claim = storage.claim(namespace, name);
    const fault = claimFault(claim, name, candidate);
    if (fault !== undefined) return { everywhere: refusal("VolumeBinding", fault), on: () => undefined };
    if (isBound(claim!)) bound.push(claim!);
    else if (!claim!.spec.volumeName && waitsForConsumer(storage.storageClass(storageClassOf(claim!) ?? "")))
      waiting.push(claim!);
    else return { everywhere: UNBOUND, on: () => undefined };
  }
  waiting.sort(bySize);
  const isRestricted = [...bound, ...waiting].some(
    ({ metadata, spec }) =>
      spec.accessModes?.includes("ReadWriteOncePod") && state.isClaimInUse(`${namespace}/${metadata.name}`),
  );
  return {
    on: (node) => {
      if (isRestricted) return IN_USE;
      if (
        profile.disks.length > 0 &&
        [...node.pods.values()].some((other) => disksCollide(profile.disks, other.profile.disks))
      )
        return DISK_TAKEN;
      return boundFault(bound, node.node, storage) ?? waitingFault(waiting, node.node, storage);
    },
  };
}

/** Claims get their volumes in this order, so that the large ones are left for those who need them. */
export function bySize(a: PersistentVolumeClaim, b: PersistentVolumeClaim): number {
  const sizeOf = ({ spec }: PersistentVolumeClaim) => spec.resources?.requests?.storage ?? "0";
  return compareAmounts(sizeOf(a), sizeOf(b));
}

/** What is wrong with a claim, whatever the node. */
function claimFault(claim: PersistentVolumeClaim | undefined, name: string, { pod }: PlacedPod): string | undefined {
  const isEphemeral = !pod.spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === name);
  if (claim === undefined)
    return isEphemeral
      ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
      : `persistentvolumeclaim "${name}" not found`;
  if (claim.status?.phase === "Lost")
    return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName}"`;
  if (claim.metadata.deletionTimestamp !== undefined) return `persistentvolumeclaim "${name}" is being deleted`;
  if (isEphemeral && !claim.metadata.ownerReferences?.some(({ uid }) => uid === pod.metadata.uid))
    return `PVC "${name}" was not created for the Pod, which has an ephemeral volume of this name`;
  return undefined;
}

/** Whether a claim has got its volume. */
export const isBound = ({ spec, status }: PersistentVolumeClaim): boolean =>
  Boolean(spec.volumeName) && status?.phase === "Bound";

function boundFault(claims: readonly PersistentVolumeClaim[], node: Node, storage: StorageFacts): Refusal | undefined {
  const volumes = claims.map(({ spec }) => storage.volume(spec.volumeName ?? ""));
  if (volumes.includes(undefined)) return NO_SUCH_VOLUME;
  if (!volumes.every((volume) => isReachable(volume!, node))) return WRONG_NODE;
  return volumes.every((volume) => isInZone(volume!, node)) ? undefined : WRONG_ZONE;
}

/** Whether a volume's node affinity lets a node have it. */
export function isReachable({ spec }: PersistentVolume, node: Node): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  return terms === undefined || terms === null || matchesAnyTerm(terms, node);
}

const ZONE_LABELS = [
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
];

/** A volume's zone labels may name several, parted by `__`; a node without any zone is in all of them. */
function isInZone({ metadata }: PersistentVolume, { metadata: { labels = {} } }: Node): boolean {
  if (!ZONE_LABELS.some((label) => labels[label] !== undefined)) return true;
  return ZONE_LABELS.every((label) => {
    const zones = metadata.labels?.[label];
    return zones === undefined || zones.split("__").includes(labels[label] ?? "");
  });
}

function waitingFault(
  claims: readonly PersistentVolumeClaim[],
  node: Node,
  storage: StorageFacts,
): Refusal | undefined {
  const taken = new Set<string>();
  for (const claim of claims) {
    const volume = storage.volumeFor(claim, node, taken);
    if (volume !== undefined) taken.add(volume.metadata.name ?? "");
    else if (!canProvision(storage.storageClass(storageClassOf(claim) ?? ""), node)) return NOTHING_TO_BIND;
  }
  return undefined;
}

function canProvision(storageClass: StorageClass | undefined, { metadata }: Node): boolean {
  if (storageClass === undefined || storageClass.provisioner === NO_PROVISIONER) return false;
  const topologies = storageClass.allowedTopologies ?? [];
  return (
    topologies.length === 0 ||
    topologies.some(({ matchLabelExpressions = [] }) =>
      matchLabelExpressions.every(({ key, values }) => values?.includes(metadata.labels?.[key] ?? "") ?? false),
    )
  );
}
