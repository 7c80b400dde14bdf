import type { NodeState } from "./node-state.js";
import { affinityScores } from "./pod-affinity.js";
import type { PlacedPod, SpreadConstraint } from "./pod-profile.js";
import type { SchedulingState } from "./scheduling-state.js";
import { spreadScores } from "./topology-spread.js";

/** How much each plugin's opinion counts, as the scheduler is configured where nobody configures it. */
const WEIGHT = { taints: 3, nodeAffinity: 2, spread: 2, podAffinity: 2, room: 1 } as const;

/** What every node is worth to a Pod, in the order of the nodes. The Pod goes to one that is worth most. */
export function scoresOf(
  candidate: PlacedPod,
  nodes: readonly NodeState[],
  state: SchedulingState,
  defaultConstraints: readonly SpreadConstraint[],
): number[] {
  const { profile } = candidate;
  const { constraints, fit } = profile;
  const total: number[] = [];
  const [discouraging, preferred]: [number[], number[]] = [[], []];
  for (const node of nodes) {
    const verdict = fit.verdictOn(node);
    discouraging.push(verdict.discouraging);
    preferred.push(verdict.preferred);
    total.push(WEIGHT.room * fit.worthOf(node));
  }
  const include = (weight: number, scores: readonly number[] = []) => {
    for (let i = 0; i < scores.length; i++) total[i]! += weight * scores[i]!;
  };
  include(-WEIGHT.taints, shares(discouraging));
  include(WEIGHT.nodeAffinity, shares(preferred));
  include(
    WEIGHT.spread,
    constraints.length > 0
      ? spreadScores(
          candidate,
          nodes,
          state,
          constraints.filter(({ hard }) => !hard),
          false,
        )
      : spreadScores(candidate, nodes, state, defaultConstraints, true),
  );
  include(WEIGHT.podAffinity, affinityScores(candidate, nodes, state));
  return total;
}

/** Each number in hundredths of the largest; nothing where all are zero. */
function shares(numbers: readonly number[]): number[] {
  let most = 0;
  for (const number of numbers) if (number > most) most = number;
  return most === 0 ? [] : numbers.map((number) => Math.trunc((100 * number) / most));
}
