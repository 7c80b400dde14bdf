import type { PersistentVolume, PersistentVolumeClaim } from "../../../apis/types/core.v1.generated.js";
import { type Change, subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import { classOfClaim, classOfVolume } from "../../storage/storage-classes.js";
import { fits } from "../../storage/volume-fit.js";

export const BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

/** The claims without a volume: by the class they ask for, and by the volume that they name. */
export class WaitingClaims {
  readonly #byClass = new Map<string, Map<string, PersistentVolumeClaim>>();
  /** Of all claims, bound ones too. */
  readonly #byVolume = new Map<string, Set<string>>();

  notice(change: Change<"persistentvolumeclaims">): void {
    const { before, after } = change;
    const key = keyOf(subjectOf(change));
    if (before !== undefined) {
      this.#byVolume.get(before.spec.volumeName ?? "")?.delete(key);
      if (after === undefined || !waits(after) || classOfClaim(before) !== classOfClaim(after))
        this.#byClass.get(classOfClaim(before))?.delete(key);
    }
    if (after === undefined) return;
    if (after.spec.volumeName) {
      const keys = this.#byVolume.get(after.spec.volumeName) ?? new Set<string>();
      this.#byVolume.set(after.spec.volumeName, keys.add(key));
    } else if (waits(after)) {
      const claims = this.#byClass.get(classOfClaim(after)) ?? new Map<string, PersistentVolumeClaim>();
      this.#byClass.set(classOfClaim(after), claims.set(key, after));
    }
  }

  ofClass(name: string): Iterable<string> {
    return this.#byClass.get(name)?.keys() ?? [];
  }

  naming(volume: string): Iterable<string> {
    return this.#byVolume.get(volume) ?? [];
  }

  /** The first one that a free volume would do for. */
  firstFor(volume: PersistentVolume, isDelayed: (claim: PersistentVolumeClaim) => boolean): string | undefined {
    for (const [key, claim] of this.#byClass.get(classOfVolume(volume)) ?? [])
      if (fits(volume, claim) && !isDelayed(claim)) return key;
    return undefined;
  }
}

const waits = ({ metadata, spec }: PersistentVolumeClaim): boolean =>
  !spec.volumeName && metadata.annotations?.[BIND_COMPLETED] === undefined;
