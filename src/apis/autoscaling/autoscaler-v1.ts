import type { KindRules } from "../kind-rules.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type { HorizontalPodAutoscaler } from "../types/autoscaling.v1.generated.js";
import { behaviorIn, metricsIn } from "./annotated-metrics.js";
import { cpuMetric, DEFAULT_CPU_UTILIZATION, validateAutoscalerSpec } from "./autoscaler.js";

/** The first version: of metrics it has only the CPU; the rest of what v2 has is written in annotations. */
export const AUTOSCALER_V1: KindRules<HorizontalPodAutoscaler> = {
  defaults({ metadata, spec }) {
    spec.minReplicas ??= 1;
    const cpu = metricsIn(metadata.annotations)
      .map(({ type, resource }) => (type === "Resource" && resource?.name === "cpu" ? resource : undefined))
      .find((resource) => resource !== undefined);
    if (metricsIn(metadata.annotations).length === 0) spec.targetCPUUtilizationPercentage ??= DEFAULT_CPU_UTILIZATION;
    else if (cpu?.target.averageUtilization !== undefined)
      spec.targetCPUUtilizationPercentage = cpu.target.averageUtilization;
  },
  nameForm: dnsSubdomainFault,
  validate({ metadata, spec }, errors) {
    const { minReplicas, maxReplicas, scaleTargetRef, targetCPUUtilizationPercentage } = spec;
    const metrics = metricsIn(metadata.annotations);
    const hasCpu = metrics.some(({ resource }) => resource?.name === "cpu" && resource.target.averageUtilization);
    if (targetCPUUtilizationPercentage !== undefined && !hasCpu)
      metrics.push(cpuMetric(targetCPUUtilizationPercentage));
    const behavior = behaviorIn(metadata.annotations);
    validateAutoscalerSpec({ minReplicas, maxReplicas, scaleTargetRef, metrics, behavior }, errors);
  },
};
