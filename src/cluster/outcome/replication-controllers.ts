import type { Simulation } from "../simulation/simulate.js";
import { conditionEntries } from "./deployments.js";
import { byName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The ReplicationControllers in the end. */
export function replicationControllersOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list("replicationcontrollers")].map(({ metadata, spec, status }) => ({
    namespace: metadata.namespace,
    name: metadata.name,
    replicas: spec.replicas,
    selector: spec.selector,
    status: {
      replicas: status?.replicas ?? 0,
      ready: status?.readyReplicas ?? 0,
      available: status?.availableReplicas ?? 0,
    },
    conditions: conditionEntries(status?.conditions),
  }));
  return byName(entries);
}
