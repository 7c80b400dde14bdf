import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import type { ValidationRule } from "../types/apiextensions.v1.generated.js";
import { findField } from "./schema-fields.js";
import type { Schema } from "./schema-node.js";
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

const STRINGS = /[rRbB]{0,2}("""[\s\S]*?"""|'''[\s\S]*?'''|"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])*')|\/\/[^\n]*/g;
const OLD_SELF = /(^|[^\w.])oldSelf(?!\w)/;

/** Whether an expression compares with the value before, going by its words; strings and comments do not count. */
const usesOldSelf = (rule: string): boolean => OLD_SELF.test(rule.replace(STRINGS, '""'));

/**
 * Reports rules that compare with a value before where there is none to find: in lists and maps whose items have no
 * identity, of which `unrelated` is the outermost.
 */
export function validateTransitions(
  schema: Schema,
  unrelated: FieldPath | undefined,
  at: FieldPath,
  errors: FieldErrors,
): void {
  schema[RULES]?.forEach(({ rule, optionalOldSelf }, i) => {
    if (rule.trim() === "") return;
    const ruleAt = at.child(RULES).index(i);
    if (!usesOldSelf(rule)) {
      if (optionalOldSelf !== undefined)
        errors.invalid(ruleAt.child("optionalOldSelf"), optionalOldSelf, "is set, and the rule does not use oldSelf");
    } else if (unrelated !== undefined)
      errors.invalid(ruleAt.child("rule"), rule, `uses oldSelf, and no value before is known within ${unrelated}`);
  });
}
