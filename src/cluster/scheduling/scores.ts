import type { NodeState } from "./node-state.js";
import { affinityScores } from "./pod-affinity.js";
import type { PlacedPod, SpreadConstraint } from "./pod-profile.js";
import type { SchedulingState } from "./scheduling-state.js";
import { spreadScores } from "./topology-spread.js";

/** How much each plugin's opinion counts, as the scheduler is configured where nobody configures it. */
const WEIGHT = { taints: 3, nodeAffinity: 2, spread: 2, podAffinity: 2, room: 1, balance: 1 } as const;

/** What every node is worth to a Pod, in the order of the nodes. The Pod goes to one that is worth most. */
export function scoresOf(
  candidate: PlacedPod,
  nodes: readonly NodeState[],
  state: SchedulingState,
  defaultConstraints: readonly SpreadConstraint[],
): number[] {
  const { profile } = candidate;
  const { constraints } = profile;
  const total = nodes.map((node) => WEIGHT.room * roomOf(candidate, node));
  const include = (weight: number, scores: readonly number[] = []) => {
    for (const [i, score] of scores.entries()) total[i]! += weight * score;
  };
  if (profile.requests.cpu || profile.requests.memory)
    include(
      WEIGHT.balance,
      nodes.map((node) => balanceOf(candidate, node)),
    );
  include(
    WEIGHT.taints,
    shares(nodes.map(({ node }) => profile.verdictOn(node).discouraging)).map((share) => 100 - share),
  );
  include(WEIGHT.nodeAffinity, shares(nodes.map(({ node }) => profile.verdictOn(node).preferred)));
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

/** Each number in hundredths of the largest. */
function shares(numbers: readonly number[]): number[] {
  const most = Math.max(...numbers);
  return most === 0 ? numbers.map(() => 0) : numbers.map((number) => Math.trunc((100 * number) / most));
}

/** How much is left of CPU and memory when the Pod is there, 0 to 100. */
function roomOf({ profile: { assumed } }: PlacedPod, { allocatable, assumedCpu, assumedMemory }: NodeState): number {
  let [sum, counted] = [0, 0];
  for (const [whole, used] of [
    [allocatable.cpu ?? 0, assumedCpu + (assumed.cpu ?? 0)],
    [allocatable.memory ?? 0, assumedMemory + (assumed.memory ?? 0)],
  ] as const) {
    if (whole === 0) continue;
    counted++;
    if (used <= whole) sum += Math.trunc(((whole - used) * 100) / whole);
  }
  return counted === 0 ? 0 : Math.trunc(sum / counted);
}

/** How evenly CPU and memory are used when the Pod is there, 0 to 100. */
function balanceOf({ profile: { requests } }: PlacedPod, { allocatable, used }: NodeState): number {
  const share = (name: "cpu" | "memory"): number | undefined =>
    allocatable[name] ? Math.min(1, ((used[name] ?? 0) + (requests[name] ?? 0)) / allocatable[name]) : undefined;
  const [cpu, memory] = [share("cpu"), share("memory")];
  const deviation = cpu === undefined || memory === undefined ? 0 : Math.abs((cpu - memory) / 2);
  return Math.trunc((1 - deviation) * 100);
}
