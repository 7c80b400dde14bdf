import type { NodeState } from "./node-state.js";
import type { PlacedPod, SpreadConstraint } from "./pod-profile.js";
import { termMatches } from "./pod-terms.js";
import type { Refusal } from "./refusals.js";
import type { SchedulingState } from "./scheduling-state.js";

const PLUGIN = "PodTopologySpread";
const MISSING_LABEL: Refusal = {
  plugin: PLUGIN,
  reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
  preemptible: false,
};
const TOO_MANY: Refusal = {
  plugin: PLUGIN,
  reasons: ["node(s) didn't match pod topology spread constraints"],
  preemptible: true,
};

export const HOSTNAME = "kubernetes.io/hostname";

interface Domains {
  readonly constraint: SpreadConstraint;
  readonly counts: ReadonlyMap<string, number>;
  /** One where the constraint counts the Pod itself. */
  readonly itself: number;
  readonly least: number;
}

/**
 * The constraints of a Pod that must hold, with the Pods of each domain as they are now.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function spreadCheck(candidate: PlacedPod, state: SchedulingState): (node: NodeState) => Refusal | undefined {
  const constraints = candidate.profile.constraints.filter(({ hard }) => hard);
  if (constraints.length === 0) return () => undefined;
  const domains = constraints.map((constraint) => domainsOf(constraint, constraints, candidate, state));
  return ({ node }) => {
    const labels = node.metadata.labels ?? {};
    for (const { constraint, counts, itself, least } of domains) {
      const value = labels[constraint.topologyKey];
      if (value === undefined) return MISSING_LABEL;
      if ((counts.get(value) ?? 0) + itself - least > constraint.maxSkew) return TOO_MANY;
    }
    return undefined;
  };
}

function domainsOf(
  constraint: SpreadConstraint,
  all: readonly SpreadConstraint[],
  candidate: PlacedPod,
  state: SchedulingState,
): Domains {
  const counts = new Map<string, number>();
  const byNode = state.countOf([constraint.term]);
  for (const node of state.nodes.values())
    if (hasKeys(node, all) && takesPart(node, constraint, candidate))
      add(counts, node.node.metadata.labels![constraint.topologyKey]!, byNode.get(node.name) ?? 0);
  const least = counts.size < constraint.minDomains ? 0 : Math.min(...counts.values());
  const itself = termMatches(constraint.term, candidate.pod, state.namespaceLabels) ? 1 : 0;
  return { constraint, counts, itself, least };
}

const hasKeys = ({ node }: NodeState, constraints: readonly SpreadConstraint[]): boolean =>
  constraints.every(({ topologyKey }) => node.metadata.labels?.[topologyKey] !== undefined);

function takesPart(node: NodeState, constraint: SpreadConstraint, { profile }: PlacedPod): boolean {
  if (constraint.honorsAffinity && !profile.fit.verdictOn(node).selected) return false;
  return !constraint.honorsTaints || !profile.fit.verdictOn(node).untolerated;
}

function add(counts: Map<string, number>, domain: string, count: number): void {
  counts.set(domain, (counts.get(domain) ?? 0) + count);
}

/**
 * How well each node keeps a Pod's soft constraints, 0 to 100; undefined where it has none. `byDefault`: those that
 * every cluster has for Pods without constraints, which nodes without the labels are not left out of.
 */
export function spreadScores(
  candidate: PlacedPod,
  nodes: readonly NodeState[],
  state: SchedulingState,
  constraints: readonly SpreadConstraint[],
  byDefault: boolean,
): number[] | undefined {
  if (constraints.length === 0) return undefined;
  const scored = byDefault ? nodes : nodes.filter((node) => hasKeys(node, constraints));
  const raw = new Array<number>(scored.length).fill(0);
  for (const constraint of constraints) {
    const { isLabelled } = state.domainsOf(constraint.topologyKey);
    const { countOn, weight } = softCounts(constraint, scored, candidate, state, byDefault ? [] : constraints);
    const least = constraint.maxSkew - 1;
    for (let i = 0; i < scored.length; i++) {
      const { serial } = scored[i]!;
      if (isLabelled[serial]) raw[i]! += countOn(serial) * weight + least;
    }
  }
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < raw.length; i++) {
    const score = Math.round(raw[i]!);
    raw[i] = score;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  const scores = raw.map((score) => (most === 0 ? 100 : Math.trunc((100 * (most + least - score)) / most)));
  if (scored.length === nodes.length) return scores;
  let next = 0;
  return nodes.map((node) => (node === scored[next] ? scores[next++]! : 0));
}

/** How many Pods a constraint counts where each node is, by the node's serial number. */
interface SoftCounts {
  countOn(serial: number): number;
  readonly weight: number;
}

function softCounts(
  constraint: SpreadConstraint,
  scored: readonly NodeState[],
  candidate: PlacedPod,
  state: SchedulingState,
  required: readonly SpreadConstraint[],
): SoftCounts {
  const byNode = state.countOf([constraint.term]);
  const counts: number[] = [];
  if (constraint.topologyKey === HOSTNAME) {
    for (const [name, count] of byNode) {
      const node = state.nodes.get(name);
      if (node !== undefined) counts[node.serial] = count;
    }
    return { countOn: (serial) => counts[serial] ?? 0, weight: weightOf(scored.length) };
  }
  // Only the domains that one of the nodes in question is in.
  const { domainOf, count: domains } = state.domainsOf(constraint.topologyKey);
  let present = 0;
  for (let i = 0; i < scored.length && present < domains; i++) {
    const domain = domainOf[scored[i]!.serial]!;
    if (counts[domain] !== undefined) continue;
    counts[domain] = 0;
    present++;
  }
  for (const [name, count] of byNode) {
    const node = state.nodes.get(name);
    if (node === undefined || !hasKeys(node, required) || !takesPart(node, constraint, candidate)) continue;
    const domain = domainOf[node.serial]!;
    if (counts[domain] !== undefined) counts[domain] += count;
  }
  return { countOn: (serial) => counts[domainOf[serial]!] ?? 0, weight: weightOf(present) };
}

/** Domains of which there are many do not water down the others. */
const weightOf = (domains: number): number => Math.log(domains + 2);
