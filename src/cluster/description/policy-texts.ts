import type { HorizontalPodAutoscaler } from "../../apis/types/autoscaling.v2.generated.js";
import type { PodDisruptionBudget } from "../../apis/types/policy.v1.generated.js";

/** `at least 2 available`. */
export function budgetText({ spec }: Pick<PodDisruptionBudget, "spec">): string {
  if (spec?.minAvailable !== undefined) return `at least ${spec.minAvailable} available`;
  return spec?.maxUnavailable === undefined ? "no limit given" : `at most ${spec.maxUnavailable} unavailable`;
}

/** `cpu 80 %, memory 2Gi`. */
export const metricsText = ({ spec }: HorizontalPodAutoscaler): string =>
  (spec.metrics ?? [])
    .map((metric) => {
      const source = metric.resource ?? metric.containerResource ?? metric.pods ?? metric.object ?? metric.external;
      const { name = metric.type } =
        metric.resource ?? metric.containerResource ?? (source as { metric?: { name?: string } })?.metric ?? {};
      const { averageUtilization, averageValue, value } = source?.target ?? {};
      return `${name} ${averageUtilization === undefined ? (averageValue ?? value ?? "") : `${averageUtilization} %`}`.trim();
    })
    .join(", ");
