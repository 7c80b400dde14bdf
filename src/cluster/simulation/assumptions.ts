import { isMapping } from "../../input/plain-values.js";
import { INITIAL_NAMESPACES } from "./beginnings.js";

/** A plain document, as the reader gives it. */
type Document = Readonly<Record<string, unknown>>;

/** Nodes that are taken to exist, all alike. */
export interface AssumedNodes {
  readonly count: number;
  /** What each of them has: `cpu`, `memory`, `pods` and any other resource. */
  readonly capacity: Readonly<Record<string, string>>;
  /** The nodes are spread over so many zones; 0: none of them names its zone. */
  readonly zones: number;
}

/** A node like many: https://kubernetes.io/docs/setup/best-practices/cluster-large/ has no more than 110 Pods on one. */
const USUAL_CAPACITY = { cpu: "4", memory: "16Gi", "ephemeral-storage": "100Gi", pods: "110" };

/** The manifests of nodes that nobody wrote: `node-1`, `node-2` ... with the labels that every kubelet sets. */
export function assumedNodes({ count, capacity, zones }: AssumedNodes): Document[] {
  const amounts = { ...USUAL_CAPACITY, ...capacity };
  return Array.from({ length: count }, (_, i) => {
    const name = `node-${i + 1}`;
    const zone = zones > 0 && { "topology.kubernetes.io/zone": `zone-${(i % zones) + 1}` };
    const labels = {
      "kubernetes.io/arch": "amd64",
      "kubernetes.io/hostname": name,
      "kubernetes.io/os": "linux",
      ...zone,
    };
    const status = { capacity: amounts, allocatable: amounts };
    return { apiVersion: "v1", kind: "Node", metadata: { name, labels }, status };
  });
}

/** Manifests of the namespaces that documents name and none of them makes. */
export function assumedNamespaces(documents: Iterable<unknown>): Document[] {
  const made = new Set(INITIAL_NAMESPACES);
  const named = new Set<string>();
  for (const document of documents) {
    if (!isMapping(document) || !isMapping(document.metadata)) continue;
    const { name, namespace } = document.metadata;
    if (document.apiVersion === "v1" && document.kind === "Namespace") made.add(String(name));
    else if (typeof namespace === "string" && namespace !== "") named.add(namespace);
  }
  return [...named]
    .filter((name) => !made.has(name))
    .sort()
    .map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
}
