import type { Node } from "../../apis/types/core.v1.generated.js";
import { NodeState } from "./node-state.js";
import type { CarriedTerm, PlacedPod } from "./pod-profile.js";
import { type NamespaceLabels, PodIndex, type PodTerm, TermIndex, termMatches } from "./pod-terms.js";
import { type TopologyDomains, topologyDomains } from "./topology-domains.js";

/** How many Pods of some kind stand on each node. */
export type CountByNode = ReadonlyMap<string, number>;

interface PodCount {
  readonly term: PodTerm;
  /** A Pod counts where all of these match. */
  readonly terms: readonly PodTerm[];
  readonly byNode: Map<string, number>;
}

/** A term that Pods carry, and on which nodes they stand. */
export interface Carrier extends CarriedTerm {
  readonly byNode: Map<string, number>;
}

/** All nodes and the Pods on them, with the counts that affinities and spread constraints ask for, kept up to date Pod by Pod. */
export class SchedulingState {
  readonly nodes = new Map<string, NodeState>();
  /** Rises with every change that may make a difference to some Pod. */
  version = 0;
  readonly #placed = new Map<string, { readonly placed: PlacedPod; readonly node: string }>();
  #nodesMade = 0;
  readonly #domains = new Map<string, TopologyDomains>();
  readonly #claimsInUse = new Map<string, number>();
  readonly #pods = new PodIndex<PlacedPod>();
  readonly #counts = new Map<string, PodCount>();
  readonly #countIndex = new TermIndex<PodCount>();
  readonly #carriers = new Map<string, Carrier>();
  readonly #forbidding = new TermIndex<Carrier>();
  readonly #scoring = new TermIndex<Carrier>();

  constructor(readonly namespaceLabels: NamespaceLabels) {}

  putNode(node: Node): NodeState {
    this.version++;
    this.#domains.clear();
    const name = node.metadata.name ?? "";
    const known = this.nodes.get(name);
    if (known !== undefined) {
      known.node = node;
      return known;
    }
    const state = new NodeState(node, this.#nodesMade++);
    this.nodes.set(name, state);
    for (const { placed, node: where } of this.#placed.values()) if (where === name) state.add(placed);
    return state;
  }

  removeNode(name: string): void {
    this.version++;
    this.#domains.clear();
    this.nodes.delete(name);
  }

  /** The domains of a topology that the nodes are in. */
  domainsOf(topologyKey: string): TopologyDomains {
    let domains = this.#domains.get(topologyKey);
    if (domains === undefined) {
      domains = topologyDomains(topologyKey, this.nodes.values());
      this.#domains.set(topologyKey, domains);
    }
    return domains;
  }

  /** The Pod of this key, where it stands on a node. */
  placed(key: string): PlacedPod | undefined {
    return this.#placed.get(key)?.placed;
  }

  /** Counts a Pod on a node, until `displace`. */
  place(placed: PlacedPod, node = placed.pod.spec.nodeName ?? ""): void {
    this.version++;
    this.#placed.set(placed.key, { placed, node });
    this.#pods.add(placed);
    this.nodes.get(node)?.add(placed);
    for (const claim of placed.profile.claimsOf(placed.pod)) change(this.#claimsInUse, claim, 1);
    this.#count(placed, node, 1);
  }

  displace(placed: PlacedPod): void {
    const node = this.#placed.get(placed.key)?.node;
    if (node === undefined) return;
    this.#placed.delete(placed.key);
    this.version++;
    this.#pods.remove(placed);
    this.nodes.get(node)?.remove(placed);
    for (const claim of placed.profile.claimsOf(placed.pod)) change(this.#claimsInUse, claim, -1);
    this.#count(placed, node, -1);
  }

  /** Whether a Pod on some node uses the claim of this key. */
  isClaimInUse(key: string): boolean {
    return this.#claimsInUse.has(key);
  }

  /** How many Pods that all these terms match stand on each node. */
  countOf(terms: readonly PodTerm[]): CountByNode {
    const key = terms.length === 1 ? terms[0]!.key : terms.map((term) => term.key).join(" ");
    const known = this.#counts.get(key);
    if (known !== undefined) return known.byNode;
    const [term, ...others] = terms as [PodTerm, ...PodTerm[]];
    const count: PodCount = { term, terms, byNode: new Map() };
    for (const placed of this.#pods.matching(term, this.namespaceLabels))
      if (others.every((other) => termMatches(other, placed.pod, this.namespaceLabels)))
        change(count.byNode, this.#placed.get(placed.key)!.node, 1);
    this.#counts.set(key, count);
    this.#countIndex.add(count);
    return count.byNode;
  }

  /** Terms of Pods on nodes that keep this Pod out of their domains. */
  termsAgainst({ pod }: PlacedPod): Iterable<Carrier> {
    return this.#forbidding.matching(pod, this.namespaceLabels);
  }

  /** Terms of Pods on nodes that would have this Pod near them, or not. */
  termsFor({ pod }: PlacedPod): Iterable<Carrier> {
    return this.#scoring.matching(pod, this.namespaceLabels);
  }

  /** Forgets the counts that labels of namespaces have a part in. */
  namespacesChanged(): void {
    this.version++;
    for (const [key, count] of this.#counts) {
      if (count.terms.every(({ namespaceSelector }) => namespaceSelector === undefined)) continue;
      this.#counts.delete(key);
      this.#countIndex.remove(count);
    }
  }

  #count({ pod, profile }: PlacedPod, node: string, by: 1 | -1): void {
    for (const { terms, byNode } of this.#countIndex.matching(pod, this.namespaceLabels))
      if (terms.length === 1 || terms.every((term) => termMatches(term, pod, this.namespaceLabels)))
        change(byNode, node, by);
    for (const term of profile.carried) {
      let carrier = this.#carriers.get(term.key);
      if (carrier === undefined) {
        carrier = { ...term, byNode: new Map() };
        this.#carriers.set(term.key, carrier);
        (term.forbids ? this.#forbidding : this.#scoring).add(carrier);
      }
      change(carrier.byNode, node, by);
      if (carrier.byNode.size > 0) continue;
      this.#carriers.delete(term.key);
      (term.forbids ? this.#forbidding : this.#scoring).remove(carrier);
    }
  }
}

function change(counts: Map<string, number>, node: string, by: 1 | -1): void {
  const count = (counts.get(node) ?? 0) + by;
  if (count === 0) counts.delete(node);
  else counts.set(node, count);
}
