import type { PersistentVolume, PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import { isOpenNamespace } from "../namespaces.js";
import { parseAmount } from "../pods/amount.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import { classOfVolume } from "./storage-classes.js";
import { fits, misfit } from "./volume-fit.js";

/** A claim that does not get a volume, and why not each of those in question. */
export interface Unbound {
  readonly volumes: readonly Resource[];
  /** Sentences: `PersistentVolume "disk" has 5Gi, which is less than the 10Gi asked for`. */
  readonly reasons: readonly string[];
}

const NO_PROVISIONER = "kubernetes.io/no-provisioner";

/** Of a class with more volumes nothing is said, so that no set of claims and volumes takes long. */
const MOST_COMPARED = 200;

interface Volumes {
  readonly byClass: ReadonlyMap<string, readonly Resource[]>;
}

const volumes = new WeakMap<Cluster, Volumes>();

function volumesOf(cluster: Cluster): Volumes {
  const known = volumes.get(cluster);
  if (known !== undefined) return known;
  const byClass = new Map<string, Resource[]>();
  for (const volume of cluster.ofKind("PersistentVolume")) {
    if (volume.name === "" || volume.spec === undefined) continue;
    const name = classOfVolume(volume.object as unknown as PersistentVolume);
    const list = byClass.get(name);
    if (list) list.push(volume);
    else byClass.set(name, [volume]);
  }
  const found = { byClass };
  volumes.set(cluster, found);
  return found;
}

/** The claim as far as binding asks; undefined where something of it is yet to be filled in. */
function readClaim(resource: Resource, cluster: Cluster): PersistentVolumeClaim | undefined {
  const claim = resource.object as unknown as PersistentVolumeClaim;
  const storage = claim.spec?.resources?.requests?.storage;
  if (resource.doubtful.length > 0 || storage === undefined || parseAmount(String(storage)) === undefined)
    return undefined;
  if (resource.name === "" || isPlaceholder(resource.name) || !Array.isArray(claim.spec.accessModes)) return undefined;
  if (isPlaceholder(claim.spec.storageClassName) || isPlaceholder(claim.spec.volumeName)) return undefined;
  if (["storage", "accessModes", "volumeName"].some((field) => cluster.mayBePatched(resource, field))) return undefined;
  return claim;
}

function readVolume(resource: Resource, cluster: Cluster): PersistentVolume | undefined {
  const volume = resource.object as unknown as PersistentVolume;
  const size = volume.spec?.capacity?.storage;
  if (resource.doubtful.length > 0 || size === undefined || parseAmount(String(size)) === undefined) return undefined;
  if (
    isPlaceholder(volume.spec.storageClassName) ||
    ["storage", "accessModes"].some((field) => cluster.mayBePatched(resource, field))
  )
    return undefined;
  return volume;
}

/** Why a claim does not get the volume of the input that it names: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reserving-a-persistentvolume */
export function namedVolumeMisfit(resource: Resource, cluster: Cluster): Unbound | undefined {
  const claim = readClaim(resource, cluster);
  const name = claim?.spec.volumeName;
  if (claim === undefined || !name) return undefined;
  const named = cluster.allNamed("", "PersistentVolume", undefined, name);
  const reasons: string[] = [];
  for (const candidate of named) {
    const volume = readVolume(candidate, cluster);
    if (volume === undefined) return undefined;
    // Without a class of its own a claim is given the default one, if there is any.
    const asked =
      claim.spec.storageClassName === undefined
        ? { ...claim, spec: { ...claim.spec, storageClassName: classOfVolume(volume) } }
        : claim;
    const reason = reservation(volume, resource) ?? misfit(volume, asked);
    if (reason === undefined) return undefined;
    reasons.push(reason);
  }
  return named.length === 0 ? undefined : { volumes: named, reasons: [...new Set(reasons)] };
}

function reservation({ metadata, spec }: PersistentVolume, claim: Resource): string | undefined {
  const { claimRef } = spec;
  if (claimRef?.name === undefined || isPlaceholder(claimRef.name) || isPlaceholder(claimRef.namespace))
    return undefined;
  const { name, namespace } = claimRef;
  const same = name === claim.name && (!namespace || isOpenNamespace(claim.namespace) || namespace === claim.namespace);
  return same
    ? undefined
    : `PersistentVolume "${metadata.name}" is reserved for PersistentVolumeClaim "${name}" of namespace "${namespace ?? ""}"`;
}

/**
 * Why a claim gets none of the input's volumes of its class, where no provisioner makes one and the input does have
 * volumes of the class.
 */
export function volumesThatDoNotFit(resource: Resource, cluster: Cluster): Unbound | undefined {
  const claim = readClaim(resource, cluster);
  const name = claim?.spec.storageClassName;
  if (claim === undefined || name === undefined || claim.spec.volumeName) return undefined;
  if (name !== "" && !isUnprovisioned(name, cluster)) return undefined;
  const candidates = volumesOf(cluster).byClass.get(name) ?? [];
  if (candidates.length > MOST_COMPARED) return undefined;
  const reasons: string[] = [];
  for (const candidate of candidates) {
    const volume = readVolume(candidate, cluster);
    if (volume === undefined) return undefined;
    const reserved = reservation(volume, resource);
    if (reserved === undefined && fits(volume, claim)) return undefined;
    if (reasons.length < 4)
      reasons.push(
        reserved ?? misfit(volume, claim) ?? `PersistentVolume "${candidate.name}" is not selected by its labels`,
      );
  }
  return candidates.length === 0 ? undefined : { volumes: candidates, reasons };
}

function isUnprovisioned(name: string, cluster: Cluster): boolean {
  const classes = cluster.allNamed("storage.k8s.io", "StorageClass", undefined, name);
  return (
    classes.length > 0 &&
    classes.every(({ object }) => (object as { provisioner?: unknown }).provisioner === NO_PROVISIONER)
  );
}

/** A volume of a Pod that cannot be in several places at once. */
export interface ExclusiveClaim {
  readonly claim: Resource;
  readonly mode: "ReadWriteOnce" | "ReadWriteOncePod";
  /** Within the owner of the template. */
  readonly at: string;
}

/** The claims of the input that a template mounts and that one node, or one Pod, has at a time. */
export function exclusiveClaims(pod: PodTemplate, cluster: Cluster): ExclusiveClaim[] {
  const list: unknown = pod.spec.volumes;
  if (!Array.isArray(list)) return [];
  return (pod.spec.volumes ?? []).flatMap((volume, i) => {
    const name = volume?.persistentVolumeClaim?.claimName;
    if (!name || isPlaceholder(name)) return [];
    const claims = cluster.allNamed("", "PersistentVolumeClaim", pod.namespace, name);
    const modes = claims.map((claim) => readClaim(claim, cluster)?.spec.accessModes ?? []);
    const isAlways = (allowed: readonly string[]): boolean =>
      modes.length > 0 && modes.every((each) => each.length > 0 && each.every((mode) => allowed.includes(mode)));
    const at = `${pod.specPath}.volumes[${i}].persistentVolumeClaim.claimName`;
    if (isAlways(["ReadWriteOncePod"])) return { claim: claims[0]!, mode: "ReadWriteOncePod" as const, at };
    if (isAlways(["ReadWriteOnce"])) return { claim: claims[0]!, mode: "ReadWriteOnce" as const, at };
    return [];
  });
}
