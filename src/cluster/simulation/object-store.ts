import type { ApiObject } from "../../apis/kind-rules.js";
import { entryOf } from "./entry-of.js";
import { keyOf, type Stored, splitKey } from "./resources.js";

/** One object made, replaced (both sides are there) or removed. */
export interface Change<R extends string = string> {
  readonly resource: R;
  readonly before?: Stored<R>;
  readonly after?: Stored<R>;
}

/** The object a change is about: as it is now, or as it was last. */
export const subjectOf = <R extends string>({ before, after }: Change<R>): Stored<R> => (after ?? before)!;

/**
 * All objects of the simulated cluster. Objects in it are never changed in place: whoever changes one puts a changed copy.
 * Lists come in the order of creation.
 */
export class ObjectStore {
  /** Resource, namespace ("" for what is cluster-wide), name. */
  readonly #objects = new Map<string, Map<string, Map<string, ApiObject>>>();
  /** By the owner's uid: what refers to it, by its own. */
  readonly #owned = new Map<string, Map<string, OwnedObject>>();
  readonly #listeners: ((change: Change) => void)[] = [];

  /** Calls the listener after every change, with the change. */
  subscribe(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  get<R extends string>(resource: R, namespace: string | undefined, name: string): Stored<R> | undefined {
    return this.#objects
      .get(resource)
      ?.get(namespace ?? "")
      ?.get(name) as Stored<R> | undefined;
  }

  find<R extends string>(resource: R, key: string): Stored<R> | undefined {
    const [namespace, name] = splitKey(key);
    return this.get(resource, namespace, name);
  }

  /** All of a resource; within one namespace where that is given. */
  *list<R extends string>(resource: R, namespace?: string): Generator<Stored<R>> {
    const byNamespace = this.#objects.get(resource);
    if (byNamespace === undefined) return;
    if (namespace !== undefined) yield* (byNamespace.get(namespace)?.values() ?? []) as Iterable<Stored<R>>;
    else for (const objects of byNamespace.values()) yield* objects.values() as Iterable<Stored<R>>;
  }

  /** What names the object with this uid among its owners. */
  *ownedBy(uid: string): Generator<OwnedObject> {
    yield* this.#owned.get(uid)?.values() ?? [];
  }

  /** The objects of one resource whose controller is the object with this uid. */
  *controlledBy<R extends string>(resource: R, uid: string): Generator<Stored<R>> {
    for (const { resource: own, object } of this.#owned.get(uid)?.values() ?? [])
      if (own === resource && controllerOf(object)?.uid === uid) yield object as Stored<R>;
  }

  resources(): Iterable<string> {
    return this.#objects.keys();
  }

  /** Makes an object, or replaces the one of the same name. */
  put<R extends string>(resource: R, object: Stored<R>): void {
    const { namespace = "", name = "" } = object.metadata;
    const byNamespace = entryOf(this.#objects, resource, () => new Map<string, Map<string, ApiObject>>());
    const byName = entryOf(byNamespace, namespace, () => new Map<string, ApiObject>());
    const before = byName.get(name) as Stored<R> | undefined;
    if (before === object) return;
    byName.set(name, object);
    const { ownerReferences, uid: own = `${resource} ${keyOf(object)}` } = object.metadata;
    if (before !== undefined && before.metadata.ownerReferences !== ownerReferences) this.#disown(resource, before);
    if (ownerReferences !== undefined)
      for (const { uid } of ownerReferences)
        entryOf(this.#owned, uid, () => new Map<string, OwnedObject>()).set(own, { resource, object });
    this.#tell({ resource, before, after: object } as Change);
  }

  remove(resource: string, { metadata }: ApiObject): void {
    const byName = this.#objects.get(resource)?.get(metadata.namespace ?? "");
    const before = byName?.get(metadata.name ?? "");
    if (before === undefined) return;
    byName!.delete(metadata.name ?? "");
    this.#disown(resource, before);
    this.#tell({ resource, before });
  }

  #disown(resource: string, object: ApiObject): void {
    const { ownerReferences = [], uid: own = `${resource} ${keyOf(object)}` } = object.metadata;
    for (const { uid } of ownerReferences) this.#owned.get(uid)?.delete(own);
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}

export interface OwnedObject {
  readonly resource: string;
  readonly object: ApiObject;
}

/** The owner that manages an object: https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/ */
export const controllerOf = ({ metadata }: ApiObject) =>
  metadata.ownerReferences?.find(({ controller }) => controller === true);
