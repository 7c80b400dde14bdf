import type { Simulation } from "../simulation/simulate.js";
import { conditionEntries } from "./deployments.js";
import { byName, countLike, ownersOf, TEMPLATE_HASH, writtenName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The ReplicaSets in the end, with how far they are; those alike together. */
export function replicaSetsOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list("replicasets.apps")].map((set) => {
    const { metadata, spec, status } = set;
    const labels = spec.selector?.matchLabels;
    return {
      namespace: metadata.namespace,
      name: writtenName(set),
      owner: ownersOf(set, cluster),
      replicas: spec.replicas,
      selector: {
        ...spec.selector,
        matchLabels: labels?.[TEMPLATE_HASH] === undefined ? labels : { ...labels, [TEMPLATE_HASH]: "<hash>" },
      },
      status: {
        replicas: status?.replicas ?? 0,
        fullyLabeled: status?.fullyLabeledReplicas ?? 0,
        ready: status?.readyReplicas ?? 0,
        available: status?.availableReplicas ?? 0,
      },
      conditions: conditionEntries(status?.conditions),
    };
  });
  // Several of one Deployment have the same name here: the order says which is which, whatever their hashes are.
  const sizes = entries.map((entry) => [entry.replicas ?? 0, entry] as const).sort(([a], [b]) => a - b);
  return countLike(byName(sizes.map(([, entry]) => entry)));
}
