import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, qualifiedNameFault } from "../meta/names.js";
import { checkChoice } from "../meta/values.js";
import type {
  JobSpec,
  PodFailurePolicy,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
} from "../types/batch.v1.generated.js";

const MOST_RULES = 20;
const MOST_CODES = 255;
const ACTIONS = ["Count", "FailIndex", "FailJob", "Ignore"];

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy */
export function validateFailurePolicy(
  spec: JobSpec,
  policy: PodFailurePolicy,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const { containers, initContainers = [] } = spec.template.spec;
  const names = new Set([...(containers ?? []), ...initContainers].map(({ name }) => name));
  const rules = policy.rules ?? [];
  const path = at.child("rules");
  if (rules.length > MOST_RULES) errors.tooMany(path, rules.length, MOST_RULES);
  rules.forEach((rule, i) => void validateRule(rule, spec, names, path.index(i), errors));
}

function validateRule(
  rule: PodFailurePolicyRule,
  spec: JobSpec,
  names: ReadonlySet<string>,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const { action, onExitCodes, onPodConditions } = rule;
  if (action === "FailIndex") {
    if (spec.backoffLimitPerIndex === undefined)
      errors.invalid(at.child("action"), action, "needs a backoffLimitPerIndex");
  } else checkChoice(action, ACTIONS, at.child("action"), errors, { required: true });
  if (onExitCodes !== undefined) validateExitCodes(onExitCodes, names, at.child("onExitCodes"), errors);
  if (onPodConditions?.length) validateConditions(onPodConditions, at.child("onPodConditions"), errors);
  const count = (onExitCodes === undefined ? 0 : 1) + (onPodConditions?.length ? 1 : 0);
  if (count !== 1) errors.invalid(at, undefined, "has not one of onExitCodes and onPodConditions");
}

function validateConditions(
  conditions: readonly PodFailurePolicyOnPodConditionsPattern[],
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (conditions.length > MOST_RULES) errors.tooMany(at, conditions.length, MOST_RULES);
  conditions.forEach(({ type, status }, i) => {
    checkForm(qualifiedNameFault, type, at.index(i).child("type"), errors);
    checkChoice(status ?? "", ["False", "True", "Unknown"], at.index(i).child("status"), errors, { required: true });
  });
}

function validateExitCodes(
  { operator, containerName, values }: PodFailurePolicyOnExitCodesRequirement,
  names: ReadonlySet<string>,
  at: FieldPath,
  errors: FieldErrors,
): void {
  checkChoice(operator, ["In", "NotIn"], at.child("operator"), errors, { required: true });
  if (containerName !== undefined && !names.has(containerName))
    errors.invalid(at.child("containerName"), containerName, "is no container of the template");
  const path = at.child("values");
  if (!values?.length) errors.invalid(path, undefined, "names no exit code");
  else if (values.length > MOST_CODES) errors.tooMany(path, values.length, MOST_CODES);
  const seen = new Set<number>();
  let ordered = true;
  values?.forEach((value, i) => {
    if (operator === "In" && value === 0) errors.invalid(path.index(i), value, "is success, and no failure");
    if (seen.has(value)) errors.duplicate(path.index(i), value);
    seen.add(value);
    if (i > 0 && value < values[i - 1]!) ordered = false;
  });
  if (!ordered) errors.invalid(path, undefined, "is not in ascending order");
}
