import type { LabelSelector } from "../types/meta.v1.generated.js";
import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";
import { checkForm, labelValueFault, qualifiedNameFault } from "./names.js";
import { validateLabels } from "./object-meta.js";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export function validateLabelSelector(
  selector: LabelSelector | undefined,
  at: FieldPath,
  errors: FieldErrors,
  { invalidValuesAllowed = false }: { invalidValuesAllowed?: boolean } = {},
): void {
  if (selector === undefined) return;
  validateLabels(selector.matchLabels, at.child("matchLabels"), errors);
  selector.matchExpressions?.forEach(({ key, operator, values = [] }, i) => {
    const item = at.child("matchExpressions").index(i);
    switch (operator) {
      case "In":
      case "NotIn":
        if (values.length === 0) errors.required(item.child("values"), `operator ${operator} compares with values`);
        break;
      case "Exists":
      case "DoesNotExist":
        if (values.length > 0) errors.forbidden(item.child("values"), `Operator ${operator} takes no values`);
        break;
      default:
        errors.invalid(item.child("operator"), operator, "is not one of In, NotIn, Exists, DoesNotExist");
    }
    checkForm(qualifiedNameFault, key, item.child("key"), errors);
    if (!invalidValuesAllowed)
      values.forEach((value, j) => {
        checkForm(labelValueFault, value, item.child("values").index(j), errors);
      });
  });
}

/** A selector that selects nothing in particular: absent, or with neither labels nor expressions. */
export const isEmptySelector = (selector: LabelSelector | undefined): boolean =>
  selector === undefined ||
  (Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions?.length ?? 0) === 0);

/** Whether labels match; false for a selector that does not validate. */
export function selectorMatches(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  for (const [name, value] of Object.entries(selector.matchLabels ?? {})) if (labels[name] !== value) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const has = Object.hasOwn(labels, key);
    switch (operator) {
      case "In":
        return has && values.includes(labels[key]!);
      case "NotIn":
        return !has || !values.includes(labels[key]!);
      case "Exists":
        return has;
      case "DoesNotExist":
        return !has;
      default:
        return false;
    }
  });
}
