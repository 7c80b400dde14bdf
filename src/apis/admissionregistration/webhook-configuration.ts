import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { checkFullyQualifiedName } from "../meta/domain-names.js";
import { dropField } from "../meta/drop-field.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkChoice, checkRange } from "../meta/values.js";
import { setServiceDefaults, validateReviewVersions, validateWebhookTarget } from "../meta/webhook-targets.js";
import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from "../types/admissionregistration.v1.generated.js";
import { REQUEST_SCOPE } from "./expressions.js";
import { validateMatchConditions } from "./match-conditions.js";
import { FAILURE_POLICIES, MATCH_POLICIES } from "./match-resources.js";
import { setRuleDefaults, validateRule } from "./resource-rules.js";

const WEBHOOKS = FieldPath.of("webhooks");
const SIDE_EFFECTS = ["None", "NoneOnDryRun"];
const REINVOCATION_POLICIES = ["IfNeeded", "Never"];
const LONGEST_TIMEOUT = 30;

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */
export const VALIDATING_WEBHOOK_CONFIGURATION: KindRules<ValidatingWebhookConfiguration> = {
  defaults({ webhooks }) {
    webhooks?.forEach(setWebhookDefaults);
  },
  prepare: ({ webhooks }, { minor }) => dropConditions(webhooks, minor),
  nameForm: dnsSubdomainFault,
  validate({ webhooks = [] }, errors) {
    validateWebhooks(webhooks, errors);
  },
};

export const MUTATING_WEBHOOK_CONFIGURATION: KindRules<MutatingWebhookConfiguration> = {
  defaults({ webhooks }) {
    for (const webhook of webhooks ?? []) {
      setWebhookDefaults(webhook);
      webhook.reinvocationPolicy ??= "Never";
    }
  },
  prepare: ({ webhooks }, { minor }) => dropConditions(webhooks, minor),
  nameForm: dnsSubdomainFault,
  validate({ webhooks = [] }, errors) {
    validateWebhooks(webhooks, errors);
    webhooks.forEach(({ reinvocationPolicy }, i) => {
      if (reinvocationPolicy === undefined) return;
      checkChoice(reinvocationPolicy, REINVOCATION_POLICIES, WEBHOOKS.index(i).child("reinvocationPolicy"), errors);
    });
  },
};

function dropConditions(webhooks: readonly (ValidatingWebhook | MutatingWebhook)[] = [], minor: number): void {
  if (isOn("AdmissionWebhookMatchConditions", minor)) return;
  for (const webhook of webhooks) dropField(webhook, "matchConditions");
}

function setWebhookDefaults(webhook: ValidatingWebhook | MutatingWebhook): void {
  webhook.failurePolicy ??= "Fail";
  webhook.matchPolicy ??= "Equivalent";
  webhook.namespaceSelector ??= {};
  webhook.objectSelector ??= {};
  webhook.timeoutSeconds ??= 10;
  setServiceDefaults(webhook.clientConfig.service);
  setRuleDefaults(webhook.rules);
}

function validateWebhooks(webhooks: readonly (ValidatingWebhook | MutatingWebhook)[], errors: FieldErrors): void {
  const names = new Set<string>();
  webhooks.forEach((webhook, i) => {
    const at = WEBHOOKS.index(i);
    validateWebhook(webhook, at, errors);
    validateReviewVersions(webhook.admissionReviewVersions, at.child("admissionReviewVersions"), errors);
    if (names.has(webhook.name)) errors.duplicate(at.child("name"), webhook.name);
    else if (webhook.name !== "") names.add(webhook.name);
  });
}

function validateWebhook(webhook: ValidatingWebhook | MutatingWebhook, at: FieldPath, errors: FieldErrors): void {
  const { name, rules, failurePolicy, matchPolicy, sideEffects, timeoutSeconds } = webhook;
  checkFullyQualifiedName(name, at.child("name"), errors);
  rules?.forEach((rule, i) => void validateRule(rule, at.child("rules").index(i), errors));
  if (failurePolicy !== undefined) checkChoice(failurePolicy, FAILURE_POLICIES, at.child("failurePolicy"), errors);
  if (matchPolicy !== undefined) checkChoice(matchPolicy, MATCH_POLICIES, at.child("matchPolicy"), errors);
  if (sideEffects === undefined)
    errors.required(at.child("sideEffects"), `one of ${SIDE_EFFECTS.join(", ")} is needed`);
  else checkChoice(sideEffects, SIDE_EFFECTS, at.child("sideEffects"), errors);
  if (timeoutSeconds !== undefined) checkRange(timeoutSeconds, 1, LONGEST_TIMEOUT, at.child("timeoutSeconds"), errors);
  validateLabelSelector(webhook.namespaceSelector, at.child("namespaceSelector"), errors);
  validateLabelSelector(webhook.objectSelector, at.child("objectSelector"), errors);
  validateWebhookTarget(webhook.clientConfig, at.child("clientConfig"), errors);
  validateMatchConditions(webhook.matchConditions, REQUEST_SCOPE, at.child("matchConditions"), errors);
}
