import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { validateAnnotations, validateLabels } from "../meta/object-meta.js";
import type { PodTemplateSpec } from "../types/core.v1.generated.js";
import { validatePodAnnotations } from "./pod-annotations.js";
import { checkProfilesAgree } from "./pod-app-armor.js";
import { setPodSpecDefaults } from "./pod-defaults.js";
import { dropDisabledFields } from "./pod-prepare.js";
import { validatePodSpec } from "./pod-spec.js";

/** The steps of a kind that carries a Pod template, for its template. https://kubernetes.io/docs/concepts/workloads/pods/#pod-templates */
export const setPodTemplateDefaults = (template: PodTemplateSpec, minor: number): void =>
  setPodSpecDefaults(template.spec, minor);

export const preparePodTemplate = (template: PodTemplateSpec, minor: number): void =>
  dropDisabledFields(template.spec, minor);

export function validatePodTemplate(
  template: PodTemplateSpec,
  minor: number,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const { metadata, spec } = template;
  validateLabels(metadata.labels, at.child("labels"), errors);
  validateAnnotations(metadata.annotations, at.child("annotations"), errors);
  validatePodAnnotations(metadata.annotations ?? {}, spec, at.child("annotations"), errors);
  validatePodSpec(spec, { minor, pod: undefined }, at.child("spec"), errors);
  checkProfilesAgree(metadata.annotations ?? {}, spec, at.child("spec"), errors);
  if (spec.ephemeralContainers?.length)
    errors.forbidden(at.child("spec").child("ephemeralContainers"), "A template has no ephemeral containers");
}
