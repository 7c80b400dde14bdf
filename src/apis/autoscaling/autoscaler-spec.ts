import { isOn } from "../feature-gates.js";
import { checkAmountNotNegative } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkChoice, checkPositive, checkRange } from "../meta/values.js";
import type { HorizontalPodAutoscalerSpec, HPAScalingRules } from "../types/autoscaling.v2.generated.js";
import { validateMetric } from "./metrics.js";
import { checkHasGroup, validateReference } from "./object-reference.js";

const SPEC = FieldPath.of("spec");
const METRICS = SPEC.child("metrics");
const DEFAULT_CPU_UTILIZATION = 80;
const LONGEST_PERIOD = 1800;
const LONGEST_WINDOW = 3600;
const SELECT_POLICIES = ["Disabled", "Max", "Min"];
const POLICY_TYPES = ["Percent", "Pods"];
const DIRECTIONS = ["scaleUp", "scaleDown"] as const;

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#default-behavior */
const DEFAULT_RULES: Readonly<Record<(typeof DIRECTIONS)[number], () => HPAScalingRules>> = {
  scaleUp: () => ({
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Pods", value: 4, periodSeconds: 15 },
      { type: "Percent", value: 100, periodSeconds: 15 },
    ],
  }),
  scaleDown: () => ({ selectPolicy: "Max", policies: [{ type: "Percent", value: 100, periodSeconds: 15 }] }),
};

/** Without metrics, CPU is looked at; where there is a behavior, it is filled in as a whole. */
export function setSpecDefaults(spec: HorizontalPodAutoscalerSpec): void {
  spec.minReplicas ??= 1;
  if (!spec.metrics?.length)
    spec.metrics = [
      {
        type: "Resource",
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: DEFAULT_CPU_UTILIZATION } },
      },
    ];
  const { behavior } = spec;
  if (behavior === undefined) return;
  for (const direction of DIRECTIONS) {
    const defaults = DEFAULT_RULES[direction]();
    behavior[direction] ??= defaults;
    const rules = behavior[direction];
    for (const field of ["stabilizationWindowSeconds", "selectPolicy", "policies"] as const)
      if (rules[field] === undefined && defaults[field] !== undefined)
        Object.assign(rules, { [field]: defaults[field] });
  }
}

/** What is of a feature that is off does not reach the server's rules. */
export function dropDisabled({ behavior, metrics }: HorizontalPodAutoscalerSpec, minor: number): void {
  if (!isOn("HPAConfigurableTolerance", minor))
    for (const direction of DIRECTIONS) delete behavior?.[direction]?.tolerance;
  if (!isOn("HPAContainerMetrics", minor)) for (const metric of metrics ?? []) delete metric.containerResource;
}

/** The spec as the server holds it, whichever version it came in. */
export function validateSpec(spec: HorizontalPodAutoscalerSpec, errors: FieldErrors, minor: number): void {
  const { minReplicas, maxReplicas, scaleTargetRef, metrics = [], behavior } = spec;
  const endsAtZero = metrics.some(({ type }) => type === "Object" || type === "External");
  // What feature gate HPAScaleToZero allows, which is off by default.
  if (minReplicas === 0 && endsAtZero) errors.invalidBySetup(SPEC.child("minReplicas"), 0, "is less than 1");
  else if (minReplicas !== undefined && minReplicas < 1)
    errors.invalid(SPEC.child("minReplicas"), minReplicas, "is less than 1");
  checkPositive(maxReplicas, SPEC.child("maxReplicas"), errors);
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.invalid(SPEC.child("maxReplicas"), maxReplicas, `is less than minReplicas, ${minReplicas}`);
  const target = SPEC.child("scaleTargetRef");
  validateReference(scaleTargetRef, target, errors);
  // ReplicationController is the one kind without a group that scales.
  checkHasGroup(scaleTargetRef, scaleTargetRef.kind === "ReplicationController", target, errors, minor);
  metrics.forEach((metric, i) => void validateMetric(metric, METRICS.index(i), errors, minor));
  if (minReplicas === 0 && !endsAtZero)
    errors.forbidden(METRICS, "Only with a metric of type Object or External can there be no replicas");
  for (const direction of DIRECTIONS)
    validateRules(behavior?.[direction], SPEC.child("behavior").child(direction), errors);
}

function validateRules(rules: HPAScalingRules | undefined, at: FieldPath, errors: FieldErrors): void {
  if (rules === undefined) return;
  const { stabilizationWindowSeconds, selectPolicy, policies = [], tolerance } = rules;
  if (stabilizationWindowSeconds !== undefined)
    checkRange(stabilizationWindowSeconds, 0, LONGEST_WINDOW, at.child("stabilizationWindowSeconds"), errors);
  if (selectPolicy !== undefined) checkChoice(selectPolicy, SELECT_POLICIES, at.child("selectPolicy"), errors);
  if (policies.length === 0) errors.required(at.child("policies"), "rules of scaling have a policy");
  policies.forEach(({ type, value, periodSeconds }, i) => {
    const policy = at.child("policies").index(i);
    checkChoice(type, POLICY_TYPES, policy.child("type"), errors);
    checkPositive(value, policy.child("value"), errors);
    checkRange(periodSeconds, 1, LONGEST_PERIOD, policy.child("periodSeconds"), errors);
  });
  if (tolerance !== undefined) checkAmountNotNegative(tolerance, at.child("tolerance"), errors);
}
