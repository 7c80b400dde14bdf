import { selectorMatches } from "../../apis/meta/label-selector.js";
import type { Pod, PodAffinityTerm, TopologySpreadConstraint } from "../../apis/types/core.v1.generated.js";
import type { LabelSelector, LabelSelectorRequirement } from "../../apis/types/meta.v1.generated.js";

export type Labels = Readonly<Record<string, string>>;

/** Which Pods, of which namespaces, another Pod or a Service speaks of. */
export interface PodTerm {
  /** The same for terms that say the same. */
  readonly key: string;
  readonly namespaces: readonly string[];
  /** Namespaces by their labels, besides those named. */
  readonly namespaceSelector?: LabelSelector;
  /** Undefined: no Pod. */
  readonly selector: LabelSelector | undefined;
}

/** The labels of a namespace. */
export type NamespaceLabels = (namespace: string) => Labels;

export function podTerm(parts: Omit<PodTerm, "key">): PodTerm {
  return { ...parts, key: JSON.stringify([parts.namespaces, parts.namespaceSelector, parts.selector]) };
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#namespace-selector */
export function affinityTerm(term: PodAffinityTerm, pod: Pod): PodTerm {
  const { namespaces = [], namespaceSelector, labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  const { namespace = "", labels = {} } = pod.metadata;
  return podTerm({
    namespaces: namespaces.length === 0 && namespaceSelector === undefined ? [namespace] : namespaces,
    namespaceSelector,
    selector: narrowed(labelSelector, [
      ...ownValues(matchLabelKeys, "In", labels),
      ...ownValues(mismatchLabelKeys, "NotIn", labels),
    ]),
  });
}

/** The Pods that a constraint counts: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
export function spreadTerm({ labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint, pod: Pod): PodTerm {
  const { namespace = "", labels = {} } = pod.metadata;
  return podTerm({
    namespaces: [namespace],
    selector: narrowed(labelSelector, ownValues(matchLabelKeys, "In", labels)),
  });
}

const ownValues = (keys: readonly string[], operator: string, labels: Labels): LabelSelectorRequirement[] =>
  keys.flatMap((key) => (Object.hasOwn(labels, key) ? { key, operator, values: [labels[key]!] } : []));

function narrowed(
  selector: LabelSelector | undefined,
  requirements: LabelSelectorRequirement[],
): LabelSelector | undefined {
  if (selector === undefined || requirements.length === 0) return selector;
  return { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...requirements] };
}

export function termMatches(term: PodTerm, { metadata }: Pod, namespaceLabels: NamespaceLabels): boolean {
  if (term.selector === undefined) return false;
  const { namespace = "", labels = {} } = metadata;
  if (!term.namespaces.includes(namespace)) {
    if (term.namespaceSelector === undefined) return false;
    if (!selectorMatches(term.namespaceSelector, namespaceLabels(namespace))) return false;
  }
  return selectorMatches(term.selector, labels);
}

const pair = (key: string, value: string): string => `${key}=${value}`;

/** Finds, for a Pod, the things whose term matches it, by a label that each term asks for. */
export class TermIndex<T extends { readonly term: PodTerm }> {
  readonly #byLabel = new Map<string, Set<T>>();
  /** Those whose term asks for no label in particular. */
  readonly #others = new Set<T>();
  readonly #bucketOf = new Map<T, Set<T>>();

  add(item: T): void {
    const bucket = this.#chooseBucket(item.term);
    this.#bucketOf.set(item, bucket.add(item));
  }

  remove(item: T): void {
    this.#bucketOf.get(item)?.delete(item);
    this.#bucketOf.delete(item);
  }

  *matching(pod: Pod, namespaceLabels: NamespaceLabels): Generator<T> {
    const { labels = {} } = pod.metadata;
    for (const key in labels) {
      const bucket = this.#byLabel.get(pair(key, labels[key]!));
      if (bucket === undefined) continue;
      for (const item of bucket) if (termMatches(item.term, pod, namespaceLabels)) yield item;
    }
    for (const item of this.#others) if (termMatches(item.term, pod, namespaceLabels)) yield item;
  }

  /** The one of the least company; labels that many terms ask for tell little. */
  #chooseBucket({ selector }: PodTerm): Set<T> {
    let best: Set<T> | undefined;
    for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) {
      const name = pair(key, value);
      const bucket = this.#byLabel.get(name) ?? new Set<T>();
      this.#byLabel.set(name, bucket);
      if (best === undefined || bucket.size < best.size) best = bucket;
    }
    return best ?? this.#others;
  }
}

/** Finds Pods by a term: the reverse of a `TermIndex`. */
export class PodIndex<T extends { readonly pod: Pod }> {
  readonly #all = new Set<T>();
  readonly #byLabel = new Map<string, Set<T>>();

  add(item: T): void {
    this.#all.add(item);
    const { labels = {} } = item.pod.metadata;
    for (const key in labels) {
      const name = pair(key, labels[key]!);
      const bucket = this.#byLabel.get(name);
      if (bucket === undefined) this.#byLabel.set(name, new Set([item]));
      else bucket.add(item);
    }
  }

  remove(item: T): void {
    this.#all.delete(item);
    for (const [key, value] of Object.entries(item.pod.metadata.labels ?? {}))
      this.#byLabel.get(pair(key, value))?.delete(item);
  }

  *matching(term: PodTerm, namespaceLabels: NamespaceLabels): Generator<T> {
    let candidates: Iterable<T> = this.#all;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [key, value] of Object.entries(term.selector?.matchLabels ?? {})) {
      const bucket = this.#byLabel.get(pair(key, value));
      if (bucket === undefined) return;
      if (bucket.size < fewest) {
        candidates = bucket;
        fewest = bucket.size;
      }
    }
    for (const item of candidates) if (termMatches(term, item.pod, namespaceLabels)) yield item;
  }
}
