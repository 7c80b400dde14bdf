import { isPodReady } from "../../apis/core/pod-status.js";
import type { Pod } from "../../apis/types/core.v1.generated.js";
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from "../../apis/types/policy.v1.generated.js";
import { requiredAvailable } from "../scaling/disruption.js";

/** What a budget's status counts. */
export interface BudgetCounts {
  readonly expectedPods: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly disruptionsAllowed: number;
}

/** The replicas that the controllers of some Pods want together, or why that cannot be told. */
export type ExpectedScale = number | { readonly fault: string };

/**
 * Counts what a budget allows, or says why it cannot. A number in `minAvailable` goes by the Pods there are; percentages
 * and `maxUnavailable` by what their controllers want.
 * https://kubernetes.io/docs/tasks/run-application/configure-pdb/#identify-an-application-to-protect
 */
export function countBudget(
  spec: PodDisruptionBudgetSpec,
  pods: readonly Pod[],
  expectedScale: () => ExpectedScale,
): BudgetCounts | { readonly fault: string } {
  const { minAvailable, maxUnavailable } = spec;
  const saysNothing = minAvailable === undefined && maxUnavailable === undefined;
  const expected = saysNothing ? 0 : typeof minAvailable === "number" ? pods.length : expectedScale();
  if (typeof expected === "object") return expected;
  const desiredHealthy = requiredAvailable(spec, expected) ?? 0;
  const currentHealthy = pods.filter(isHealthy).length;
  const spare = expected > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0;
  return { expectedPods: expected, currentHealthy, desiredHealthy, disruptionsAllowed: spare };
}

const isHealthy = (pod: Pod): boolean => pod.metadata.deletionTimestamp === undefined && isPodReady(pod);

/** The condition that tells the counts in a word. */
export function allowanceCondition(allowed: number): { readonly status: string; readonly reason: string } {
  return allowed > 0 ? { status: "True", reason: "SufficientPods" } : { status: "False", reason: "InsufficientPods" };
}

export const countsOf = ({ status }: PodDisruptionBudget): BudgetCounts => ({
  expectedPods: status?.expectedPods ?? 0,
  currentHealthy: status?.currentHealthy ?? 0,
  desiredHealthy: status?.desiredHealthy ?? 0,
  disruptionsAllowed: status?.disruptionsAllowed ?? 0,
});
