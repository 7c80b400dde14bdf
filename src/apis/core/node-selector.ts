import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsSubdomainFault, labelValueFault, qualifiedNameFault } from "../meta/names.js";
import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from "../types/core.v1.generated.js";

/** https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity */
export function validateNodeSelector({ nodeSelectorTerms }: NodeSelector, at: FieldPath, errors: FieldErrors): void {
  const path = at.child("nodeSelectorTerms");
  if (!nodeSelectorTerms?.length) errors.required(path, "a selector has a term");
  else nodeSelectorTerms.forEach((term, i) => void validateNodeSelectorTerm(term, path.index(i), errors));
}

export function validateNodeSelectorTerm(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  at: FieldPath,
  errors: FieldErrors,
  { invalidValuesAllowed = false }: { invalidValuesAllowed?: boolean } = {},
): void {
  matchExpressions.forEach((requirement, i) => {
    const item = at.child("matchExpressions").index(i);
    checkOperator(requirement, item, errors);
    checkForm(qualifiedNameFault, requirement.key, item.child("key"), errors);
    if (!invalidValuesAllowed)
      requirement.values?.forEach(
        (value, j) => void checkForm(labelValueFault, value, item.child("values").index(j), errors),
      );
  });
  matchFields.forEach(({ key, operator, values = [] }, i) => {
    const item = at.child("matchFields").index(i);
    if (operator !== "In" && operator !== "NotIn")
      errors.invalid(item.child("operator"), operator, "is not In or NotIn, the operators for fields");
    else if (values.length !== 1) errors.required(item.child("values"), "a field is compared with one value");
    if (key !== "metadata.name")
      errors.invalid(item.child("key"), key, "is not metadata.name, the only field known here");
    else values.forEach((value, j) => void checkForm(dnsSubdomainFault, value, item.child("values").index(j), errors));
  });
}

function checkOperator({ operator, values = [] }: NodeSelectorRequirement, at: FieldPath, errors: FieldErrors): void {
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length === 0) errors.required(at.child("values"), `operator ${operator} compares with values`);
      break;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) errors.forbidden(at.child("values"), `Operator ${operator} takes no values`);
      break;
    case "Gt":
    case "Lt":
      if (values.length !== 1) errors.required(at.child("values"), `operator ${operator} compares with one value`);
      break;
    default:
      errors.invalid(at.child("operator"), operator, "is not one of In, NotIn, Exists, DoesNotExist, Gt, Lt");
  }
}
