import { EMPTY_CLUSTER, type PriorityClassFacts, type RuntimeClassFacts, type Surroundings } from "./surroundings.js";
import type { RuntimeClass } from "./types/node.v1.generated.js";
import type { PriorityClass } from "./types/scheduling.v1.generated.js";

/** The cluster after some objects have been applied, as admission of the next one sees it. */
export class ClusterSoFar implements Surroundings {
  readonly #priorityClasses = new Map<string, PriorityClassFacts>();
  readonly #runtimeClasses = new Map<string, RuntimeClassFacts>();
  #defaultPriorityClass: string | undefined;

  /** Takes in an object as it is stored. */
  apply(object: Readonly<Record<string, unknown>>): void {
    if (object.apiVersion === "scheduling.k8s.io/v1" && object.kind === "PriorityClass")
      this.#applyPriorityClass(object as unknown as PriorityClass);
    if (object.apiVersion === "node.k8s.io/v1" && object.kind === "RuntimeClass") {
      const { metadata, overhead, scheduling } = object as unknown as RuntimeClass;
      const { nodeSelector, tolerations } = scheduling ?? {};
      const facts = { overhead: overhead?.podFixed, nodeSelector, tolerations: tolerations?.map((t) => ({ ...t })) };
      this.#runtimeClasses.set(metadata.name ?? "", facts);
    }
  }

  #applyPriorityClass({ metadata, value, preemptionPolicy, globalDefault }: PriorityClass): void {
    const name = metadata.name ?? "";
    this.#priorityClasses.set(name, { value, preemptionPolicy: preemptionPolicy ?? "PreemptLowerPriority" });
    if (globalDefault) this.#defaultPriorityClass ??= name;
  }

  priorityClass(name: string): PriorityClassFacts | undefined {
    return this.#priorityClasses.get(name) ?? EMPTY_CLUSTER.priorityClass(name);
  }

  defaultPriorityClass(): (PriorityClassFacts & { readonly name: string }) | undefined {
    const name = this.#defaultPriorityClass;
    const found = name === undefined ? undefined : this.#priorityClasses.get(name);
    return found && name !== undefined ? { ...found, name } : undefined;
  }

  runtimeClass(name: string): RuntimeClassFacts | undefined {
    return this.#runtimeClasses.get(name);
  }
}
