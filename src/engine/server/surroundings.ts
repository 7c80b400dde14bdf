import type { PriorityClass } from "kubernetes-types/scheduling/v1.js";
import { EMPTY_CLUSTER, type PriorityClassFacts, type RuntimeClassFacts, type Surroundings } from "../../apis/index.js";
import type { Cluster } from "../../cluster/index.js";
import { isMapping, mappingsOf } from "../../input/plain-values.js";

/** What the input proves of the classes that admission looks up: those that it has, and no word on any other. */
export function surroundingsIn(cluster: Cluster): Surroundings {
  return {
    incomplete: true,
    priorityClass: (name) => EMPTY_CLUSTER.priorityClass(name) ?? priorityClassNamed(cluster, name),
    defaultPriorityClass: () => undefined,
    runtimeClass: (name) => runtimeClassNamed(cluster, name),
  };
}

/** Of several variants none is known to be the one that counts. */
function theOnly(cluster: Cluster, group: string, kind: string, name: string): unknown {
  const named = cluster.allNamed(group, kind, undefined, name);
  return named.length === 1 ? named[0]!.object : undefined;
}

function priorityClassNamed(cluster: Cluster, name: string): PriorityClassFacts | undefined {
  const found = theOnly(cluster, "scheduling.k8s.io", "PriorityClass", name) as PriorityClass | undefined;
  if (typeof found?.value !== "number") return undefined;
  return { value: found.value, preemptionPolicy: found.preemptionPolicy ?? "PreemptLowerPriority" };
}

function runtimeClassNamed(cluster: Cluster, name: string): RuntimeClassFacts | undefined {
  const found = theOnly(cluster, "node.k8s.io", "RuntimeClass", name);
  if (!isMapping(found)) return undefined;
  // Amounts compare as the server writes them, which is not as they are written here.
  if (found.overhead !== undefined) return undefined;
  const scheduling = isMapping(found.scheduling) ? found.scheduling : {};
  return {
    nodeSelector: isMapping(scheduling.nodeSelector) ? textsIn(scheduling.nodeSelector) : undefined,
    tolerations: mappingsOf(scheduling.tolerations),
  };
}

const textsIn = (map: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(map).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])));
