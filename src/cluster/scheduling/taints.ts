import type { Taint, Toleration } from "../../apis/types/core.v1.generated.js";

export const NOT_READY = "node.kubernetes.io/not-ready";
export const UNREACHABLE = "node.kubernetes.io/unreachable";
export const UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#concepts */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { effect, key, operator, value } = toleration;
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === "Exists") return true;
  return Boolean(key) && (!operator || operator === "Equal") && (value ?? "") === (taint.value ?? "");
}

export const isTolerated = (taint: Taint, tolerations: readonly Toleration[] = []): boolean =>
  tolerations.some((toleration) => tolerates(toleration, taint));

const HARD = new Set(["NoSchedule", "NoExecute"]);

/** The first taint that keeps a Pod with these tolerations off. */
export const untoleratedTaint = (
  taints: readonly Taint[] = [],
  tolerations: readonly Toleration[] = [],
): Taint | undefined => taints.find((taint) => HARD.has(taint.effect) && !isTolerated(taint, tolerations));

/** How many taints would rather not have the Pod. */
export const discouragingTaints = (taints: readonly Taint[] = [], tolerations: readonly Toleration[] = []): number =>
  taints.filter((taint) => taint.effect === "PreferNoSchedule" && !isTolerated(taint, tolerations)).length;
