import type { HorizontalPodAutoscaler } from "kubernetes-types/autoscaling/v2.js";
import type { Resource } from "../resource.js";

/** A resource whose use an autoscaler compares with what the containers request. */
export interface UtilizationMetric {
  /** `cpu`. */
  readonly resource: string;
  /** The one container that counts; undefined: all of them. */
  readonly container: string | undefined;
  /** Where the metric stands; `spec` where the API server adds it. */
  readonly at: string;
}

/**
 * The metrics that are a share of the requests. An autoscaler without metrics gets one: 80 % of the requested CPU
 * (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/).
 */
export function utilizationMetrics(hpa: Resource<HorizontalPodAutoscaler>): UtilizationMetric[] {
  const { metrics } = hpa.spec ?? {};
  if (hpa.version === "v1") {
    const legacy = hpa.spec as { targetCPUUtilizationPercentage?: number } | undefined;
    const given = legacy?.targetCPUUtilizationPercentage !== undefined;
    return [{ resource: "cpu", container: undefined, at: given ? "spec.targetCPUUtilizationPercentage" : "spec" }];
  }
  if (!metrics || metrics.length === 0) return [{ resource: "cpu", container: undefined, at: "spec" }];
  return metrics.flatMap((metric, i) => {
    const field = metric?.type === "ContainerResource" ? "containerResource" : "resource";
    const source = metric?.[field];
    if (!source || source.target?.averageUtilization === undefined || !source.name) return [];
    const container = field === "containerResource" ? (source as { container?: string }).container : undefined;
    return { resource: source.name, container, at: `spec.metrics[${i}].${field}` };
  });
}
