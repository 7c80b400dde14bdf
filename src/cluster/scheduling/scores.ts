import type { NodeState } from "./node-state.js";
import { affinityScores } from "./pod-affinity.js";
import type { PlacedPod, PodProfile, SpreadConstraint } from "./pod-profile.js";
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
  const { constraints, requests } = profile;
  const total: number[] = [];
  const [discouraging, preferred]: [number[], number[]] = [[], []];
  const isCounted = Boolean(requests.cpu || requests.memory);
  for (const node of nodes) {
    const verdict = profile.verdictOn(node);
    discouraging.push(verdict.discouraging);
    preferred.push(verdict.preferred);
    total.push(WEIGHT.room * roomOf(profile, node) + (isCounted ? WEIGHT.balance * balanceOf(profile, node) : 0));
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
  const most = Math.max(...numbers);
  return most === 0 ? [] : numbers.map((number) => Math.trunc((100 * number) / most));
}

/** How much is left of CPU and memory when the Pod is there, 0 to 100. */
function roomOf({ assumed }: PodProfile, { allocatable, assumedCpu, assumedMemory }: NodeState): number {
  const cpu = shareLeft(allocatable.cpu ?? 0, assumedCpu + (assumed.cpu ?? 0));
  const memory = shareLeft(allocatable.memory ?? 0, assumedMemory + (assumed.memory ?? 0));
  if (cpu === undefined || memory === undefined) return cpu ?? memory ?? 0;
  return Math.trunc((cpu + memory) / 2);
}

const shareLeft = (whole: number, used: number): number | undefined =>
  whole === 0 ? undefined : used > whole ? 0 : Math.trunc(((whole - used) * 100) / whole);

/** How evenly CPU and memory are used when the Pod is there, 0 to 100. */
function balanceOf({ requests }: PodProfile, { allocatable, used }: NodeState): number {
  const cpu = shareUsed(allocatable.cpu ?? 0, (used.cpu ?? 0) + (requests.cpu ?? 0));
  const memory = shareUsed(allocatable.memory ?? 0, (used.memory ?? 0) + (requests.memory ?? 0));
  const deviation = cpu === undefined || memory === undefined ? 0 : Math.abs((cpu - memory) / 2);
  return Math.trunc((1 - deviation) * 100);
}

const shareUsed = (whole: number, used: number): number | undefined =>
  whole === 0 ? undefined : Math.min(1, used / whole);
