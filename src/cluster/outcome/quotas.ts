import type { Simulation } from "../simulation/simulate.js";
import { byName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The quotas in the end, and how much of them is used. */
export const resourceQuotasOf = ({ cluster }: Simulation): Entry[] =>
  byName(
    [...cluster.objects.list("resourcequotas")].map(({ metadata, spec, status }) => ({
      namespace: metadata.namespace,
      name: metadata.name,
      hard: spec?.hard ?? {},
      used: status?.used,
    })),
  );
