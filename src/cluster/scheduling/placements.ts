import { hasEnded } from "../../apis/core/pod-status.js";
import type { Node, Pod } from "../../apis/types/core.v1.generated.js";
import type { SimulatedCluster } from "../simulation/simulated-cluster.js";
import { attempt } from "./attempt.js";
import { type PlacedPod, PodProfiles } from "./pod-profile.js";
import type { Refusal } from "./refusals.js";
import { SchedulingState } from "./scheduling-state.js";
import { storageFactsOf } from "./storage-facts.js";
import type { StorageFacts } from "./volume-check.js";

/** What a node says to a Pod; without a refusal it would take it. */
export interface NodeAnswer {
  readonly node: string;
  readonly refusal?: Refusal;
}

const NO_STORAGE: StorageFacts = {
  claim: () => undefined,
  volume: () => undefined,
  storageClass: () => undefined,
  volumeFor: () => undefined,
};

/** The nodes with the Pods on them, for questions about where else a Pod could be. */
export class Placements {
  readonly #profiles = new PodProfiles();
  readonly #state: SchedulingState;

  constructor(
    nodes: Iterable<Node>,
    pods: Iterable<Pod>,
    private readonly storage: StorageFacts = NO_STORAGE,
    namespaceLabels: (namespace: string) => Readonly<Record<string, string>> = () => ({}),
  ) {
    this.#state = new SchedulingState(namespaceLabels);
    for (const node of nodes) this.#state.putNode(node);
    for (const pod of pods) if (pod.spec.nodeName && !hasEnded(pod)) this.#state.place(this.#profiles.place(pod));
  }

  static of(cluster: Pick<SimulatedCluster, "objects">): Placements {
    const { objects } = cluster;
    return new Placements(
      objects.list("nodes"),
      objects.list("pods"),
      storageFactsOf(cluster),
      (name) => objects.get("namespaces", undefined, name)?.metadata.labels ?? {},
    );
  }

  /** What each node says to a Pod; of one that stands on a node already, as if it did not. */
  explain(pod: Pod): NodeAnswer[] {
    const candidate = this.#profiles.place(pod);
    const standing = this.#state.placed(candidate.key);
    if (standing !== undefined) this.#state.displace(standing);
    const { everywhere, on } = attempt(candidate, this.#state, this.storage);
    const answers = [...this.#state.nodes.values()].map((node) => ({
      node: node.name,
      refusal: everywhere ?? on(node),
    }));
    if (standing !== undefined) this.#state.place(standing);
    return answers;
  }

  /** The Pods that take room on a node. */
  podsOn(node: string): Pod[] {
    return [...(this.#state.nodes.get(node)?.pods.values() ?? [])].map(({ pod }: PlacedPod) => pod);
  }
}

/** What each node says to one Pod. Where many Pods are asked about, make one `Placements` for them all. */
export const explainPlacement = (pod: Pod, cluster: Pick<SimulatedCluster, "objects">): NodeAnswer[] =>
  Placements.of(cluster).explain(pod);
