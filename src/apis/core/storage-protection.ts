import type { ObjectMeta } from "../types/meta.v1.generated.js";

/** What was written before there was `storageClassName`. */
export const STORAGE_CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

/**
 * Admission keeps what is in use from being deleted:
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#storage-object-in-use-protection
 */
export function protectFromDeletion(metadata: ObjectMeta, finalizer: string): undefined {
  metadata.finalizers ??= [];
  if (!metadata.finalizers.includes(finalizer)) metadata.finalizers.push(finalizer);
  return undefined;
}
