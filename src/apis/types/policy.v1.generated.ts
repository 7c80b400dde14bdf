// Made by scripts/generate-api-types.mjs.
import type * as MetaV1 from "./meta.v1.generated.js";

export interface PodDisruptionBudget {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: PodDisruptionBudgetSpec;
  status: PodDisruptionBudgetStatus;
}

export interface PodDisruptionBudgetSpec {
  maxUnavailable?: number | string;
  minAvailable?: number | string;
  selector?: MetaV1.LabelSelector;
  unhealthyPodEvictionPolicy?: string;
}

export interface PodDisruptionBudgetStatus {
  conditions?: MetaV1.Condition[];
  currentHealthy: number;
  desiredHealthy: number;
  disruptedPods: Record<string, string> | null;
  disruptionsAllowed: number;
  expectedPods: number;
  observedGeneration?: number;
}
