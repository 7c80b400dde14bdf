import type { Node, PersistentVolume, PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import { isReachable } from "../scheduling/volume-check.js";
import type { Change, ObjectStore } from "../simulation/object-store.js";
import { classOfClaim, classOfVolume } from "./storage-classes.js";
import {
  hasSameAttributes,
  isFree,
  isReservedFor,
  isSameMode,
  isSelected,
  offersModes,
  sizeAsked,
  sizeOf,
} from "./volume-fit.js";

interface Sized {
  readonly size: bigint;
  readonly volume: PersistentVolume;
}

/** Volumes that offer the same access modes. */
interface Shelf {
  readonly modes: ReadonlySet<string>;
  /** By class, the smallest first. */
  readonly free: Map<string, Sized[]>;
}

/** The volumes there are, to find the one for a claim without looking at all of them. */
export class VolumeIndex {
  readonly #shelves = new Map<string, Shelf>();
  /** By the claim they are reserved for, then by name. */
  readonly #reserved = new Map<string, Map<string, PersistentVolume>>();

  notice({ before, after }: Change<"persistentvolumes">): void {
    if (before !== undefined) this.#remove(before);
    if (after !== undefined) this.#add(after);
  }

  /**
   * The volume that the binder gives to a claim: of those with the fewest access modes beyond what is asked for, the
   * one that is reserved for it, or else the smallest. A claim that waits for a Pod gets only what is reserved for it.
   * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding
   */
  best(claim: PersistentVolumeClaim, waits: boolean): PersistentVolume | undefined {
    const asked = claim.spec.accessModes ?? [];
    const shelves = [...this.#shelves.values()].filter(({ modes }) => asked.every((mode) => modes.has(mode)));
    shelves.sort((a, b) => a.modes.size - b.modes.size);
    const reserved = this.#reservedFor(claim).filter((volume) => offersModes(volume, claim));
    for (const { modes, free } of shelves) {
      const own = reserved.find(({ spec }) => new Set(spec.accessModes).size === modes.size);
      if (own !== undefined) return own;
      const found = waits ? undefined : smallest(free.get(classOfClaim(claim)) ?? [], claim)?.volume;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The volume that a claim would get whose Pod goes to a node: what is reserved for it, or else the smallest there. */
  bestOn(claim: PersistentVolumeClaim, node: Node, taken: ReadonlySet<string>): PersistentVolume | undefined {
    const [own] = this.#reservedFor(claim);
    if (own !== undefined) return isReachable(own, node) ? own : undefined;
    let best: Sized | undefined;
    for (const { modes, free } of this.#shelves.values()) {
      if (!claim.spec.accessModes?.every((mode) => modes.has(mode))) continue;
      const found = smallest(
        free.get(classOfClaim(claim)) ?? [],
        claim,
        (volume) => !taken.has(volume.metadata.name ?? "") && isReachable(volume, node),
      );
      if (found !== undefined && (best === undefined || compareSized(found, best) < 0)) best = found;
    }
    return best?.volume;
  }

  #reservedFor(claim: PersistentVolumeClaim): PersistentVolume[] {
    const { namespace, name } = claim.metadata;
    return [...(this.#reserved.get(`${namespace}/${name}`)?.values() ?? [])].filter(
      (volume) =>
        isReservedFor(volume, claim) &&
        volume.metadata.deletionTimestamp === undefined &&
        sizeOf(volume) >= sizeAsked(claim) &&
        isSameMode(volume, claim) &&
        hasSameAttributes(volume, claim),
    );
  }

  #add(volume: PersistentVolume): void {
    const { claimRef } = volume.spec;
    if (claimRef !== undefined) {
      const key = `${claimRef.namespace}/${claimRef.name}`;
      const volumes = this.#reserved.get(key) ?? new Map<string, PersistentVolume>();
      this.#reserved.set(key, volumes.set(volume.metadata.name ?? "", volume));
    }
    // A shelf is there for reserved volumes, too, so that they have their turn.
    const volumes = this.#freeBeside(volume);
    if (!isFree(volume)) return;
    const sized = { size: sizeOf(volume), volume };
    volumes.splice(placeOf(sized, volumes), 0, sized);
  }

  #remove(volume: PersistentVolume): void {
    const { claimRef } = volume.spec;
    if (claimRef !== undefined)
      this.#reserved.get(`${claimRef.namespace}/${claimRef.name}`)?.delete(volume.metadata.name ?? "");
    if (!isFree(volume)) return;
    const volumes = this.#freeBeside(volume);
    const place = placeOf({ size: sizeOf(volume), volume }, volumes);
    if (volumes[place]?.volume === volume) volumes.splice(place, 1);
  }

  #freeBeside(volume: PersistentVolume): Sized[] {
    const modes = new Set([...(volume.spec.accessModes ?? [])].sort());
    const key = [...modes].join();
    const shelf = this.#shelves.get(key) ?? { modes, free: new Map<string, Sized[]>() };
    this.#shelves.set(key, shelf);
    const volumes = shelf.free.get(classOfVolume(volume)) ?? [];
    shelf.free.set(classOfVolume(volume), volumes);
    return volumes;
  }
}

function compareSized(a: Sized, b: Sized): number {
  if (a.size !== b.size) return a.size < b.size ? -1 : 1;
  const [first, second] = [a.volume.metadata.name ?? "", b.volume.metadata.name ?? ""];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Where an entry stands, or would stand. */
function placeOf(sized: Sized, volumes: readonly Sized[]): number {
  let [low, high] = [0, volumes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareSized(volumes[middle]!, sized) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The smallest that is large enough and otherwise as asked for; all are of the class and the access modes asked for. */
function smallest(
  volumes: readonly Sized[],
  claim: PersistentVolumeClaim,
  suits: (volume: PersistentVolume) => boolean = () => true,
): Sized | undefined {
  const asked = sizeAsked(claim);
  let [low, high] = [0, volumes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (volumes[middle]!.size < asked) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < volumes.length; i++) {
    const { volume } = volumes[i]!;
    if (isSameMode(volume, claim) && hasSameAttributes(volume, claim) && isSelected(volume, claim) && suits(volume))
      return volumes[i];
  }
  return undefined;
}

const indexes = new WeakMap<ObjectStore, VolumeIndex>();

/** The volumes of a store, which the index follows from now on. */
export function volumesOf(objects: ObjectStore): VolumeIndex {
  const known = indexes.get(objects);
  if (known !== undefined) return known;
  const index = new VolumeIndex();
  for (const after of objects.list("persistentvolumes")) index.notice({ resource: "persistentvolumes", after });
  objects.subscribe((change) => {
    if (change.resource === "persistentvolumes") index.notice(change as Change<"persistentvolumes">);
  });
  indexes.set(objects, index);
  return index;
}
