import type { LabelSelector, LabelSelectorRequirement } from "kubernetes-types/meta/v1.js";
import type { Cluster } from "../cluster.js";
import { isOpenNamespace, mayShareNamespace } from "../namespaces.js";
import { folderOf, type Resource } from "../resource.js";
import { selectionIn } from "../selection/closest-pods.js";
import { describeSelector, hasPlaceholder, isEmptySelector, matchSelector } from "../selection/selectors.js";
import { FactIndex } from "./fact-index.js";
import { compilePattern, isRecord, textsAt, visitPattern } from "./object-paths.js";
import { SELECTOR_FACTS, type SelectorFact } from "./reference-facts.js";

/** One object selecting others by their labels. */
export interface Selecting {
  readonly fact: SelectorFact;
  readonly from: Resource;
  /** The path of the selector, within the manifest of `from`. */
  readonly at: string;
  /** As kubectl writes it; empty where everything is selected. */
  readonly text: string;
  /** Those that match, `SELECTED_AT_MOST` at most; owners of templates stand for their Pods. */
  readonly selected: readonly Resource[];
  /** How many match beyond these, as far as was counted. */
  readonly more: boolean;
  /** `missing`: where something ought to match and the input proves that nothing does. */
  readonly state: "present" | "missing" | "unknown";
}

/** How many objects one selector leads to: one that takes a whole namespace would make the edges quadratic. */
const SELECTED_AT_MOST = 50;

/** What objects select. Matching is shared by those that have the same selector. */
export class Selections {
  readonly #from = new Map<Resource, readonly Selecting[]>();
  readonly #matches = new Map<string, readonly Resource[]>();
  readonly #selected = new Map<string, readonly Resource[]>();
  readonly #matchingNamespaces = new Map<string, readonly string[]>();
  readonly #byLabel = new Map<string, Map<string, Resource[]>>();
  #namespaces: Map<string, Readonly<Record<string, string>> | undefined> | undefined;

  constructor(private readonly cluster: Cluster) {}

  /** What an object selects, in the order of the table. */
  from(resource: Resource): readonly Selecting[] {
    const known = this.#from.get(resource);
    if (known) return known;
    const found: Selecting[] = [];
    FACTS.visit(resource, this.cluster.podTemplateOf(resource), (fact, holder, path) => {
      const selecting = this.select(resource, fact, holder, path);
      if (selecting) found.push(...selecting);
    });
    this.#from.set(resource, found);
    return found;
  }

  private select(from: Resource, fact: SelectorFact, holder: unknown, path: string): Selecting[] | undefined {
    const found: Selecting[] = [];
    const namespaceSelector =
      typeof fact.namespace === "object" && fact.namespace.selector && isRecord(holder)
        ? readSelector(holder[fact.namespace.selector], "selector")
        : undefined;
    const add = (value: unknown, at: string): void => {
      for (const selector of readSelectors(value, fact.form)) {
        if (fact.form === "labels" && isEmptySelector(selector)) continue;
        found.push(this.selecting(from, fact, at, selector, holder, namespaceSelector));
      }
    };
    if (fact.selector === "") add(holder, path);
    else visitPattern(holder, compilePattern(fact.selector), path, add);
    // A peer may say namespaces alone: every Pod in them.
    if (found.length === 0 && namespaceSelector && fact.selector === "podSelector")
      found.push(this.selecting(from, fact, `${path}.namespaceSelector`, {}, holder, namespaceSelector));
    return found;
  }

  private selecting(
    from: Resource,
    fact: SelectorFact,
    at: string,
    selector: LabelSelector,
    holder: unknown,
    namespaceSelector: LabelSelector | undefined,
  ): Selecting {
    const text = describeSelector(selector);
    const near = this.selected(from, fact, selector, text, this.namespacesOf(from, fact, holder, namespaceSelector));
    const own = fact.expected && near.length === 0 && fact.to === "pods";
    const state =
      near.length > 0
        ? "present"
        : own && !hasPlaceholder(selector) && selectionIn(this.cluster, selector, from, from.name).state === "none"
          ? "missing"
          : "unknown";
    return {
      fact,
      from,
      at,
      text,
      selected: near.slice(0, SELECTED_AT_MOST),
      more: near.length > SELECTED_AT_MOST,
      state,
    };
  }

  /** The objects that match in the namespaces; once for all that select the same from the same place. */
  private selected(
    from: Resource,
    fact: SelectorFact,
    selector: LabelSelector,
    text: string,
    namespaces: readonly string[],
  ): readonly Resource[] {
    const kind = fact.to === "pods" ? "pods" : `${fact.to.group}/${fact.to.kind}`;
    const key = `${kind}\n${text}\n${namespaces.join()}\n${from.namespace}\n${folderOf(from)}`;
    let found = this.#selected.get(key);
    if (!found) {
      const all: Resource[] = [];
      for (const namespace of namespaces) {
        for (const resource of this.matching(fact, selector, namespace, text)) all.push(resource);
        if (all.length > SELECTED_AT_MOST * 4) break;
      }
      found = beside(from, all);
      this.#selected.set(key, found);
    }
    return found;
  }

  /** The namespaces that are looked in; empty text for all. */
  private namespacesOf(
    from: Resource,
    { namespace }: SelectorFact,
    holder: unknown,
    selector: LabelSelector | undefined,
  ): readonly string[] {
    if (namespace === "any" || namespace === "none") return [""];
    if (namespace === "same") return [from.namespace];
    if (namespace.any && readAt(holder, namespace.any) === true) return [""];
    const names = namespace.names ? textsAt(holder, compilePattern(`${namespace.names}[*]`)) : [];
    if (!selector) return names.length > 0 ? names : [from.namespace];
    if (isEmptySelector(selector)) return [""];
    return [...new Set([...names, ...this.namespacesWith(selector)])];
  }

