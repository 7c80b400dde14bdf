import type { ApiObject } from "../../apis/kind-rules.js";
import type { LabelSelector } from "../../apis/types/meta.v1.generated.js";
import { matchSelector } from "../selection/selectors.js";
import type { Change } from "./object-store.js";

/** The objects of one resource by their labels, kept up to date by the changes it is told. */
export class LabelIndex<T extends ApiObject> {
  /** Namespace, then `key=value`; "" holds all of the namespace. */
  readonly #byNamespace = new Map<string, Map<string, Map<string, T>>>();

  take({ before, after }: Change): void {
    if (before !== undefined) this.#each(before as T, (objects, name) => objects.delete(name));
    if (after !== undefined) this.#each(after as T, (objects, name) => objects.set(name, after as T));
  }

  /** What a selector selects in a namespace; an empty one everything. */
  *select(namespace: string, selector: LabelSelector): Generator<T> {
    const byLabel = this.#byNamespace.get(namespace);
    if (byLabel === undefined) return;
    // The rarest of the labels asked for; most selectors ask for one or two.
    let candidates = byLabel.get("");
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      const having = byLabel.get(`${key}=${value}`);
      if (having === undefined) return;
      if (candidates === undefined || having.size < candidates.size) candidates = having;
    }
    for (const object of candidates?.values() ?? [])
      if (matchSelector(selector, object.metadata.labels ?? {}) === "yes") yield object;
  }

  #each({ metadata }: T, change: (objects: Map<string, T>, name: string) => void): void {
    const { namespace = "", name = "", labels = {} } = metadata;
    const byLabel = this.#byNamespace.get(namespace) ?? new Map<string, Map<string, T>>();
    this.#byNamespace.set(namespace, byLabel);
    for (const label of ["", ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)]) {
      const objects = byLabel.get(label) ?? new Map<string, T>();
      byLabel.set(label, objects);
      change(objects, name);
    }
  }
}

/** Selectors of one namespace's objects by a label that each of them asks for, to find those that select an object. */
export class SelectorIndex {
  readonly #byNamespace = new Map<string, Map<string, Set<string>>>();
  readonly #selectors = new Map<string, { readonly namespace: string; readonly selector: LabelSelector }>();

  /** Sets the selector of what has this key; undefined takes it out. */
  set(key: string, namespace: string, selector: LabelSelector | undefined): void {
    const known = this.#selectors.get(key);
    if (known !== undefined) this.#keysAt(known.namespace, known.selector).delete(key);
    this.#selectors.delete(key);
    if (selector === undefined) return;
    this.#selectors.set(key, { namespace, selector });
    this.#keysAt(namespace, selector).add(key);
  }

  /** The keys of the selectors that select an object with these labels. */
  *selecting(namespace: string, labels: Readonly<Record<string, string>>): Generator<string> {
    const byLabel = this.#byNamespace.get(namespace);
    if (byLabel === undefined) return;
    for (const label of ["", ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)])
      for (const key of byLabel.get(label) ?? [])
        if (matchSelector(this.#selectors.get(key)!.selector, labels) === "yes") yield key;
  }

  #keysAt(namespace: string, { matchLabels = {} }: LabelSelector): Set<string> {
    const [first] = Object.entries(matchLabels);
    const label = first === undefined ? "" : `${first[0]}=${first[1]}`;
    const byLabel = this.#byNamespace.get(namespace) ?? new Map<string, Set<string>>();
    this.#byNamespace.set(namespace, byLabel);
    const keys = byLabel.get(label) ?? new Set<string>();
    byLabel.set(label, keys);
    return keys;
  }
}
