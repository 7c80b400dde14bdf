import type { KindRules } from "../kind-rules.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type { HorizontalPodAutoscaler } from "../types/autoscaling.v1.generated.js";
import type { HorizontalPodAutoscalerSpec } from "../types/autoscaling.v2.generated.js";
import { dropDisabled, setSpecDefaults, validateSpec } from "./autoscaler-spec.js";
import { CARRIED_BEHAVIOR, CARRIED_METRICS, dropCarried } from "./carried-annotations.js";
import { readBehavior, readMetrics, writeBehavior, writeMetrics } from "./carried-fields.js";

/** The server holds every version as the newest one, and validates that: faults are at its fields. */
export const HORIZONTAL_POD_AUTOSCALER_V1: KindRules<HorizontalPodAutoscaler> = {
  defaults({ spec }) {
    spec.minReplicas ??= 1;
  },
  nameForm: dnsSubdomainFault,
  validate(autoscaler, errors, { minor }) {
    const spec = upgrade(autoscaler, minor);
    dropDisabled(spec, minor);
    validateSpec(spec, errors, minor);
    if (errors.any) return;
    setSpecDefaults(spec);
    downgrade(spec, autoscaler, minor);
  },
};

/** Metrics that are carried come before the one that has a field. */
function upgrade({ metadata, spec }: HorizontalPodAutoscaler, minor: number): HorizontalPodAutoscalerSpec {
  const { minReplicas, maxReplicas, scaleTargetRef, targetCPUUtilizationPercentage } = spec;
  const { annotations } = metadata;
  const upgraded: HorizontalPodAutoscalerSpec = { maxReplicas, scaleTargetRef };
  if (minReplicas !== undefined) upgraded.minReplicas = minReplicas;
  const metrics = readMetrics(annotations?.[CARRIED_METRICS], minor);
  if (targetCPUUtilizationPercentage !== undefined) {
    const target = { type: "Utilization", averageUtilization: targetCPUUtilizationPercentage };
    metrics.push({ type: "Resource", resource: { name: "cpu", target } });
  }
  if (metrics.length > 0) upgraded.metrics = metrics;
  const behavior = readBehavior(annotations?.[CARRIED_BEHAVIOR], minor);
  if (behavior !== undefined) upgraded.behavior = behavior;
  return upgraded;
}

function downgrade(stored: HorizontalPodAutoscalerSpec, { metadata, spec }: HorizontalPodAutoscaler, minor: number) {
  const { metrics = [], behavior } = stored;
  const cpu = metrics.find(({ type, resource }) => type === "Resource" && resource?.name === "cpu");
  const utilization = cpu?.resource?.target.averageUtilization;
  if (utilization === undefined) delete spec.targetCPUUtilizationPercentage;
  else spec.targetCPUUtilizationPercentage = utilization;
  dropCarried(metadata);
  const others = metrics.filter(
    ({ type, resource }) =>
      !(type === "Resource" && resource?.name === "cpu" && resource.target.averageUtilization !== undefined),
  );
  const carried: Record<string, string> = {};
  if (others.length > 0) carried[CARRIED_METRICS] = writeMetrics(others);
  if (behavior !== undefined) carried[CARRIED_BEHAVIOR] = writeBehavior(behavior, minor);
  if (Object.keys(carried).length > 0) metadata.annotations = { ...metadata.annotations, ...carried };
}
