import { selectorMatches } from "../../apis/meta/label-selector.js";
import type { Pod } from "../../apis/types/core.v1.generated.js";
import type { PodDisruptionBudget } from "../../apis/types/policy.v1.generated.js";
import { attempt } from "./attempt.js";
import type { NodeState } from "./node-state.js";
import type { PlacedPod } from "./pod-profile.js";
import type { Refusal } from "./refusals.js";
import type { SchedulingState } from "./scheduling-state.js";
import type { StorageFacts } from "./volume-check.js";

/** The Pods that would have to leave a node. */
export interface Victims {
  readonly node: NodeState;
  /** The most important first. */
  readonly pods: readonly PlacedPod[];
  /** How many of them a disruption budget would rather keep. */
  readonly violations: number;
}

export interface PreemptionContext {
  readonly state: SchedulingState;
  readonly storage: StorageFacts;
  /** The budgets of a namespace. */
  readonly budgets: (namespace: string) => Iterable<PodDisruptionBudget>;
}

/** What is found when a Pod that fits nowhere looks for Pods of lower priority to drive out. */
export interface Preemption {
  /** The nodes where it costs least; chance decides among them. */
  readonly options: readonly Victims[];
  /** Why it helps on no other node. */
  readonly reasons: readonly (readonly string[])[];
}

const NO_VICTIMS = ["No preemption victims found for incoming pod"];
const NOT_HELPFUL = ["Preemption is not helpful for scheduling"];

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#preemption */
export function findVictims(
  candidate: PlacedPod,
  refusals: ReadonlyMap<NodeState, Refusal>,
  context: PreemptionContext,
): Preemption {
  const options: Victims[] = [];
  const reasons: (readonly string[])[] = [];
  for (const [node, { preemptible }] of refusals) {
    if (!preemptible) {
      reasons.push(NOT_HELPFUL);
      continue;
    }
    const found = victimsOn(node, candidate, context);
    if ("pods" in found) options.push(found);
    else reasons.push(found.reasons);
  }
  return { options: leastDisruptive(options), reasons };
}

/** Takes all lower Pods off the node, then lets back those that the Pod can do with. The state is as before in the end. */
function victimsOn(
  node: NodeState,
  candidate: PlacedPod,
  context: PreemptionContext,
): Victims | { readonly reasons: readonly string[] } {
  const { state, storage } = context;
  const lower = [...node.pods.values()].filter(({ profile }) => profile.priority < candidate.profile.priority);
  if (lower.length === 0) return { reasons: NO_VICTIMS };
  const { version } = state;
  const refusal = () => refusalWithNominated(candidate, node, state, storage);
  for (const placed of lower) state.displace(placed);
  const victims = new Set<PlacedPod>();
  let violations = 0;
  const still = refusal();
  if (still === undefined) {
    const { violating, others } = splitByBudgets(lower.sort(byImportance), context.budgets);
    for (const [pods, violates] of [
      [violating, true],
      [others, false],
    ] as const)
      for (const placed of pods) {
        state.place(placed);
        if (refusal() === undefined) continue;
        state.displace(placed);
        victims.add(placed);
        if (violates) violations++;
      }
  }
  for (const placed of lower) if (state.placed(placed.key) === undefined) state.place(placed);
  state.version = version;
  if (still !== undefined) return { reasons: still.reasons };
  return { node, pods: [...victims].sort(byImportance), violations };
}

/** The answer of a node on which Pods of no lower priority have been promised a place. */
export function refusalWithNominated(
  candidate: PlacedPod,
  node: NodeState,
  state: SchedulingState,
  storage: StorageFacts,
): Refusal | undefined {
  const promised = [...node.nominated.values()].filter(
    ({ key, profile }) => key !== candidate.key && profile.priority >= candidate.profile.priority,
  );
  if (promised.length > 0) {
    const { version } = state;
    for (const placed of promised) state.place(placed, node.name);
    const refusal = attempt(candidate, state, storage).on(node);
    for (const placed of promised) state.displace(placed);
    state.version = version;
    if (refusal !== undefined) return refusal;
  }
  return attempt(candidate, state, storage).on(node);
}

/** Higher priority first, then the older. */
function byImportance(a: PlacedPod, b: PlacedPod): number {
  return b.profile.priority - a.profile.priority || compareText(startOf(a.pod), startOf(b.pod));
}

const startOf = ({ metadata, status }: Pod): string => status.startTime ?? metadata.creationTimestamp ?? "";

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Parts Pods into those whose going would break a budget, if those before them have gone, and the others. */
function splitByBudgets(pods: readonly PlacedPod[], budgetsOf: PreemptionContext["budgets"]) {
  const allowed = new Map<PodDisruptionBudget, number>();
  const [violating, others]: [PlacedPod[], PlacedPod[]] = [[], []];
  for (const placed of pods) {
    const { namespace = "", labels = {} } = placed.pod.metadata;
    let violates = false;
    if (Object.keys(labels).length > 0)
      for (const budget of budgetsOf(namespace)) {
        const { selector } = budget.spec ?? {};
        if (selector === undefined || isEmpty(selector) || !selectorMatches(selector, labels)) continue;
        const left = (allowed.get(budget) ?? budget.status?.disruptionsAllowed ?? 0) - 1;
        allowed.set(budget, left);
        if (left < 0) violates = true;
      }
    (violates ? violating : others).push(placed);
  }
  return { violating, others };
}

const isEmpty = ({
  matchLabels = {},
  matchExpressions = [],
}: NonNullable<NonNullable<PodDisruptionBudget["spec"]>["selector"]>) =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

/** What an option costs, by what counts first; the least wins. */
const COSTS: readonly ((option: Victims) => number)[] = [
  ({ violations }) => violations,
  ({ pods }) => pods[0]?.profile.priority ?? Number.NEGATIVE_INFINITY,
  // Each counts, even at a negative priority.
  ({ pods }) => pods.reduce((sum, { profile }) => sum + profile.priority + 2 ** 31, 0),
  ({ pods }) => pods.length,
  (option) => -earliestStart(option),
];

/** The options among which only chance decides. */
function leastDisruptive(options: readonly Victims[]): Victims[] {
  let left = [...options];
  for (const costOf of COSTS) {
    if (left.length < 2) return left;
    const costs = left.map(costOf);
    const least = Math.min(...costs);
    left = left.filter((_, i) => costs[i] === least);
  }
  return left;
}

/** When the oldest of the most important victims began. */
function earliestStart({ pods }: Victims): number {
  const highest = pods[0]?.profile.priority;
  return Math.min(
    ...pods.filter(({ profile }) => profile.priority === highest).map(({ pod }) => Date.parse(startOf(pod)) || 0),
  );
}
