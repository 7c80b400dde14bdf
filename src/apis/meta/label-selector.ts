import type { LabelSelector, LabelSelectorRequirement } from "../types/meta.v1.generated.js";
import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";
import { checkForm, labelValueFault, qualifiedNameFault } from "./names.js";
import { validateLabels } from "./object-meta.js";

interface SelectorOptions {
  readonly invalidValuesAllowed?: boolean;
  /** For requirements that only name what somebody else asked for. */
  readonly unknownOperatorsAllowed?: boolean;
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export function validateLabelSelector(
  selector: LabelSelector | undefined,
  at: FieldPath,
  errors: FieldErrors,
  options: SelectorOptions = {},
): void {
  if (selector === undefined) return;
  validateLabels(selector.matchLabels, at.child("matchLabels"), errors);
  selector.matchExpressions?.forEach((requirement, i) => {
    validateLabelRequirement(requirement, at.child("matchExpressions").index(i), errors, options);
  });
}

/** One expression of a selector. */
export function validateLabelRequirement(
  { key, operator, values = [] }: LabelSelectorRequirement,
  at: FieldPath,
  errors: FieldErrors,
  { invalidValuesAllowed = false, unknownOperatorsAllowed = false }: SelectorOptions = {},
): void {
  if (!checkOperatorValues(operator, values, at, errors) && !unknownOperatorsAllowed)
    errors.invalid(at.child("operator"), operator, "is not one of In, NotIn, Exists, DoesNotExist");
  checkForm(qualifiedNameFault, key, at.child("key"), errors);
  if (!invalidValuesAllowed)
    values.forEach((value, i) => void checkForm(labelValueFault, value, at.child("values").index(i), errors));
}

/** Reports values that are missing or of no use to the operator; answers whether the operator is a known one. */
export function checkOperatorValues(
  operator: string,
  values: readonly string[],
  at: FieldPath,
  errors: FieldErrors,
): boolean {
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length === 0) errors.required(at.child("values"), `operator ${operator} compares with values`);
      return true;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) errors.forbidden(at.child("values"), `Operator ${operator} takes no values`);
      return true;
    default:
      return false;
  }
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
