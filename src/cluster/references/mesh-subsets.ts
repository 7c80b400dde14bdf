import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import type { Resource } from "../resource.js";
import { compilePattern, isRecord, textsAt, visitPattern } from "./object-paths.js";

/** A subset that a route of an Istio VirtualService leads to and no DestinationRule of the host has. */
export interface MissingSubset {
  readonly at: string;
  readonly host: string;
  readonly subset: string;
  readonly rule: Resource;
  readonly present: readonly string[];
}

const ISTIO = "networking.istio.io";
const DESTINATIONS = [
  "spec.http[*].route[*].destination",
  "spec.tcp[*].route[*].destination",
  "spec.tls[*].route[*].destination",
  "spec.http[*].mirror",
  "spec.http[*].mirrors[*].destination",
].map(compilePattern);
const SUBSETS = compilePattern("spec.subsets[*].name");

const byHost = new WeakMap<Cluster, ReadonlyMap<string, readonly Resource[]>>();

/** Only where the input has a rule for the host; https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset */
export function missingSubsets(cluster: Cluster, service: Resource): MissingSubset[] {
  const found: MissingSubset[] = [];
  for (const steps of DESTINATIONS)
    visitPattern(service.object, steps, "", (destination, path) => {
      if (!isRecord(destination)) return;
      const { host, subset } = destination;
      if (typeof host !== "string" || typeof subset !== "string" || isPlaceholder(host) || isPlaceholder(subset))
        return;
      const rules = rulesOf(cluster).get(fullHost(host, service.namespace)) ?? [];
      const present = [...new Set(rules.flatMap(({ object }) => textsAt(object, SUBSETS)))];
      if (rules.length === 0 || present.includes(subset) || present.some(isPlaceholder)) return;
      found.push({ at: `${path}.subset`, host, subset, rule: rules[0]!, present });
    });
  return found;
}

/** A short name is one of the namespace of the object that says it. */
function fullHost(host: string, namespace: string): string {
  const plain = host.replace(/\.svc(\.cluster\.local)?$/, "");
  return plain.includes(".") ? plain : `${plain}.${namespace}`;
}

function rulesOf(cluster: Cluster): ReadonlyMap<string, readonly Resource[]> {
  const known = byHost.get(cluster);
  if (known) return known;
  const index = new Map<string, Resource[]>();
  for (const rule of cluster.ofGroupKind(ISTIO, "DestinationRule")) {
    const [host] = textsAt(rule.object, compilePattern("spec.host"));
    if (host === undefined) continue;
    const key = fullHost(host, rule.namespace);
    const list = index.get(key);
    if (list) list.push(rule);
    else index.set(key, [rule]);
  }
  byHost.set(cluster, index);
  return index;
}
