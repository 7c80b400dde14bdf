import type { ApiObject } from "../kind-rules.js";
import type { LimitRange, Namespace, ResourceQuota, ServiceAccount } from "../types/core.v1.generated.js";
import { type QuotaState, startQuota } from "./quota.js";
import { usageOf } from "./quota-usage.js";

/** One namespace, as admission of the next object in it sees it. */
export class NamespaceState {
  /** `deployments.apps/web` -> the object as stored. */
  readonly #objects = new Map<string, StoredObject>();
  readonly limitRanges: LimitRange[] = [];
  readonly quotas: QuotaState[] = [];

  constructor(private given: Readonly<Record<string, string>>) {}

  get labels(): Readonly<Record<string, string>> {
    return this.given;
  }

  relabel(labels: Readonly<Record<string, string>> = {}): void {
    this.given = labels;
  }

  /** Being deleted: nothing new is made in it. */
  terminating = false;

  add(resource: string, object: ApiObject): void {
    const name = object.metadata.name ?? "";
    const stored = { resource, object };
    this.#objects.set(`${resource}/${name}`, stored);
    for (const quota of this.quotas) quota.count(usageOf(stored), object);
    if (resource === "limitranges") this.limitRanges.push(object as LimitRange);
    if (resource === "resourcequotas") this.#addQuota(object as ResourceQuota);
  }

  remove(resource: string, name: string): void {
    const stored = this.#objects.get(`${resource}/${name}`);
    if (stored === undefined) return;
    this.#objects.delete(`${resource}/${name}`);
    for (const quota of this.quotas) quota.uncount(usageOf(stored), stored.object);
    const isNamed = (object: ApiObject) => object.metadata.name === name;
    if (resource === "limitranges") drop(this.limitRanges, isNamed);
    if (resource === "resourcequotas") drop(this.quotas, ({ name: quota }) => quota === name);
  }

  /** A new quota counts what is there already, itself too. */
  #addQuota(quota: ResourceQuota): void {
    const state = startQuota(quota);
    for (const stored of this.#objects.values()) state.count(usageOf(stored), stored.object);
    this.quotas.push(state);
  }

  /** The objects of one resource, as stored. */
  *objectsOf(wanted: string): Generator<ApiObject> {
    for (const { resource, object } of this.#objects.values()) if (resource === wanted) yield object;
  }

  has(resource: string, name: string): boolean {
    return this.#objects.has(`${resource}/${name}`);
  }

  serviceAccount(name: string): ServiceAccount | undefined {
    return this.#objects.get(`serviceaccounts/${name}`)?.object;
  }
}

function drop<T>(list: T[], isMeant: (item: T) => boolean): void {
  const index = list.findIndex(isMeant);
  if (index >= 0) list.splice(index, 1);
}

/** An object with the resource it is one of: `pods`, `deployments.apps`. */
export interface StoredObject {
  readonly resource: string;
  readonly object: ApiObject;
}

/** What controllers put into every namespace. */
const IN_EVERY_NAMESPACE: readonly StoredObject[] = [
  {
    resource: "serviceaccounts",
    object: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default" } },
  },
  {
    resource: "configmaps",
    object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "kube-root-ca.crt" } },
  },
];

/** The namespaces that every cluster has: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
const INITIAL_NAMESPACES: Readonly<Record<string, readonly StoredObject[]>> = {
  default: [
    {
      resource: "services",
      object: { apiVersion: "v1", kind: "Service", metadata: { name: "kubernetes" }, spec: {} } as ApiObject,
    },
  ],
  "kube-node-lease": [],
  "kube-public": [],
  "kube-system": [],
};

export function initialNamespaces(): Map<string, NamespaceState> {
  return new Map(
    Object.entries(INITIAL_NAMESPACES).map(([name, objects]) => [name, startNamespace(name, {}, objects)] as const),
  );
}

/** A namespace as it is soon after its creation. */
export function startNamespace(
  name: string,
  labels: Namespace["metadata"]["labels"] = {},
  objects: readonly StoredObject[] = [],
): NamespaceState {
  const state = new NamespaceState({ ...labels, "kubernetes.io/metadata.name": name });
  for (const { resource, object } of [...IN_EVERY_NAMESPACE, ...objects]) state.add(resource, object);
  return state;
}
