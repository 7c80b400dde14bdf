import type { Simulation } from "../simulation/simulate.js";
import { byName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The nodes: whether they are ready, and what keeps Pods off them. */
export const nodesOf = ({ cluster }: Simulation): Entry[] => byName(entriesOf(cluster));

function* entriesOf({ objects }: Simulation["cluster"]): Generator<Entry> {
  for (const { metadata, spec, status } of objects.list("nodes"))
    yield {
      name: metadata.name,
      unschedulable: spec?.unschedulable,
      taints: spec?.taints?.map(({ key, value = "", effect }) => `${key}=${value}:${effect}`).sort(),
      ready: status?.conditions?.find(({ type }) => type === "Ready")?.status ?? "Unknown",
    };
}
