import { isIdentifier } from "../cel/syntax.js";
import { BOOL, NULL, STRING } from "../cel/types.js";
import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, dns1035LabelFault, dnsSubdomainFault, qualifiedNameFault } from "../meta/names.js";
import { checkChoice } from "../meta/values.js";
import type {
  AuditAnnotation,
  ParamKind,
  ValidatingAdmissionPolicy,
  Validation,
  Variable,
} from "../types/admissionregistration.v1.generated.js";
import { checkExpressionField, type PolicyScopes, policyScopes, typeOfVariable } from "./expressions.js";
import { validateMatchConditions } from "./match-conditions.js";
import { FAILURE_POLICIES, setMatchDefaults, validateMatchResources } from "./match-resources.js";

const SPEC = FieldPath.of("spec");
const REASONS = ["Forbidden", "Invalid", "RequestEntityTooLarge"];
const MOST_ANNOTATIONS = 20;
const LONGEST_VALUE_EXPRESSION = 5 * 1024;
/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
export const VALIDATING_ADMISSION_POLICY: KindRules<ValidatingAdmissionPolicy> = {
  defaults({ spec }) {
    spec.failurePolicy ??= "Fail";
    setMatchDefaults(spec.matchConstraints);
  },
  nameForm: dnsSubdomainFault,
  validate({ metadata, spec }, errors) {
    const { failurePolicy, paramKind, matchConstraints, variables, validations = [], auditAnnotations = [] } = spec;
    if (failurePolicy !== undefined) checkChoice(failurePolicy, FAILURE_POLICIES, SPEC.child("failurePolicy"), errors);
    if (paramKind !== undefined) validateParamKind(paramKind, SPEC.child("paramKind"), errors);
    const matchAt = SPEC.child("matchConstraints");
    if (matchConstraints === undefined) errors.required(matchAt, "a policy says what it is asked about");
    else {
      validateMatchResources(matchConstraints, matchAt, errors);
      if (!matchConstraints.resourceRules?.length) errors.required(matchAt.child("resourceRules"));
    }
    const scopes = policyScopes(spec);
    validateMatchConditions(spec.matchConditions, scopes.matching, SPEC.child("matchConditions"), errors);
    variables?.forEach((variable, i) => {
      validateVariable(variable, scopes, SPEC.child("variables").index(i), errors);
    });
    if (validations.length === 0 && auditAnnotations.length === 0)
      for (const field of ["validations", "auditAnnotations"])
        errors.required(SPEC.child(field), "a policy has validations or auditAnnotations");
    validations.forEach((item, i) => {
      validateValidation(item, scopes, SPEC.child("validations").index(i), errors);
    });
    validateAnnotations(metadata.name ?? "", auditAnnotations, scopes, SPEC.child("auditAnnotations"), errors);
  },
};

function validateParamKind({ apiVersion, kind }: ParamKind, at: FieldPath, errors: FieldErrors): void {
  const versionAt = at.child("apiVersion");
  if (!apiVersion) errors.required(versionAt);
  else validateGroupVersion(apiVersion, versionAt, errors);
  if (!kind) errors.required(at.child("kind"));
  else {
    const fault = dns1035LabelFault(kind.toLowerCase());
    if (fault !== undefined) errors.invalid(at.child("kind"), kind, `in lower case, ${fault}`);
  }
}

function validateGroupVersion(apiVersion: string, at: FieldPath, errors: FieldErrors): void {
  const parts = apiVersion.split("/");
  if (parts.length > 2) {
    errors.invalid(at, apiVersion, "is not a group and a version");
    return;
  }
  const version = parts.at(-1)!;
  const group = parts.length === 2 ? parts[0]! : "";
  if (group !== "") checkForm(dnsSubdomainFault, group, at, errors);
  if (version === "") errors.invalid(at, apiVersion, "names no version");
  else checkForm(dns1035LabelFault, version, at, errors);
}

/** A variable is known to all that comes after it. */
function validateVariable(
  { name, expression }: Variable,
  scopes: PolicyScopes,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (name.trim() === "") errors.required(at.child("name"));
  else if (!isIdentifier(name)) errors.invalid(at.child("name"), name, "is no identifier of CEL");
  const type = checkExpressionField(expression, scopes.validating, undefined, at.child("expression"), errors);
  if (type !== undefined) scopes.variables.set(name, typeOfVariable(type));
}

function validateValidation(validation: Validation, scopes: PolicyScopes, at: FieldPath, errors: FieldErrors): void {
  const { expression, messageExpression, message, reason } = validation;
  checkExpressionField(expression, scopes.validating, [BOOL], at.child("expression"), errors);
  const messageAt = at.child("messageExpression");
  if (messageExpression && messageExpression.trim() === "") errors.invalid(messageAt, messageExpression, "is blank");
  else if (messageExpression) checkExpressionField(messageExpression, scopes.wording, [STRING], messageAt, errors);
  if (message) {
    if (message.trim() === "") errors.invalid(at.child("message"), message, "is blank");
    else if (/[\n\r]/.test(message.trim())) errors.invalid(at.child("message"), message, "has a line break");
  }
  if (reason !== undefined) checkChoice(reason, REASONS, at.child("reason"), errors);
}

/** The key in the audit event is the policy's name, a slash, and the key here. */
function validateAnnotations(
  policy: string,
  annotations: readonly AuditAnnotation[],
  scopes: PolicyScopes,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (annotations.length > MOST_ANNOTATIONS)
    errors.invalid(at, undefined, `has ${annotations.length} items, and at most ${MOST_ANNOTATIONS} are allowed`);
  const keys = new Set<string>();
  annotations.forEach(({ key, valueExpression }, i) => {
    const keyAt = at.index(i).child("key");
    if (policy === "") errors.invalid(keyAt, key, "is joined with the policy's name, and there is none");
    else {
      const fault = qualifiedNameFault(`${policy}/${key}`);
      if (fault !== undefined) errors.invalid(keyAt, key, `after the policy's name and a slash, ${fault}`);
    }
    const expressionAt = at.index(i).child("valueExpression");
    const expression = valueExpression.trim();
    if (byteLength(expression) > LONGEST_VALUE_EXPRESSION)
      errors.required(expressionAt, `at most ${LONGEST_VALUE_EXPRESSION} bytes are allowed`);
    else checkExpressionField(expression, scopes.validating, [STRING, NULL], expressionAt, errors);
    if (keys.has(key)) errors.duplicate(keyAt, key);
    keys.add(key);
  });
}
