import type { Pod, PodCondition } from "../../../apis/types/core.v1.generated.js";
import { attempt } from "../../scheduling/attempt.js";
import { defaultConstraints } from "../../scheduling/default-spread.js";
import type { NodeState } from "../../scheduling/node-state.js";
import type { PlacedPod, PodProfiles, SpreadConstraint } from "../../scheduling/pod-profile.js";
import { findVictims, type Preemption, refusalWithNominated } from "../../scheduling/preemption.js";
import { countReasons, type Refusal } from "../../scheduling/refusals.js";
import type { SchedulingState } from "../../scheduling/scheduling-state.js";
import { scoresOf } from "../../scheduling/scores.js";
import { storageFactsOf } from "../../scheduling/storage-facts.js";
import type { StorageFacts } from "../../scheduling/volume-check.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { bindClaims, claimsAreBound } from "./claim-binding.js";
import { deviceClaims } from "./device-claims.js";
import type { SchedulingQueue } from "./scheduling-queue.js";
import type { ServiceSelectors } from "./service-selectors.js";

/** What kept a Pod off all nodes. */
interface Failure {
  readonly message: string;
  readonly plugins: ReadonlySet<string>;
}

/** Tries one Pod at a time, and keeps what has been decided for those that are not bound yet. */
export class PodScheduling {
  /** Pods with a node that wait for their claims to be bound; they count on it already. */
  readonly #reserved = new Map<string, NodeState>();
  /** Where Pods have been promised a place. */
  readonly #nominated = new Map<string, NodeState>();
  /** Alike Pods fail alike, while nothing changes. */
  readonly #failures = new Map<string, Failure & { readonly version: number }>();
  readonly #defaults = new Map<string, { readonly version: number; readonly constraints: SpreadConstraint[] }>();

  constructor(
    private readonly state: SchedulingState,
    private readonly profiles: PodProfiles,
    private readonly services: ServiceSelectors,
    private readonly queue: SchedulingQueue,
  ) {}

  /** A Pod that has changed, is bound or gone starts anew. */
  forget(key: string): void {
    this.#reserved.delete(key);
    const node = this.#nominated.get(key);
    if (node === undefined) return;
    node.nominated.delete(key);
    this.#nominated.delete(key);
    this.state.version++;
  }

  schedule(key: string, cluster: SimulatedCluster): void {
    const pod = cluster.objects.find("pods", key);
    if (pod === undefined || pod.spec.nodeName) return;
    if (pod.spec.schedulingGates?.length) return void note(pod, GATED, cluster);
    const devices = pod.spec.schedulerName === DEFAULT_SCHEDULER ? deviceClaims(pod, cluster) : "absent";
    if (devices === "absent") {
      this.queue.refuse(key, WITHOUT_CLAIM);
      return;
    }
    const candidate = this.profiles.place(pod);
    const known = this.#failures.get(candidate.profile.key);
    const failure =
      devices === "unallocated"
        ? this.#withoutDevices()
        : known?.version === this.state.version && !this.#nominated.has(key)
          ? known
          : this.#try(candidate, cluster);
    if (failure === undefined) return;
    this.queue.refuse(key, failure.plugins);
    const current = cluster.objects.find("pods", key);
    if (current !== undefined) note(current, { reason: "Unschedulable", message: failure.message }, cluster);
  }

