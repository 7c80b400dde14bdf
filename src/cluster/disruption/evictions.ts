import { isPodReady } from "../../apis/core/pod-status.js";
import type { Pod } from "../../apis/types/core.v1.generated.js";
import type { PodDisruptionBudget } from "../../apis/types/policy.v1.generated.js";
import { countsOf } from "./budget-status.js";

/** What the API server answers to the eviction of a Pod. */
export interface EvictionAnswer {
  /** 201 the Pod may go, 429 a budget keeps it, 500 it has several budgets. */
  readonly code: 201 | 429 | 500;
  readonly message?: string;
  /** What the budget that keeps it says. */
  readonly cause?: string;
}

const ALLOWED: EvictionAnswer = { code: 201 };

/**
 * Answers the eviction of a Pod that these budgets cover. What does not run yet or any more may always go.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
export function answerEviction(pod: Pod, budgets: readonly PodDisruptionBudget[]): EvictionAnswer {
  const [budget] = budgets;
  if (budget === undefined || pod.status?.phase !== "Running" || pod.metadata.deletionTimestamp !== undefined)
    return ALLOWED;
  if (budgets.length > 1) {
    const names = budgets.map(({ metadata }) => `"${metadata.name}"`).join(", ");
    return {
      code: 500,
      message: `The Pod has several disruption budgets, ${names}; evictions of such are not answered`,
    };
  }
  const { currentHealthy, desiredHealthy, disruptionsAllowed } = countsOf(budget);
  if (!isPodReady(pod)) {
    // https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
    if (budget.spec.unhealthyPodEvictionPolicy === "AlwaysAllow") return ALLOWED;
    if (desiredHealthy > 0 && currentHealthy >= desiredHealthy) return ALLOWED;
  }
  if (disruptionsAllowed > 0 && isUpToDate(budget)) return ALLOWED;
  const { name } = budget.metadata;
  return {
    code: 429,
    message: "Evicting the Pod would break its disruption budget",
    cause: isUpToDate(budget)
      ? `PodDisruptionBudget "${name}" needs ${desiredHealthy} healthy Pods and has ${currentHealthy}`
      : `PodDisruptionBudget "${name}" has not been worked out yet`,
  };
}

const isUpToDate = ({ metadata, status }: PodDisruptionBudget): boolean =>
  (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
