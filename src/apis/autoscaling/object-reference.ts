import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, pathSegmentFault } from "../meta/names.js";
import type { CrossVersionObjectReference } from "../types/autoscaling.v2.generated.js";

/** From here on the server looks at the apiVersion in references. */
const GROUPS_CHECKED_SINCE = 34;

export function validateReference(reference: CrossVersionObjectReference, at: FieldPath, errors: FieldErrors): void {
  for (const field of ["kind", "name"] as const) {
    if (reference[field] === "") errors.required(at.child(field));
    else checkForm(pathSegmentFault, reference[field], at.child(field), errors);
  }
}

/** Without a group the core one is meant, in which little scales. */
export function checkHasGroup(
  { apiVersion = "" }: CrossVersionObjectReference,
  coreAllowed: boolean,
  reference: FieldPath,
  errors: FieldErrors,
  minor: number,
): void {
  if (minor < GROUPS_CHECKED_SINCE) return;
  const at = reference.child("apiVersion");
  const parts = apiVersion.split("/");
  if (parts.length > 2 && apiVersion !== "/") errors.invalid(at, apiVersion, "has more than one slash");
  else if (!coreAllowed && (parts.length === 1 || parts[0] === ""))
    errors.invalid(at, apiVersion, "names no API group, as apps/v1 does");
}
