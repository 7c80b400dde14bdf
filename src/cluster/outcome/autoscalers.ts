import type { HorizontalPodAutoscaler } from "../../apis/types/autoscaling.v2.generated.js";
import { AUTOSCALERS } from "../controllers/autoscaling/pod-autoscaler.js";
import type { Simulation } from "../simulation/simulate.js";
import { conditionEntries } from "./deployments.js";
import { byName, writtenName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The autoscalers in the end, and whether they could do anything. */
export function horizontalPodAutoscalersOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list(AUTOSCALERS)].map((autoscaler) => ({
    namespace: autoscaler.metadata.namespace,
    name: writtenName(autoscaler),
    min: autoscaler.spec.minReplicas,
    max: autoscaler.spec.maxReplicas,
    metrics: metricsOf(autoscaler),
    currentReplicas: autoscaler.status?.currentReplicas ?? 0,
    desiredReplicas: autoscaler.status?.desiredReplicas ?? 0,
    conditions: conditionEntries(autoscaler.status?.conditions),
  }));
  return byName(entries);
}

const METRICS_OF_V1 = "autoscaling.alpha.kubernetes.io/metrics";

/** The first version has the CPU in a field, and other metrics in an annotation. */
function metricsOf({ apiVersion, metadata, spec }: HorizontalPodAutoscaler): number {
  if (apiVersion !== "autoscaling/v1") return spec.metrics?.length ?? 0;
  let others: unknown;
  try {
    others = JSON.parse(metadata.annotations?.[METRICS_OF_V1] ?? "");
  } catch {
    others = [];
  }
  const count = Array.isArray(others) ? others.length : 0;
  const { targetCPUUtilizationPercentage } = spec as { targetCPUUtilizationPercentage?: number };
  return count + (targetCPUUtilizationPercentage === undefined && count > 0 ? 0 : 1);
}
