import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { validateAnnotations, validateLabels } from "../meta/object-meta.js";
import type { PersistentVolumeClaimTemplate } from "../types/core.v1.generated.js";
import type { ObjectMeta } from "../types/meta.v1.generated.js";
import { validateClaimSpec } from "./claim-spec.js";

/** https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes */
export function validateClaimTemplate(
  template: PersistentVolumeClaimTemplate,
  at: FieldPath,
  errors: FieldErrors,
): void {
  validateTemplateMeta(template.metadata, at.child("metadata"), errors);
  validateClaimSpec(template.spec, at.child("spec"), errors);
}

/** Metadata of which only labels and annotations are taken over. */
export function validateTemplateMeta(metadata: ObjectMeta, at: FieldPath, errors: FieldErrors): void {
  validateAnnotations(metadata.annotations, at.child("annotations"), errors);
  validateLabels(metadata.labels, at.child("labels"), errors);
  for (const field in metadata)
    if (field !== "annotations" && field !== "labels")
      errors.forbidden(at.child(field), `The metadata of a template has no ${field}, only labels and annotations`);
}
