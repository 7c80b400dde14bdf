import { isPodReady } from "../../apis/core/pod-status.js";
import type { Pod } from "../../apis/types/core.v1.generated.js";
import type { PodDisruptionBudget } from "../../apis/types/policy.v1.generated.js";
import { BUDGETS } from "../controllers/policy/disruption-controller.js";
import { countsOf } from "../disruption/budget-status.js";
import { answerEviction } from "../disruption/evictions.js";
import { LabelIndex } from "../simulation/label-index.js";
import type { Simulation } from "../simulation/simulate.js";
import { conditionEntries } from "./deployments.js";
import { byName, countLike, writtenName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The budgets in the end, with what the eviction of each Pod they cover would be answered. */
export function podDisruptionBudgetsOf({ cluster: { objects } }: Simulation): Entry[] {
  const budgets = [...objects.list(BUDGETS)];
  if (budgets.length === 0) return [];
  const pods = new LabelIndex<Pod>();
  for (const after of objects.list("pods")) pods.take({ resource: "pods", after });
  const budgetsOf = new Map<Pod, PodDisruptionBudget[]>();
  const covered = budgets.map((budget) => {
    const { selector } = budget.spec;
    const own = selector === undefined ? [] : [...pods.select(budget.metadata.namespace ?? "", selector)];
    for (const pod of own) {
      const known = budgetsOf.get(pod);
      if (known === undefined) budgetsOf.set(pod, [budget]);
      else known.push(budget);
    }
    return [budget, own] as const;
  });
  return byName(
    covered.map(([budget, own]) => ({
      namespace: budget.metadata.namespace,
      name: writtenName(budget),
      minAvailable: budget.spec.minAvailable,
      maxUnavailable: budget.spec.maxUnavailable,
      unhealthyPodEvictionPolicy: budget.spec.unhealthyPodEvictionPolicy,
      ...countsOf(budget),
      conditions: conditionEntries(budget.status?.conditions),
      evictions: countLike(byName(own.map((pod) => evictionEntry(pod, budgetsOf.get(pod) ?? [])))),
    })),
  );
}

function evictionEntry(pod: Pod, budgets: readonly PodDisruptionBudget[]): Entry {
  const { code, message, cause } = answerEviction(pod, budgets);
  return {
    pod: writtenName(pod),
    ready: isPodReady(pod),
    phase: pod.status?.phase ?? "Pending",
    code,
    reason: code === 429 ? "TooManyRequests" : undefined,
    message,
    causes: cause === undefined ? undefined : [{ reason: "DisruptionBudget", message: cause }],
  };
}