  /** The namespaces of the input whose labels are known to match. */
  private namespacesWith(selector: LabelSelector): readonly string[] {
    if (!this.#namespaces) {
      this.#namespaces = new Map();
      for (const { namespace } of this.cluster.resources)
        if (!isOpenNamespace(namespace)) this.#namespaces.set(namespace, undefined);
      for (const { name, labels } of this.cluster.ofKind("Namespace")) this.#namespaces.set(name, labels);
    }
    const key = describeSelector(selector);
    let found = this.#matchingNamespaces.get(key);
    if (!found) {
      // https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name
      found = [...this.#namespaces]
        .filter(
          ([name, labels = {}]) =>
            matchSelector(selector, { ...labels, "kubernetes.io/metadata.name": name }) === "yes",
        )
        .map(([name]) => name);
      this.#matchingNamespaces.set(key, found);
    }
    return found;
  }

  private matching(fact: SelectorFact, selector: LabelSelector, namespace: string, text: string): readonly Resource[] {
    const kind = fact.to === "pods" ? "pods" : `${fact.to.group}/${fact.to.kind}`;
    const key = `${kind}\n${isOpenNamespace(namespace) ? "" : namespace}\n${text}`;
    let found = this.#matches.get(key);
    if (!found) {
      found =
        fact.to === "pods"
          ? this.cluster.podsMatching(selector, namespace).matched.map(({ owner }) => owner)
          : this.candidates(fact.to.group, fact.to.kind, selector).filter(
              (resource) =>
                (resource.namespace === "" || mayShareNamespace(resource.namespace, namespace)) &&
                matchSelector(selector, resource.labels) === "yes",
            );
      this.#matches.set(key, found);
    }
    return found;
  }

  /** The objects of a kind that share one label with the selector, where it has one. */
  private candidates(group: string, kind: string, { matchLabels = {} }: LabelSelector): readonly Resource[] {
    const all = this.cluster.ofGroupKind(group, kind);
    const [pair] = Object.entries(matchLabels);
    if (!pair || all.length < 8) return all;
    let index = this.#byLabel.get(`${group}/${kind}`);
    if (!index) {
      index = new Map();
      for (const resource of all)
        for (const [key, value] of Object.entries(resource.labels)) {
          const list = index.get(`${key}=${value}`);
          if (list) list.push(resource);
          else index.set(`${key}=${value}`, [resource]);
        }
      this.#byLabel.set(`${group}/${kind}`, index);
    }
    return index.get(`${pair[0]}=${pair[1]}`) ?? [];
  }
}

/**
 * Of objects that may match, those that belong to the selecting one: manifests without a namespace could be meant for any,
 * so that those of its file or folder come first, and others count where there are none.
 */
function beside(from: Resource, all: readonly Resource[]): readonly Resource[] {
  if (all.length < 2 || (from.namespace !== "" && all.every(({ namespace }) => namespace === from.namespace)))
    return all;
  const isOpen = (one: Resource): boolean => isOpenNamespace(one.namespace) || isOpenNamespace(from.namespace);
  const folder = folderOf(from);
  if (all.some((one) => isOpen(one) && folderOf(one) === folder))
    return all.filter((one) => !isOpen(one) || folderOf(one) === folder);
  return all.some((one) => one.namespace === from.namespace && !isOpen(one)) ? all.filter((one) => !isOpen(one)) : all;
}

function readSelectors(value: unknown, form: SelectorFact["form"]): readonly LabelSelector[] {
  if (form !== "nodeSelector") {
    const selector = readSelector(value, form);
    return selector ? [selector] : [];
  }
  // https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity: any of the terms.
  const terms: unknown = isRecord(value) ? value.nodeSelectorTerms : undefined;
  if (!Array.isArray(terms)) return [];
  return terms.flatMap((term: unknown) => {
    const expressions: unknown = isRecord(term) ? term.matchExpressions : undefined;
    return Array.isArray(expressions) && !(isRecord(term) && term.matchFields)
      ? [{ matchExpressions: expressions.filter(isRequirement) }]
      : [];
  });
}

/** Custom kinds are not decoded: a selector of theirs may have any shape. */
function readSelector(value: unknown, form: "labels" | "selector"): LabelSelector | undefined {
  if (!isRecord(value)) return undefined;
  if (form === "labels") return { matchLabels: texts(value) };
  const { matchLabels, matchExpressions } = value;
  return {
    ...(isRecord(matchLabels) ? { matchLabels: texts(matchLabels) } : {}),
    ...(Array.isArray(matchExpressions) ? { matchExpressions: matchExpressions.filter(isRequirement) } : {}),
  };
}

const texts = (value: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));

const isRequirement = (value: unknown): value is LabelSelectorRequirement =>
  isRecord(value) &&
  typeof value.key === "string" &&
  typeof value.operator === "string" &&
  (value.values === undefined || (Array.isArray(value.values) && value.values.every((v) => typeof v === "string")));

function readAt(value: unknown, pattern: string): unknown {
  let found: unknown;
  visitPattern(value, compilePattern(pattern), "", (one) => {
    found = one;
  });
  return found;
}

const FACTS = new FactIndex<SelectorFact>();
for (const fact of SELECTOR_FACTS) FACTS.add(fact.from, fact.at, fact);
