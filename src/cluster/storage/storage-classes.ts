import { storageClassOf } from "../../apis/admission/default-classes.js";
import type { PersistentVolume, PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import type { StorageClass } from "../../apis/types/storage.v1.generated.js";

export const STORAGE_CLASSES = "storageclasses.storage.k8s.io";
const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

/** The class a claim asks for; "" where it asks for a volume without one, or says nothing. */
export const classOfClaim = (claim: PersistentVolumeClaim): string => storageClassOf(claim) ?? "";

/** The class of a volume; "" where it has none. */
export const classOfVolume = ({ metadata, spec }: PersistentVolume): string =>
  metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? "";

const MARKS = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

/**
 * The class that is given where none is named: of several the newest, of those of one second the first by name.
 * https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
 */
export function defaultClass(classes: Iterable<StorageClass>): StorageClass | undefined {
  let best: StorageClass | undefined;
  for (const candidate of classes)
    if (MARKS.some((mark) => candidate.metadata.annotations?.[mark] === "true"))
      if (best === undefined || comesBefore(candidate, best)) best = candidate;
  return best;
}

function comesBefore({ metadata: a }: StorageClass, { metadata: b }: StorageClass): boolean {
  const [young, old] = [a.creationTimestamp ?? "", b.creationTimestamp ?? ""];
  return young === old ? (a.name ?? "") < (b.name ?? "") : young > old;
}
