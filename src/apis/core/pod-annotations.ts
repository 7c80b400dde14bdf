import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import type { PodSpec } from "../types/core.v1.generated.js";
import { validateProfileAnnotations } from "./pod-app-armor.js";

/** https://kubernetes.io/docs/reference/labels-annotations-taints/ */
export const MIRROR = "kubernetes.io/config.mirror";
const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
const TOLERATIONS = "scheduler.alpha.kubernetes.io/tolerations";

export function validatePodAnnotations(
  annotations: Readonly<Record<string, string>>,
  spec: PodSpec,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (annotations[MIRROR] !== undefined && !spec.nodeName)
    errors.invalid(
      at.key(MIRROR),
      annotations[MIRROR],
      "says that a kubelet runs the Pod, and there is no spec.nodeName",
    );
  if (annotations[TOLERATIONS] && !isJsonList(annotations[TOLERATIONS]))
    errors.invalid(at, TOLERATIONS, "is an annotation that holds no list in JSON");
  const cost = annotations[DELETION_COST];
  if (cost !== undefined && !isInt32Text(cost)) errors.invalid(at.key(DELETION_COST), cost, "is no integer of 32 bits");
  validateProfileAnnotations(annotations, spec, at, errors);
}

/** No plus sign, no leading zeros. */
const isInt32Text = (text: string): boolean =>
  /^(0|-?[1-9]\d*)$/.test(text) && Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31;

function isJsonList(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) || value === null;
  } catch {
    return false;
  }
}
