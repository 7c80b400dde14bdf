import type { DaemonSet, Deployment, StatefulSet } from "../../../apis/types/apps.v1.generated.js";
import { leewayOf, newSizeOf, oldSizesOf, shareOf } from "./rollout.js";
import { ordinalsOf } from "./stateful-names.js";

/** How many Pods of the old and of the new template there are after one step. */
export interface RolloutStep {
  readonly old: number;
  readonly new: number;
}

/** What a change of a workload's template does, if every new Pod becomes ready. */
export interface RolloutPlan {
  /** `RollingUpdate`, `Recreate` or `OnDelete`. */
  readonly strategy: string;
  /** How many Pods there are at the end. */
  readonly pods: number;
  /** How many Pods there may be beyond that number meanwhile. */
  readonly surge: number;
  /** How many Pods may be missing or not available meanwhile. */
  readonly unavailable: number;
  /** The first steps; none where nobody deletes the old Pods, or nothing is to change. */
  readonly steps: readonly RolloutStep[];
  /** How many steps there are; undefined: more than anybody counts. */
  readonly stepCount: number | undefined;
  /** Of a StatefulSet, the ordinals that are replaced, in that order; undefined where none are. */
  readonly ordinals?: { readonly from: number; readonly to: number };
}

const MOST_STEPS_TOLD = 20;
const MOST_STEPS_COUNTED = 10_000;

/**
 * Plans the update of a Deployment's Pods, of a StatefulSet's, or of a DaemonSet's on a number of nodes. A workload that
 * is new or paused is planned as if it ran and went on.
 */
export function planRollout(workload: Deployment | StatefulSet | DaemonSet, nodes = 0): RolloutPlan {
  switch (workload.kind) {
    case "StatefulSet":
      return planStatefulSet(workload as StatefulSet);
    case "DaemonSet":
      return planDaemonSet(workload as DaemonSet, nodes);
    default:
      return planDeployment(workload as Deployment);
  }
}

function planDeployment({ spec }: Deployment): RolloutPlan {
  const { replicas = 1, strategy } = spec;
  if (strategy?.type === "Recreate") {
    const steps = replicas === 0 ? [] : [step(0, 0), step(0, replicas)];
    return plan("Recreate", replicas, { surge: 0, unavailable: replicas }, steps, steps.length);
  }
  const leeway = leewayOf({ replicas, strategy: strategy ?? {} });
  return collect("RollingUpdate", replicas, leeway, ({ old, new: fresh }) => {
    const size = newSizeOf(replicas, leeway, fresh, old + fresh);
    if (size !== fresh) return step(old, size);
    const [left = 0] = oldSizesOf(replicas, leeway, [{ size: old, available: old }], { size: fresh, available: fresh });
    return step(left, fresh);
  });
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#rolling-updates: one at a time, from the last. */
function planStatefulSet({ spec }: StatefulSet): RolloutPlan {
  const { first, end } = ordinalsOf(spec);
  const { type = "RollingUpdate", rollingUpdate } = spec.updateStrategy ?? {};
  const lowest = first + (rollingUpdate?.partition ?? 0);
  const replaced = type === "OnDelete" ? 0 : Math.max(end - lowest, 0);
  const pods = end - first;
  const steps = Array.from({ length: Math.min(replaced, MOST_STEPS_TOLD) }, (_, i) => step(pods - i - 1, i + 1));
  const leeway = { surge: 0, unavailable: replaced > 0 ? 1 : 0 };
  const ordinals = replaced > 0 ? { from: end - 1, to: lowest } : undefined;
  return { ...plan(type, pods, leeway, steps, replaced), ordinals };
}

function planDaemonSet({ spec }: DaemonSet, nodes: number): RolloutPlan {
  const { type = "RollingUpdate", rollingUpdate } = spec.updateStrategy ?? {};
  if (type === "OnDelete") return plan(type, nodes, { surge: 0, unavailable: 0 }, [], 0);
  const surge = shareOf(rollingUpdate?.maxSurge, nodes, "up");
  const unavailable = surge > 0 ? 0 : Math.max(shareOf(rollingUpdate?.maxUnavailable ?? 1, nodes, "up"), 1);
  const atOnce = surge || unavailable;
  return collect(type, nodes, { surge, unavailable: Math.min(unavailable, nodes) }, ({ old, new: fresh }) => {
    const next = Math.min(atOnce, old);
    return step(old - next, fresh + next);
  });
}

const step = (old: number, fresh: number): RolloutStep => ({ old, new: fresh });

const plan = (
  strategy: string,
  pods: number,
  { surge, unavailable }: { readonly surge: number; readonly unavailable: number },
  steps: readonly RolloutStep[],
  stepCount: number | undefined,
): RolloutPlan => ({ strategy, pods, surge, unavailable, steps, stepCount });

/** Takes one step after the other until nothing changes any more. */
function collect(
  strategy: string,
  pods: number,
  leeway: { readonly surge: number; readonly unavailable: number },
  next: (state: RolloutStep) => RolloutStep,
): RolloutPlan {
  const steps: RolloutStep[] = [];
  let state = step(pods, 0);
  for (let count = 0; count <= MOST_STEPS_COUNTED; count++) {
    const after = next(state);
    if (after.old === state.old && after.new === state.new) return plan(strategy, pods, leeway, steps, count);
    if (steps.length < MOST_STEPS_TOLD) steps.push(after);
    state = after;
  }
  return plan(strategy, pods, leeway, steps, undefined);
}
