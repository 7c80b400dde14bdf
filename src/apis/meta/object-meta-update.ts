import type { ObjectMeta } from "../types/meta.v1.generated.js";
import type { FieldErrors } from "./field-errors.js";
import { pathSegmentFault } from "./names.js";
import { METADATA, validateObjectMeta } from "./object-meta.js";
import { isSameValue } from "./same-value.js";

const FIXED = ["name", "namespace", "uid", "creationTimestamp"] as const;

/**
 * What the server keeps of the stored object's metadata, whatever an update says; what an update may leave out is filled in.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/
 */
export function keepMetadata(metadata: ObjectMeta, old: ObjectMeta): void {
  for (const field of ["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"] as const)
    if (old[field] === undefined) delete metadata[field];
    else Object.assign(metadata, { [field]: old[field] });
  if (old.uid !== undefined) metadata.uid = old.uid;
  if (old.generation === undefined) delete metadata.generation;
  else metadata.generation = old.generation;
}

/** Of an object that is not being deleted, an update cannot say that it is; nor when it is to be gone. */
export function checkDeletion(
  { deletionTimestamp, deletionGracePeriodSeconds: grace }: ObjectMeta,
  old: ObjectMeta,
  errors: FieldErrors,
): void {
  const why = "is written by the server alone";
  if (deletionTimestamp && old.deletionTimestamp === undefined)
    errors.invalid(METADATA.child("deletionTimestamp"), deletionTimestamp, why);
  if (grace !== undefined && grace !== old.deletionGracePeriodSeconds)
    errors.invalid(METADATA.child("deletionGracePeriodSeconds"), grace, why);
}

/** What metadata has to be after an update, beside what its own kind asks of it. */
export function validateMetadataUpdate(
  metadata: ObjectMeta,
  old: ObjectMeta,
  namespaced: boolean,
  errors: FieldErrors,
): void {
  validateObjectMeta(metadata, namespaced, pathSegmentFault, METADATA, errors, { anyFinalizer: true });
  for (const field of FIXED)
    if (!isSameValue(metadata[field], old[field]))
      errors.invalid(METADATA.child(field), metadata[field], "is not what is stored, and cannot change");
  if (old.deletionTimestamp === undefined) return;
  const added = (metadata.finalizers ?? []).filter((finalizer) => !old.finalizers?.includes(finalizer));
  if (added.length > 0)
    errors.forbidden(METADATA.child("finalizers"), "An object that is being deleted gets no more finalizers");
}
