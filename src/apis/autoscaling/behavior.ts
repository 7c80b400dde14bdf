import { checkAmountNotNegative } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkChoice, checkRange } from "../meta/values.js";
import type {
  HorizontalPodAutoscalerBehavior,
  HPAScalingPolicy,
  HPAScalingRules,
} from "../types/autoscaling.v2.generated.js";

const SELECT_POLICIES = ["Disabled", "Max", "Min"];
const POLICY_TYPES = ["Percent", "Pods"];
const LONGEST_WINDOW = 3600;
const LONGEST_PERIOD = 1800;
const MOST = 2 ** 31 - 1;

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#default-behavior */
const DEFAULT_RULES = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Pods", value: 4, periodSeconds: 15 },
      { type: "Percent", value: 100, periodSeconds: 15 },
    ],
  },
  // How long it waits before it scales down is the controller's choice.
  scaleDown: { selectPolicy: "Max", policies: [{ type: "Percent", value: 100, periodSeconds: 15 }] },
} satisfies HorizontalPodAutoscalerBehavior;
const DIRECTIONS = ["scaleUp", "scaleDown"] as const;

export function setBehaviorDefaults(behavior: HorizontalPodAutoscalerBehavior): void {
  for (const direction of DIRECTIONS)
    behavior[direction] = { ...structuredClone(DEFAULT_RULES[direction]), ...behavior[direction] };
}

export function validateBehavior(behavior: HorizontalPodAutoscalerBehavior, at: FieldPath, errors: FieldErrors): void {
  for (const direction of DIRECTIONS) {
    const rules = behavior[direction];
    if (rules !== undefined) validateRules(rules, at.child(direction), errors);
  }
}

function validateRules(rules: HPAScalingRules, at: FieldPath, errors: FieldErrors): void {
  const { stabilizationWindowSeconds, selectPolicy, policies = [], tolerance } = rules;
  if (stabilizationWindowSeconds !== undefined)
    checkRange(stabilizationWindowSeconds, 0, LONGEST_WINDOW, at.child("stabilizationWindowSeconds"), errors);
  if (selectPolicy !== undefined) checkChoice(selectPolicy, SELECT_POLICIES, at.child("selectPolicy"), errors);
  if (policies.length === 0) errors.required(at.child("policies"), "rules have a policy");
  policies.forEach((policy, i) => void validatePolicy(policy, at.child("policies").index(i), errors));
  if (tolerance !== undefined) checkAmountNotNegative(tolerance, at.child("tolerance"), errors);
}

function validatePolicy({ type, value, periodSeconds }: HPAScalingPolicy, at: FieldPath, errors: FieldErrors): void {
  checkChoice(type, POLICY_TYPES, at.child("type"), errors);
  checkRange(value, 1, MOST, at.child("value"), errors);
  checkRange(periodSeconds, 1, LONGEST_PERIOD, at.child("periodSeconds"), errors);
}
