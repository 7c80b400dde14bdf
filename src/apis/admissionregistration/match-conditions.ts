import type { Scope } from "../cel/check.js";
import { BOOL } from "../cel/types.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, qualifiedNameFault } from "../meta/names.js";
import type { MatchCondition } from "../types/admissionregistration.v1.generated.js";
import { checkExpressionField } from "./expressions.js";

const MOST = 64;

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-matchconditions */
export function validateMatchConditions(
  conditions: readonly MatchCondition[] | undefined,
  scope: Scope,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (conditions === undefined) return;
  if (conditions.length > MOST) errors.tooMany(at, conditions.length, MOST);
  const names = new Set<string>();
  conditions.forEach(({ name, expression }, i) => {
    checkExpressionField(expression, scope, [BOOL], at.index(i).child("expression"), errors);
    const nameAt = at.index(i).child("name");
    if (name === "") {
      errors.required(nameAt);
      return;
    }
    checkForm(qualifiedNameFault, name, nameAt, errors);
    if (names.has(name)) errors.duplicate(nameAt, name);
    names.add(name);
  });
}
