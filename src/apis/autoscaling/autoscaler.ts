import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { checkPositive } from "../meta/values.js";
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  MetricSpec,
} from "../types/autoscaling.v2.generated.js";
import { setBehaviorDefaults, validateBehavior } from "./behavior.js";
import { validateMetric, validateReference } from "./metrics.js";

const SPEC = FieldPath.of("spec");
/** Of what Pods ask for, where no metric is given. */
export const DEFAULT_CPU_UTILIZATION = 80;

export const AUTOSCALER: KindRules<HorizontalPodAutoscaler> = {
  defaults({ spec }) {
    spec.minReplicas ??= 1;
    if (!spec.metrics?.length) spec.metrics = [cpuMetric(DEFAULT_CPU_UTILIZATION)];
    if (spec.behavior !== undefined) setBehaviorDefaults(spec.behavior);
  },
  prepare({ spec }, { minor }) {
    if (isOn("HPAConfigurableTolerance", minor)) return;
    delete spec.behavior?.scaleUp?.tolerance;
    delete spec.behavior?.scaleDown?.tolerance;
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors) {
    validateAutoscalerSpec(spec, errors);
  },
};

export const cpuMetric = (averageUtilization: number): MetricSpec => ({
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization } },
});

export function validateAutoscalerSpec(spec: HorizontalPodAutoscalerSpec, errors: FieldErrors): void {
  const { minReplicas, maxReplicas, metrics = [], behavior } = spec;
  if (minReplicas !== undefined) checkPositive(minReplicas, SPEC.child("minReplicas"), errors);
  checkPositive(maxReplicas, SPEC.child("maxReplicas"), errors);
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.invalid(SPEC.child("maxReplicas"), maxReplicas, `is less than minReplicas, ${minReplicas}`);
  validateReference(spec.scaleTargetRef, "target", SPEC.child("scaleTargetRef"), errors);
  metrics.forEach((metric, i) => void validateMetric(metric, SPEC.child("metrics").index(i), errors));
  if (minReplicas === 0 && !metrics.some(({ type }) => type === "Object" || type === "External"))
    errors.forbidden(SPEC.child("metrics"), "Without Pods only metrics of type Object or External tell when to scale up");
  if (behavior !== undefined) validateBehavior(behavior, SPEC.child("behavior"), errors);
}
