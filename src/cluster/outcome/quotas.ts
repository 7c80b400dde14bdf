import { kindIndexOf } from "../../apis/served-kinds.js";
import type { ResourceQuota } from "../../apis/types/core.v1.generated.js";
import { type Counted, useOfQuotas } from "../quota/quota-use.js";
import type { Simulation } from "../simulation/simulate.js";
import type { SimulatedCluster } from "../simulation/simulated-cluster.js";
import { byName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The quotas in the end, and how much of them is used. */
export function resourceQuotasOf({ cluster }: Simulation): Entry[] {
  const byNamespace = new Map<string, ResourceQuota[]>();
  for (const quota of cluster.objects.list("resourcequotas")) {
    const { namespace = "" } = quota.metadata;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), quota]);
  }
  return byName(
    [...byNamespace].flatMap(([namespace, quotas]) => {
      const used = useOfQuotas(quotas, objectsIn(namespace, cluster), (resource) => keeps(resource, cluster));
      return quotas.map(({ metadata, spec }, i) => ({
        namespace,
        name: metadata.name,
        hard: spec?.hard ?? {},
        used: used[i],
      }));
    }),
  );
}

/** Whether objects of a namespace are kept under this name. */
function keeps(resource: string, { minor, objects }: SimulatedCluster): boolean {
  const definition = objects.get("customresourcedefinitions.apiextensions.k8s.io", undefined, resource);
  if (definition !== undefined) return definition.spec.scope === "Namespaced";
  for (const { apiVersion, plural, namespaced, verbs } of kindIndexOf(minor).served.values()) {
    const slash = apiVersion.indexOf("/");
    const name = slash < 0 ? plural : `${plural}.${apiVersion.slice(0, slash)}`;
    if (name === resource) return namespaced && verbs.includes("list");
  }
  return false;
}

function* objectsIn(namespace: string, { objects }: SimulatedCluster): Generator<Counted> {
  for (const resource of objects.resources())
    for (const object of objects.list(resource, namespace)) yield { resource, object };
}