  /** Binds those whose claims have been bound meanwhile. */
  bindReserved(cluster: SimulatedCluster): void {
    for (const [key, node] of [...this.#reserved]) {
      const pod = cluster.objects.find("pods", key);
      if (pod !== undefined && claimsAreBound(pod, storageFactsOf(cluster))) bind(pod, node.name, cluster);
    }
  }

  #try(candidate: PlacedPod, cluster: SimulatedCluster): Failure | undefined {
    const { state } = this;
    if (state.nodes.size === 0) return NO_NODES;
    const storage = storageFactsOf(cluster);
    const promised = this.#nominated.get(candidate.key);
    if (promised !== undefined && state.nodes.get(promised.name) === promised)
      if (refusalWithNominated(candidate, promised, state, storage) === undefined)
        return this.#settle(candidate, promised, storage, cluster);
    const { everywhere, on } = attempt(candidate, state, storage);
    if (everywhere !== undefined) return this.#fail(candidate, new Map(), everywhere, cluster);
    const refusals = new Map<NodeState, Refusal>();
    const feasible: NodeState[] = [];
    for (const node of state.nodes.values()) {
      const refusal = node.nominated.size > 0 ? refusalWithNominated(candidate, node, state, storage) : on(node);
      if (refusal === undefined) feasible.push(node);
      else refusals.set(node, refusal);
    }
    if (feasible.length === 0) return this.#fail(candidate, refusals, undefined, cluster);
    return this.#settle(candidate, this.#best(candidate, feasible, cluster), storage, cluster);
  }

  #withoutDevices(): Failure {
    const { size } = this.state.nodes;
    return { message: `0/${size} nodes are available: ${size} cannot allocate all claims.`, plugins: WITHOUT_CLAIM };
  }

  #best(candidate: PlacedPod, feasible: readonly NodeState[], cluster: SimulatedCluster): NodeState {
    if (feasible.length === 1) return feasible[0]!;
    const scores = scoresOf(candidate, feasible, this.state, this.#defaultsOf(candidate, cluster));
    let most = Number.NEGATIVE_INFINITY;
    for (const score of scores) if (score > most) most = score;
    // Chance takes the first or the last of equals by their names.
    let [first, last]: NodeState[] = [];
    for (const [i, node] of feasible.entries()) {
      if (scores[i] !== most) continue;
      if (first === undefined || node.name < first.name) first = node;
      if (last === undefined || node.name > last.name) last = node;
    }
    return cluster.chance.pick(first === last ? [first!] : [first!, last!], candidate.pod)!;
  }

  #defaultsOf(candidate: PlacedPod, cluster: SimulatedCluster): SpreadConstraint[] {
    const { key } = candidate.profile;
    const known = this.#defaults.get(key);
    if (known?.version === this.services.version) return known.constraints;
    const constraints = defaultConstraints(candidate, this.services.of(candidate.pod, cluster));
    this.#defaults.set(key, { version: this.services.version, constraints });
    return constraints;
  }

  /** Gives the Pod the node; it is bound at once, unless a claim has yet to get its volume. */
  #settle(candidate: PlacedPod, node: NodeState, storage: StorageFacts, cluster: SimulatedCluster): undefined {
    const { pod, profile, key } = candidate;
    if (profile.hasVolumes && !bindClaims(pod, node.node, storage, cluster)) {
      this.state.place(candidate, node.name);
      this.#reserved.set(key, node);
      return;
    }
    bind(pod, node.name, cluster);
  }

  #fail(
    candidate: PlacedPod,
    refusals: ReadonlyMap<NodeState, Refusal>,
    everywhere: Refusal | undefined,
    cluster: SimulatedCluster,
  ): Failure {
    const { state } = this;
    const all = everywhere === undefined ? [...refusals.values()] : [everywhere];
    const reasons = everywhere?.reasons.join(", ") ?? countReasons(all.map((refusal) => refusal.reasons));
    const available = `0/${state.nodes.size} nodes are available`;
    const plugins = new Set(all.map(({ plugin }) => plugin));
    const preemption = everywhere === undefined ? this.#preempt(candidate, refusals, cluster) : "";
    const failure = { message: `${available}: ${reasons}.${preemption}`, plugins };
    this.#failures.set(candidate.profile.key, { ...failure, version: state.version });
    return failure;
  }

  /** Drives out lower Pods where that helps; gives what is to be said about it. */
  #preempt(candidate: PlacedPod, refusals: ReadonlyMap<NodeState, Refusal>, cluster: SimulatedCluster): string {
    const { state } = this;
    const { key, pod, profile } = candidate;
    if (pod.spec.preemptionPolicy === "Never") return " preemption: not eligible due to preemptionPolicy=Never.";
    const promised = this.#nominated.get(key);
    if (promised !== undefined && hasLeavingPods(promised, profile.priority))
      return ` preemption: not eligible due to terminating pod on the nominated node.`;
    const found = findVictims(candidate, refusals, {
      state,
      storage: storageFactsOf(cluster),
      budgets: (namespace) => cluster.objects.list("poddisruptionbudgets.policy", namespace),
    });
    if (found.options.length === 0) {
      this.#unpromise(key, cluster);
      return ` preemption: 0/${state.nodes.size} nodes are available: ${countReasons(found.reasons)}.`;
    }
    this.#driveOut(candidate, found, cluster);
    return "";
  }

  #driveOut({ key, pod, profile }: PlacedPod, { options }: Preemption, cluster: SimulatedCluster): void {
    const victims = cluster.chance.pick(options, pod)!;
    const { node } = victims;
    for (const [other, promised] of [...node.nominated])
      if (promised.profile.priority < profile.priority) this.#unpromise(other, cluster);
    this.#promise(key, node, cluster);
    for (const victim of victims.pods) {
      const current = cluster.objects.find("pods", victim.key);
      if (current === undefined || current.metadata.deletionTimestamp !== undefined) continue;
      const conditions = [...(current.status.conditions ?? []), PREEMPTED];
      cluster.updateStatus("pods", current, { ...current.status, conditions });
      cluster.delete("pods", current);
    }
  }

  #promise(key: string, node: NodeState, cluster: SimulatedCluster): void {
    const pod = cluster.objects.find("pods", key);
    if (pod === undefined) return;
    this.#nominated.get(key)?.nominated.delete(key);
    this.#nominated.set(key, node);
    node.nominated.set(key, this.profiles.place(pod));
    this.state.version++;
    cluster.updateStatus("pods", pod, { ...pod.status, nominatedNodeName: node.name });
  }

  /** A Pod that cannot have its place after all gives it up; others may have waited for that. */
  #unpromise(key: string, cluster: SimulatedCluster): void {
    if (!this.#nominated.has(key)) return;
    this.forget(key);
    this.queue.disturb("podGone");
    const pod = cluster.objects.find("pods", key);
    if (pod !== undefined) cluster.updateStatus("pods", pod, { ...pod.status, nominatedNodeName: undefined });
  }
}

