import type { ApiObject } from "../../apis/kind-rules.js";
import { selectorMatches } from "../../apis/meta/label-selector.js";
import type { LabelSelector } from "../../apis/types/meta.v1.generated.js";
import { entryOf } from "./entry-of.js";
import type { Change } from "./object-store.js";

/** An object that an index holds in many places, as it is now. */
interface Entry<T> {
  object: T;
}

/** Sets by label: first by the key, then by the value, as most labels of a namespace have few keys. */
class SetsByLabel<T> {
  readonly #byKey = new Map<string, Map<string, Set<T>>>();

  get(key: string, value: string): Set<T> | undefined {
    return this.#byKey.get(key)?.get(value);
  }

  at(key: string, value: string): Set<T> {
    const byValue = entryOf(this.#byKey, key, () => new Map<string, Set<T>>());
    return entryOf(byValue, value, () => new Set<T>());
  }
}

/** What an index knows of one namespace. */
class Indexed<T> {
  readonly all = new Map<string, Entry<T>>();
  readonly byLabel = new SetsByLabel<Entry<T>>();
}

/** The objects of one resource by their labels, kept up to date by the changes it is told. */
export class LabelIndex<T extends ApiObject> {
  readonly #byNamespace = new Map<string, Indexed<T>>();

  take({ before, after }: Change): void {
    const { namespace = "", name = "" } = (after ?? before)!.metadata;
    const indexed = entryOf(this.#byNamespace, namespace, () => new Indexed<T>());
    const entry = indexed.all.get(name);
    if (entry !== undefined) {
      const { labels = {} } = entry.object.metadata;
      // Most changes are of an object's state.
      if (after !== undefined && after.metadata.labels === entry.object.metadata.labels) {
        entry.object = after as T;
        return;
      }
      for (const key in labels) indexed.byLabel.get(key, labels[key]!)?.delete(entry);
      indexed.all.delete(name);
    }
    if (after === undefined) return;
    const { labels = {} } = after.metadata;
    const made = { object: after as T };
    indexed.all.set(name, made);
    for (const key in labels) indexed.byLabel.at(key, labels[key]!).add(made);
  }

  /** What a selector selects in a namespace; an empty one everything. */
  *select(namespace: string, selector: LabelSelector): Generator<T> {
    const indexed = this.#byNamespace.get(namespace);
    if (indexed === undefined) return;
    // The rarest of the labels asked for; most selectors ask for one or two.
    let candidates: ReadonlySet<Entry<T>> | undefined;
    for (const key in selector.matchLabels) {
      const having = indexed.byLabel.get(key, selector.matchLabels[key]!);
      if (having === undefined) return;
      if (candidates === undefined || having.size < candidates.size) candidates = having;
    }
    for (const { object } of (candidates ?? indexed.all).values())
      if (selectorMatches(selector, object.metadata.labels ?? {})) yield object;
  }
}

interface Selecting {
  readonly key: string;
  readonly namespace: string;
  readonly selector: LabelSelector;
}

class Selectors {
  /** Those that ask for no label in particular. */
  readonly others = new Set<Selecting>();
  readonly byLabel = new SetsByLabel<Selecting>();
}

/** Selectors of one namespace's objects by a label that each of them asks for, to find those that select an object. */
export class SelectorIndex {
  readonly #byNamespace = new Map<string, Selectors>();
  readonly #byKey = new Map<string, Selecting>();

  /** Sets the selector of what has this key; undefined takes it out. */
  set(key: string, namespace: string, selector: LabelSelector | undefined): void {
    const known = this.#byKey.get(key);
    if (known !== undefined) this.#placeOf(known).delete(known);
    this.#byKey.delete(key);
    if (selector === undefined) return;
    const selecting = { key, namespace, selector };
    this.#byKey.set(key, selecting);
    this.#placeOf(selecting).add(selecting);
  }

  /** The keys of the selectors that select an object with these labels. */
  *selecting(namespace: string, labels: Readonly<Record<string, string>>): Generator<string> {
    const selectors = this.#byNamespace.get(namespace);
    if (selectors === undefined) return;
    for (const { key, selector } of selectors.others) if (selectorMatches(selector, labels)) yield key;
    for (const name in labels)
      for (const { key, selector } of selectors.byLabel.get(name, labels[name]!) ?? [])
        if (selectorMatches(selector, labels)) yield key;
  }

  #placeOf({ namespace, selector: { matchLabels } }: Selecting): Set<Selecting> {
    const selectors = entryOf(this.#byNamespace, namespace, () => new Selectors());
    for (const key in matchLabels) return selectors.byLabel.at(key, matchLabels[key]!);
    return selectors.others;
  }
}
