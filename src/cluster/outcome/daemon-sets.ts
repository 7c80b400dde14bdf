import type { Simulation } from "../simulation/simulate.js";
import { byName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The DaemonSets in the end: on how many nodes each wants a Pod, and has one. */
export function daemonSetsOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list("daemonsets.apps")].map(({ metadata, status }) => ({
    namespace: metadata.namespace,
    name: metadata.name,
    status: {
      desired: status?.desiredNumberScheduled ?? 0,
      current: status?.currentNumberScheduled ?? 0,
      misscheduled: status?.numberMisscheduled ?? 0,
      ready: status?.numberReady ?? 0,
      updated: status?.updatedNumberScheduled ?? 0,
      available: status?.numberAvailable ?? 0,
      unavailable: status?.numberUnavailable ?? 0,
    },
  }));
  return byName(entries);
}
