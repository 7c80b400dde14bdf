import type { NamespaceCondition } from "../../apis/types/core.v1.generated.js";
import { INITIAL_NAMESPACES } from "../simulation/beginnings.js";
import type { Simulation } from "../simulation/simulate.js";
import type { Entry } from "./outcome.js";

/** The namespaces that the documents made, with the accounts in them. */
export function* namespacesOf({ cluster: { objects } }: Simulation): Generator<Entry> {
  for (const { metadata, status } of objects.list("namespaces")) {
    const { name = "" } = metadata;
    if (INITIAL_NAMESPACES.includes(name)) continue;
    const serviceAccounts = [...objects.list("serviceaccounts", name)].map((account) => account.metadata.name ?? "");
    yield {
      name,
      phase: status?.phase,
      conditions: status?.conditions?.map(conditionEntry),
      serviceAccounts: serviceAccounts.sort(),
    };
  }
}

const conditionEntry = ({ type, status, reason, message }: NamespaceCondition): Entry => ({
  type,
  status,
  reason,
  message,
});
