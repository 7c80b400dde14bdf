import { CLASS_ANNOTATION, DefaultClasses, storageClassOf } from "../../apis/admission/default-classes.js";
import type { PersistentVolume, PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import type { StorageClass } from "../../apis/types/storage.v1.generated.js";

export const STORAGE_CLASSES = "storageclasses.storage.k8s.io";

/** The class a claim asks for; "" where it asks for a volume without one, or says nothing. */
export const classOfClaim = (claim: PersistentVolumeClaim): string => storageClassOf(claim) ?? "";

/** The class of a volume; "" where it has none. */
export const classOfVolume = ({ metadata, spec }: PersistentVolume): string =>
  metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? "";

/**
 * The class that is given where none is named.
 * https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
 */
export function defaultClass(classes: Iterable<StorageClass>): StorageClass | undefined {
  const marked = new DefaultClasses();
  const all = [...classes];
  for (const each of all) marked.add(STORAGE_CLASSES, each);
  const name = marked.of(STORAGE_CLASSES);
  return name === undefined ? undefined : all.find(({ metadata }) => metadata.name === name);
}
