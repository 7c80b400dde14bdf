import type { ObjectMeta } from "../types/meta.v1.generated.js";

/**
 * What the first version has no fields for, it carries in annotations. The server keeps them in none of its versions.
 * https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#api-object
 */
export const CARRIED_METRICS = "autoscaling.alpha.kubernetes.io/metrics";
export const CARRIED_BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";
const CARRIED = [
  CARRIED_METRICS,
  CARRIED_BEHAVIOR,
  "autoscaling.alpha.kubernetes.io/current-metrics",
  "autoscaling.alpha.kubernetes.io/conditions",
];

export function dropCarried(metadata: ObjectMeta): void {
  for (const name of CARRIED) delete metadata.annotations?.[name];
}
