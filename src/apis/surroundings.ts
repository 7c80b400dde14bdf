import type { Schema } from "./apiextensions/schema-node.js";
import type { DecodedObject } from "./decode/decode-object.js";
import type { AdmitContext, ApiObject, KindRules } from "./kind-rules.js";
import type { Cause } from "./meta/field-errors.js";

/** What admission looks up in the cluster. */
export interface Surroundings {
  priorityClass(name: string): PriorityClassFacts | undefined;
  /** The class with `globalDefault: true`. */
  defaultPriorityClass(): (PriorityClassFacts & { readonly name: string }) | undefined;
  runtimeClass(name: string): RuntimeClassFacts | undefined;
  /** The cluster has more than is known here: a class that is not found may be there, another may be the default. */
  readonly incomplete?: boolean;
  /** What the objects before have to say of the next one; absent where each is answered on its own. */
  readonly admission?: ClusterAdmission;
}

/** The part of admission that asks for other objects: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/ */
export interface ClusterAdmission {
  /** A kind that a CustomResourceDefinition before has made. */
  customKind(apiVersion: string, kind: string): CustomKind | undefined;
  /** Before the object's own kind changes it: is there its namespace, what do defaults of the namespace add. */
  receive(object: ApiObject, context: AdmitContext): Denial | undefined;
  /** Of a valid object: bounds, quotas, Pod Security, and whether it is there already. */
  review(object: ApiObject, context: AdmitContext, warn: (text: string) => void): Denial | undefined;
  /** Whether Pods under a ServiceAccount get its token, where they do not say; undefined where it is not known. */
  mountsToken?(namespace: string, account: string): boolean | undefined;
}

export interface CustomKind {
  readonly plural: string;
  readonly namespaced: boolean;
  readonly rules: KindRules;
  /** Of the version; absent where nothing is said of the object. */
  readonly schema?: Schema;
  /** Said of every object of a version that its definition has deprecated. */
  readonly deprecation: string | undefined;
  decode(value: Record<string, unknown>): DecodedObject;
}

/** An answer that is given in place of storing the object. */
export interface Denial {
  readonly code: 401 | 403 | 404 | 409 | 413 | 422 | 500;
  readonly reason:
    | "AlreadyExists"
    | "Forbidden"
    | "InternalError"
    | "Invalid"
    | "NotFound"
    | "RequestEntityTooLarge"
    | "Unauthorized";
  readonly causes: readonly Cause[];
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
