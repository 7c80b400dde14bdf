import type { NodeState } from "./node-state.js";
import type { PlacedPod, SpreadConstraint } from "./pod-profile.js";
import { termMatches } from "./pod-terms.js";
import type { Refusal } from "./refusals.js";
import type { CountByNode, SchedulingState } from "./scheduling-state.js";

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
  if (constraint.honorsAffinity && !profile.verdictOn(node).selected) return false;
  return !constraint.honorsTaints || !profile.verdictOn(node).untolerated;
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
  const terms = constraints.map((constraint) => {
    const byNode = state.countOf([constraint.term]);
    if (constraint.topologyKey === HOSTNAME) return { constraint, byNode, weight: weightOf(scored.length) };
    const counts = softDomains(constraint, byNode, scored, candidate, state, byDefault ? [] : constraints);
    return { constraint, byNode, counts, weight: weightOf(counts.size) };
  });
  const raw = nodes.map((node) => {
    const labels = node.node.metadata.labels ?? {};
    if (!byDefault && !hasKeys(node, constraints)) return undefined;
    let score = 0;
    for (const { constraint, byNode, counts, weight } of terms) {
      const value = labels[constraint.topologyKey];
      if (value === undefined) continue;
      const count = counts === undefined ? (byNode.get(node.name) ?? 0) : (counts.get(value) ?? 0);
      score += count * weight + (constraint.maxSkew - 1);
    }
    return Math.round(score);
  });
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const score of raw) {
    if (score === undefined) continue;
    least = Math.min(least, score);
    most = Math.max(most, score);
  }
  return raw.map((score) =>
    score === undefined ? 0 : most === 0 ? 100 : Math.trunc((100 * (most + least - score)) / most),
  );
}

/** The Pods of each domain that one of the nodes in question is in. */
function softDomains(
  constraint: SpreadConstraint,
  byNode: CountByNode,
  scored: readonly NodeState[],
  candidate: PlacedPod,
  state: SchedulingState,
  required: readonly SpreadConstraint[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { node } of scored) counts.set(node.metadata.labels?.[constraint.topologyKey] ?? "", 0);
  for (const [name, count] of byNode) {
    const node = state.nodes.get(name);
    if (node === undefined || !hasKeys(node, required) || !takesPart(node, constraint, candidate)) continue;
    const domain = node.node.metadata.labels?.[constraint.topologyKey] ?? "";
    if (counts.has(domain)) add(counts, domain, count);
  }
  return counts;
}

/** Domains of which there are many do not water down the others. */
const weightOf = (domains: number): number => Math.log(domains + 2);
