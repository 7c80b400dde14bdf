import type { Pod } from "../../../apis/types/core.v1.generated.js";
import type { LabelSelector } from "../../../apis/types/meta.v1.generated.js";
import { type PodTerm, podTerm, TermIndex } from "../../scheduling/pod-terms.js";
import { type Change, controllerOf, subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";

interface Selecting {
  readonly term: PodTerm;
  readonly selector: LabelSelector;
}

/** What groups a Pod with others: the Services that select it, and its controller. */
export class ServiceSelectors {
  readonly #byService = new Map<string, Selecting>();
  readonly #index = new TermIndex<Selecting>();
  /** Rises when any Service does. */
  version = 0;

  notice(change: Change<"services">): void {
    if (change.before?.spec?.selector === change.after?.spec?.selector && change.before && change.after) return;
    this.version++;
    const key = keyOf(subjectOf(change));
    const known = this.#byService.get(key);
    if (known !== undefined) this.#index.remove(known);
    this.#byService.delete(key);
    const matchLabels = change.after?.spec?.selector;
    if (matchLabels === undefined || Object.keys(matchLabels).length === 0) return;
    const selector = { matchLabels };
    const selecting = {
      selector,
      term: podTerm({ namespaces: [subjectOf(change).metadata.namespace ?? ""], selector }),
    };
    this.#byService.set(key, selecting);
    this.#index.add(selecting);
  }

  of(pod: Pod, cluster: SimulatedCluster): LabelSelector[] {
    const selectors = [...this.#index.matching(pod, () => ({}))].map(({ selector }) => selector);
    const owner = ownSelector(pod, cluster);
    return owner === undefined ? selectors : [...selectors, owner];
  }
}

function ownSelector(pod: Pod, { objects }: SimulatedCluster): LabelSelector | undefined {
  const owner = controllerOf(pod);
  const { namespace } = pod.metadata;
  switch (owner && `${owner.apiVersion} ${owner.kind}`) {
    case "v1 ReplicationController": {
      const matchLabels = objects.get("replicationcontrollers", namespace, owner!.name)?.spec?.selector;
      return matchLabels && { matchLabels };
    }
    case "apps/v1 ReplicaSet":
      return objects.get("replicasets.apps", namespace, owner!.name)?.spec?.selector;
    case "apps/v1 StatefulSet":
      return objects.get("statefulsets.apps", namespace, owner!.name)?.spec?.selector;
    default:
      return undefined;
  }
}
