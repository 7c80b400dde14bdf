import { expressionFault, type Scope, usesName } from "../cel/check.js";
import { BOOL, type CelType, optionalOf, STRING, UNKNOWN } from "../cel/types.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import type { ValidationRule } from "../types/apiextensions.v1.generated.js";
import type { Cardinality, RuleCosts } from "./rule-costs.js";
import { findField } from "./schema-fields.js";
import type { Schema } from "./schema-node.js";
import { typeOfSchema } from "./schema-types.js";
import { usesUnsupported } from "./structural-schema.js";

const RULES = "x-kubernetes-validations";
const REASONS = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];
const LINE_BREAK = /[\n\r]/;

/** What surrounds the expressions of a schema: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules */
export function validateRuleFields(schema: Schema, at: FieldPath, errors: FieldErrors): void {
  schema[RULES]?.forEach((rule, i) => void validateRule(rule, schema, at.child(RULES).index(i), errors));
}

function validateRule(item: ValidationRule, schema: Schema, at: FieldPath, errors: FieldErrors): void {
  const { rule, message = "", messageExpression, reason, fieldPath } = item;
  const messageAt = at.child("message");
  if (rule.trim() === "") errors.required(at.child("rule"));
  else if (message !== "" && message.trim() === "") errors.invalid(messageAt, message, "is blank");
  else if (LINE_BREAK.test(message.trim())) errors.invalid(messageAt, message, "has a line break");
  else if (LINE_BREAK.test(rule.trim()) && message.trim() === "")
    errors.required(messageAt, "a rule of several lines has a message");
  if (messageExpression && messageExpression.trim() === "")
    errors.required(at.child("messageExpression"), "what is given is blank");
  if (reason !== undefined && !REASONS.includes(reason)) errors.notSupported(at.child("reason"), reason, REASONS);
  if (!fieldPath) return;
  const pathAt = at.child("fieldPath");
  if (fieldPath.trim() === "") errors.invalid(pathAt, fieldPath, "is blank");
  if (LINE_BREAK.test(fieldPath)) errors.invalid(pathAt, fieldPath, "has a line break");
  if (!usesUnsupported(schema) && findField(fieldPath, schema, { quoted: true }) === undefined)
    errors.invalid(pathAt, fieldPath, "leads to no field of the schema");
}

/** Where expressions stand. */
export interface RulePlace {
  readonly isResource: boolean;
  readonly costs: RuleCosts;
  readonly within: Cardinality;
  /** The outermost list or map around whose items have no identity over time. */
  readonly unrelated?: FieldPath;
}

/** Reports expressions that are wrong, and those that compare with a value before where there is none to find. */
export function validateExpressions(schema: Schema, place: RulePlace, at: FieldPath, errors: FieldErrors): void {
  const rules = schema[RULES] ?? [];
  if (rules.length === 0) return;
  const type = typeOfSchema(schema, place.isResource, at) ?? UNKNOWN;
  rules.forEach((rule, i) => {
    const ruleAt = at.child(RULES).index(i);
    const isSound = validateExpression(rule, type, place.unrelated, ruleAt, errors);
    if (isSound) place.costs.observe(rule, schema, place.isResource, place.within, ruleAt, errors);
  });
}

/** Answers whether nothing is wrong. */
function validateExpression(
  { rule, messageExpression, optionalOldSelf }: ValidationRule,
  self: CelType,
  unrelated: FieldPath | undefined,
  at: FieldPath,
  errors: FieldErrors,
): boolean {
  const before = errors.causes.length;
  const scope = ruleScope(self, optionalOldSelf === true);
  const fault = expressionFault(rule, scope, [BOOL]);
  if (fault !== undefined) errors.invalid(at.child("rule"), rule, fault);
  else if (messageExpression) {
    const messageFault = expressionFault(messageExpression, scope, [STRING]);
    if (messageFault !== undefined) errors.invalid(at.child("messageExpression"), messageExpression, messageFault);
  }
  if (fault !== undefined || !usesName(rule, "oldSelf")) {
    if (optionalOldSelf !== undefined)
      errors.invalid(at.child("optionalOldSelf"), optionalOldSelf, "is set, and the rule does not use oldSelf");
  } else if (unrelated !== undefined)
    errors.invalid(at.child("rule"), rule, `uses oldSelf, and no value before is known within ${unrelated}`);
  return errors.causes.length === before;
}

const ruleScope = (self: CelType, optional: boolean): Scope =>
  new Map([
    ["self", self],
    ["oldSelf", optional ? optionalOf(self) : self],
  ]);

/** Whether a default could not be validated because a rule for it is no expression. */
export function hasBrokenRule(schema: Schema, isResource: boolean, at: FieldPath): boolean {
  const rules = schema[RULES] ?? [];
  if (rules.length === 0) return false;
  const type = typeOfSchema(schema, isResource, at) ?? UNKNOWN;
  return rules.some(
    ({ rule, optionalOldSelf }) =>
      expressionFault(rule, ruleScope(type, optionalOldSelf === true), [BOOL]) !== undefined,
  );
}
