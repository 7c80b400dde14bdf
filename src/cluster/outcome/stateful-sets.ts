import type { StatefulSet } from "../../apis/types/apps.v1.generated.js";
import { ordinalOf } from "../controllers/workloads/stateful-names.js";
import type { Simulation } from "../simulation/simulate.js";
import { byName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The StatefulSets in the end, with the ordinals of the Pods there are. */
export function statefulSetsOf({ cluster }: Simulation): Entry[] {
  const ordinals = (set: StatefulSet) =>
    [...cluster.objects.controlledBy("pods", set.metadata.uid ?? "")]
      .map((pod) => ordinalOf(set, pod))
      .sort((a, b) => a - b);
  const entries = [...cluster.objects.list("statefulsets.apps")].map((set) => ({
    namespace: set.metadata.namespace,
    name: set.metadata.name,
    replicas: set.spec.replicas,
    serviceName: set.spec.serviceName ?? "",
    podManagementPolicy: set.spec.podManagementPolicy,
    ordinals: ordinals(set),
    status: {
      replicas: set.status?.replicas ?? 0,
      current: set.status?.currentReplicas ?? 0,
      updated: set.status?.updatedReplicas ?? 0,
      ready: set.status?.readyReplicas ?? 0,
      available: set.status?.availableReplicas ?? 0,
    },
  }));
  return byName(entries);
}
