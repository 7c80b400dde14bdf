import type { PriorityClass } from "kubernetes-types/scheduling/v1.js";
import { customKindsOf } from "../../apis/admission/custom-resource.js";
import { EMPTY_CLUSTER, type PriorityClassFacts, type RuntimeClassFacts, type Surroundings } from "../../apis/index.js";
import type { CustomKind } from "../../apis/surroundings.js";
import type { CustomResourceDefinition } from "../../apis/types/apiextensions.v1.generated.js";
import type { Cluster, Resource } from "../../cluster/index.js";
import { isMapping, mappingsOf } from "../../input/plain-values.js";

/** What the input proves of the classes that admission looks up: those that it has, and no word on any other. */
export function surroundingsIn(cluster: Cluster, minor: number): Surroundings {
  const customKinds = new CustomKinds(cluster, minor);
  return {
    incomplete: true,
    admission: {
      customKind: (apiVersion, kind) => customKinds.find(apiVersion, kind),
      receive: () => undefined,
      review: () => undefined,
    },
    priorityClass: (name) => EMPTY_CLUSTER.priorityClass(name) ?? priorityClassNamed(cluster, name),
    defaultPriorityClass: () => undefined,
    runtimeClass: (name) => runtimeClassNamed(cluster, name),
  };
}

/** The kinds that the input defines, as the server treats their objects; of kinds that are defined twice none. */
class CustomKinds {
  /** `group kind` -> definitions. */
  #definitions: Map<string, Resource[]> | undefined;
  readonly #kinds = new Map<string, CustomKind | undefined>();

  constructor(
    private readonly cluster: Cluster,
    private readonly minor: number,
  ) {}

  find(apiVersion: string, kind: string): CustomKind | undefined {
    const key = `${apiVersion} ${kind}`;
    if (!this.#kinds.has(key)) this.#kinds.set(key, this.read(apiVersion, kind));
    return this.#kinds.get(key);
  }

  private read(apiVersion: string, kind: string): CustomKind | undefined {
    const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf("/")));
    const [definition, another] = this.definitions.get(`${group} ${kind}`) ?? [];
    // What is wrong with a definition is said of the definition.
    if (!definition?.facts || another !== undefined || definition.version !== "v1" || definition.doubtful.length > 0)
      return undefined;
    const found = customKindsOf(definition.object as unknown as CustomResourceDefinition, this.minor);
    return found.find(([key]) => key === `${apiVersion} ${kind}`)?.[1];
  }

  private get definitions(): Map<string, Resource[]> {
    if (this.#definitions !== undefined) return this.#definitions;
    const definitions = new Map<string, Resource[]>();
    for (const definition of this.cluster.ofGroupKind("apiextensions.k8s.io", "CustomResourceDefinition")) {
      const { group, names } = (definition.spec ?? {}) as { group?: string; names?: { kind?: string } };
      const key = `${group} ${names?.kind}`;
      const known = definitions.get(key);
      if (known === undefined) definitions.set(key, [definition]);
      else known.push(definition);
    }
    this.#definitions = definitions;
    return definitions;
  }
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
