/** What admission looks up in the cluster. */
export interface Surroundings {
  priorityClass(name: string): PriorityClassFacts | undefined;
  /** The class with `globalDefault: true`. */
  defaultPriorityClass(): (PriorityClassFacts & { readonly name: string }) | undefined;
  runtimeClass(name: string): RuntimeClassFacts | undefined;
}

export interface PriorityClassFacts {
  readonly value: number;
  readonly preemptionPolicy: string;
}

export interface RuntimeClassFacts {
  /** As quantities by resource; undefined where the class has no overhead. */
  readonly overhead?: Readonly<Record<string, string>>;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Readonly<Record<string, unknown>>[];
}

/** The classes that every cluster has: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ */
const BUILT_IN_CLASSES: ReadonlyMap<string, PriorityClassFacts> = new Map([
  ["system-cluster-critical", { value: 2_000_000_000, preemptionPolicy: "PreemptLowerPriority" }],
  ["system-node-critical", { value: 2_000_001_000, preemptionPolicy: "PreemptLowerPriority" }],
]);

/** A cluster with nothing in it but what every cluster has; all namespaces and service accounts exist. */
export const EMPTY_CLUSTER: Surroundings = {
  priorityClass: (name) => BUILT_IN_CLASSES.get(name),
  defaultPriorityClass: () => undefined,
  runtimeClass: () => undefined,
};

/** Who sends the objects, as far as that is written into them: one who may do everything. */
export const ADMINISTRATOR = {
  name: "admin",
  uid: "admin-uid",
  groups: ["system:masters", "system:authenticated"],
} as const;
