import { type KindTable, rulesFor } from "../kind-rules.js";
import { VALIDATING_ADMISSION_POLICY } from "./admission-policy.js";
import { VALIDATING_ADMISSION_POLICY_BINDING } from "./policy-binding.js";
import { MUTATING_WEBHOOK_CONFIGURATION, VALIDATING_WEBHOOK_CONFIGURATION } from "./webhook-configuration.js";

const POLICY = rulesFor(VALIDATING_ADMISSION_POLICY);
const BINDING = rulesFor(VALIDATING_ADMISSION_POLICY_BINDING);

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */
export const ADMISSION_REGISTRATION: KindTable = {
  "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration": rulesFor(MUTATING_WEBHOOK_CONFIGURATION),
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy": POLICY,
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding": BINDING,
  "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration": rulesFor(VALIDATING_WEBHOOK_CONFIGURATION),
  "admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicy": POLICY,
  "admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicyBinding": BINDING,
};
