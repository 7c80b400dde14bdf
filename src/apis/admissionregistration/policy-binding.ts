import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { checkForm, dnsSubdomainFault, pathSegmentFault } from "../meta/names.js";
import { checkChoice } from "../meta/values.js";
import type { ParamRef, ValidatingAdmissionPolicyBinding } from "../types/admissionregistration.v1.generated.js";
import { setMatchDefaults, validateMatchResources } from "./match-resources.js";

const SPEC = FieldPath.of("spec");
const NOT_FOUND_ACTIONS = ["Deny", "Allow"];
const ACTIONS = ["Audit", "Deny", "Warn"];

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
export const VALIDATING_ADMISSION_POLICY_BINDING: KindRules<ValidatingAdmissionPolicyBinding> = {
  defaults({ spec }) {
    setMatchDefaults(spec.matchResources);
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors) {
    const { policyName, paramRef, matchResources, validationActions } = spec;
    if (!policyName) errors.required(SPEC.child("policyName"));
    else checkForm(dnsSubdomainFault, policyName, SPEC.child("policyName"), errors);
    if (paramRef !== undefined) validateParamRef(paramRef, SPEC.child("paramRef"), errors);
    if (matchResources !== undefined) validateMatchResources(matchResources, SPEC.child("matchResources"), errors);
    validateActions(validationActions ?? [], SPEC.child("validationActions"), errors);
  },
};

function validateParamRef(reference: ParamRef, at: FieldPath, errors: FieldErrors): void {
  const { name, selector, parameterNotFoundAction } = reference;
  if (name) checkForm(pathSegmentFault, name, at.child("name"), errors);
  validateLabelSelector(selector, at.child("selector"), errors);
  if (name && selector !== undefined)
    for (const field of ["name", "selector"])
      errors.forbidden(at.child(field), "Parameters are found by name or by selector, not by both");
  if (!name && selector === undefined) errors.required(at, "parameters are found by name or by selector");
  checkChoice(parameterNotFoundAction ?? "", NOT_FOUND_ACTIONS, at.child("parameterNotFoundAction"), errors, {
    required: true,
  });
}

function validateActions(actions: readonly string[], at: FieldPath, errors: FieldErrors): void {
  actions.forEach((action, i) => {
    checkChoice(action, ACTIONS, at.index(i), errors);
    if (actions.indexOf(action) < i) errors.duplicate(at.index(i), action);
  });
  if (actions.includes("Deny") && actions.includes("Warn"))
    errors.invalid(at, undefined, "has both Deny and Warn, which would say the same twice");
  if (actions.length === 0) errors.required(at, "a binding does something about what a policy finds");
}
