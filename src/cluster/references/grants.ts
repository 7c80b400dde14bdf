import type { Cluster } from "../cluster.js";
import type { Resource } from "../resource.js";
import { compilePattern, isRecord, visitPattern } from "./object-paths.js";
import type { Reference } from "./references.js";

const GATEWAY_API = "gateway.networking.k8s.io";
const FROM = compilePattern("spec.from[*]");
const TO = compilePattern("spec.to[*]");

/**
 * Whether a reference of the Gateway API leads into another namespace that does not let it in. Parents are not asked for:
 * a Gateway says itself whose routes it takes. https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
export function lacksGrant(cluster: Cluster, { from, fact, group, kind, namespace, name, lookup }: Reference): boolean {
  if (from.group !== GATEWAY_API || lookup.state !== "present" || fact.at.startsWith("spec.parentRef")) return false;
  if (!namespace || !from.namespace || namespace === from.namespace || kind === "GatewayClass") return false;
  return ![namespace, ""]
    .flatMap((one) => grantsOf(cluster).get(one) ?? [])
    .some((grant) => {
      const lets = (steps: typeof FROM, fits: (entry: Readonly<Record<string, unknown>>) => boolean): boolean => {
        let found = false;
        visitPattern(grant.object, steps, "", (entry) => {
          found ||= isRecord(entry) && fits(entry);
        });
        return found;
      };
      return (
        lets(FROM, (entry) => entry.kind === from.kind && entry.namespace === from.namespace) &&
        lets(TO, (entry) => entry.kind === kind && (entry.group ?? "") === group && (entry.name ?? name) === name)
      );
    });
}

const byNamespace = new WeakMap<Cluster, ReadonlyMap<string, readonly Resource[]>>();

function grantsOf(cluster: Cluster): ReadonlyMap<string, readonly Resource[]> {
  const known = byNamespace.get(cluster);
  if (known) return known;
  const index = new Map<string, Resource[]>();
  for (const grant of cluster.ofGroupKind(GATEWAY_API, "ReferenceGrant")) {
    const list = index.get(grant.namespace);
    if (list) list.push(grant);
    else index.set(grant.namespace, [grant]);
  }
  byNamespace.set(cluster, index);
  return index;
}
