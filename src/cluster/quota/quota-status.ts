import { kindIndexOf } from "../../apis/served-kinds.js";
import type { ResourceQuota } from "../../apis/types/core.v1.generated.js";
import type { SimulatedCluster } from "../simulation/simulated-cluster.js";
import { type Counted, useOfQuotas } from "./quota-use.js";
import { haveSeen } from "./seen-kinds.js";

/** Writes into every quota how much of it is used: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export function countQuotas(cluster: SimulatedCluster): void {
  const byNamespace = new Map<string, ResourceQuota[]>();
  for (const quota of cluster.objects.list("resourcequotas")) {
    const { namespace = "" } = quota.metadata;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), quota]);
  }
  if (byNamespace.size === 0) return;
  const known = keptInNamespaces(cluster);
  for (const [namespace, quotas] of byNamespace) {
    const used = useOfQuotas(quotas, objectsIn(namespace, cluster), (resource) => known.has(resource));
    quotas.forEach((quota, i) => {
      cluster.updateStatus("resourcequotas", quota, {
        hard: quota.spec?.hard ?? {},
        used: Object.keys(used[i]!).length > 0 ? used[i] : undefined,
      });
    });
  }
}

/** The names of the resources whose objects are kept in namespaces. */
function keptInNamespaces({ minor, objects, now }: SimulatedCluster): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { apiVersion, plural, namespaced, verbs } of kindIndexOf(minor).served.values()) {
    const slash = apiVersion.indexOf("/");
    if (namespaced && verbs.includes("list")) names.add(slash < 0 ? plural : `${plural}.${apiVersion.slice(0, slash)}`);
  }
  for (const { metadata, spec } of objects.list("customresourcedefinitions.apiextensions.k8s.io"))
    if (spec.scope === "Namespaced" && haveSeen(metadata.name ?? "", objects, now)) names.add(metadata.name ?? "");
  return names;
}

function* objectsIn(namespace: string, { objects }: SimulatedCluster): Generator<Counted> {
  for (const resource of objects.resources())
    for (const object of objects.list(resource, namespace)) yield { resource, object };
}
