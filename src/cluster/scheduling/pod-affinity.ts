import type { NodeState } from "./node-state.js";
import type { DomainTerm, PlacedPod } from "./pod-profile.js";
import { termMatches } from "./pod-terms.js";
import type { Refusal } from "./refusals.js";
import type { CountByNode, SchedulingState } from "./scheduling-state.js";

const refusal = (reason: string, preemptible: boolean): Refusal => ({
  plugin: "InterPodAffinity",
  reasons: [reason],
  preemptible,
});
const NOT_NEAR = refusal("node(s) didn't match pod affinity rules", false);
const TOO_NEAR = refusal("node(s) didn't match pod anti-affinity rules", true);
const UNWELCOME = refusal("node(s) didn't satisfy existing pods anti-affinity rules", true);

/** Values of a topology label. */
type DomainSet = ReadonlySet<string>;

/** https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity */
export function affinityCheck(candidate: PlacedPod, state: SchedulingState): (node: NodeState) => Refusal | undefined {
  const { affinity, antiAffinity } = candidate.profile;
  const near = nearCheck(candidate, state);
  const apart = antiAffinity.map(({ term, topologyKey }) => ({
    topologyKey,
    domains: domainsOf(state.countOf([term]), topologyKey, state),
  }));
  const closed: { readonly topologyKey: string; readonly domains: DomainSet }[] = [];
  for (const { topologyKey, byNode } of state.termsAgainst(candidate))
    closed.push({ topologyKey, domains: domainsOf(byNode, topologyKey, state) });
  if (affinity.length === 0 && apart.length === 0 && closed.length === 0) return () => undefined;
  return ({ node }) => {
    const labels = node.metadata.labels ?? {};
    const isIn = ({ topologyKey, domains }: { topologyKey: string; domains: DomainSet }) =>
      labels[topologyKey] !== undefined && domains.has(labels[topologyKey]);
    if (!near(labels)) return NOT_NEAR;
    if (apart.some(isIn)) return TOO_NEAR;
    return closed.some(isIn) ? UNWELCOME : undefined;
  };
}

/**
 * Whether a node's domains have a Pod that all terms match. The first Pod of a group that wants to be near its like may go
 * to any node with the labels.
 */
function nearCheck(
  candidate: PlacedPod,
  state: SchedulingState,
): (labels: Readonly<Record<string, string>>) => boolean {
  const { affinity } = candidate.profile;
  if (affinity.length === 0) return () => true;
  const count = state.countOf(affinity.map(({ term }) => term));
  const wanted = affinity.map(({ topologyKey }) => ({ topologyKey, domains: domainsOf(count, topologyKey, state) }));
  const isFirst =
    wanted.every(({ domains }) => domains.size === 0) &&
    affinity.every(({ term }) => termMatches(term, candidate.pod, state.namespaceLabels));
  return (labels) =>
    wanted.every(({ topologyKey, domains }) => {
      const value = labels[topologyKey];
      return value !== undefined && (isFirst || domains.has(value));
    });
}

function domainsOf(byNode: CountByNode, topologyKey: string, state: SchedulingState): DomainSet {
  const domains = new Set<string>();
  for (const name of byNode.keys()) {
    const value = state.nodes.get(name)?.node.metadata.labels?.[topologyKey];
    if (value !== undefined) domains.add(value);
  }
  return domains;
}

/** What the preferences of a Pod, and of those that are there, say of each node, 0 to 100; undefined where they say nothing. */
export function affinityScores(
  candidate: PlacedPod,
  nodes: readonly NodeState[],
  state: SchedulingState,
): number[] | undefined {
  const weights = new Map<string, Map<string, number>>();
  const weigh = ({ topologyKey }: Pick<DomainTerm, "topologyKey">, weight: number, byNode: CountByNode) => {
    const byDomain = weights.get(topologyKey) ?? new Map<string, number>();
    for (const [name, count] of byNode) {
      const domain = state.nodes.get(name)?.node.metadata.labels?.[topologyKey];
      if (domain !== undefined) byDomain.set(domain, (byDomain.get(domain) ?? 0) + weight * count);
    }
    if (byDomain.size > 0) weights.set(topologyKey, byDomain);
  };
  for (const preference of candidate.profile.preferences)
    weigh(preference, preference.weight, state.countOf([preference.term]));
  for (const carrier of state.termsFor(candidate)) weigh(carrier, carrier.weight, carrier.byNode);
  if (weights.size === 0) return undefined;
  const raw = nodes.map(({ node }) => {
    let sum = 0;
    for (const [topologyKey, byDomain] of weights) sum += byDomain.get(node.metadata.labels?.[topologyKey] ?? "") ?? 0;
    return sum;
  });
  const [least, most] = [Math.min(...raw), Math.max(...raw)];
  return raw.map((score) => (most > least ? Math.trunc(100 * ((score - least) / (most - least))) : 0));
}