const DEFAULT_SCHEDULER = "default-scheduler";
const WITHOUT_CLAIM: ReadonlySet<string> = new Set(["DynamicResources"]);
const NO_NODES: Failure = { message: "no nodes available to schedule pods", plugins: new Set() };
const GATED = {
  reason: "SchedulingGated",
  message: "Scheduling is blocked due to non-empty scheduling gates",
};
const PREEMPTED = { type: "DisruptionTarget", status: "True", reason: "PreemptionByScheduler" } as PodCondition;
const SCHEDULED = { type: "PodScheduled", status: "True" } as PodCondition;

const hasLeavingPods = (node: NodeState, priority: number): boolean =>
  [...node.pods.values()].some(
    ({ pod, profile }) => pod.metadata.deletionTimestamp !== undefined && profile.priority < priority,
  );

const withoutScheduled = ({ status }: Pod): PodCondition[] =>
  (status.conditions ?? []).filter(({ type }) => type !== "PodScheduled");

function bind(pod: Pod, nodeName: string, cluster: SimulatedCluster): void {
  const conditions = [...withoutScheduled(pod), SCHEDULED];
  cluster.update("pods", { ...pod, spec: { ...pod.spec, nodeName }, status: { ...pod.status, conditions } });
}

function note(pod: Pod, said: Pick<PodCondition, "reason" | "message">, cluster: SimulatedCluster): void {
  const condition = { type: "PodScheduled", status: "False", ...said } as PodCondition;
  cluster.updateStatus("pods", pod, { ...pod.status, conditions: [...withoutScheduled(pod), condition] });
}
