import type { Cluster, Lookup } from "../cluster.js";
import { currentGroup } from "../kinds.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import {
  compilePattern,
  EVERY_ITEM,
  extendPath,
  isRecord,
  type PatternStep,
  textsAt,
  visitPattern,
} from "./object-paths.js";
import { REFERENCE_FACTS, type ReferenceFact } from "./reference-facts.js";

/** One object naming another. */
export interface Reference {
  readonly fact: ReferenceFact;
  readonly from: Resource;
  /** The path of the name, within the manifest of `from`. */
  readonly at: string;
  readonly group: string;
  readonly kind: string;
  /** Empty where the manifest gives none, so that any will do; undefined for cluster-scoped kinds. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** The keys of a ConfigMap or Secret that must be there, each with the path that names it. */
  readonly keys: readonly { readonly name: string; readonly at: string }[];
  /** True where the target may be absent. */
  readonly optional: boolean;
  /** What became of the name. */
  readonly lookup: Lookup;
}

/** The references between the objects of a cluster, in both directions. */
export class References {
  readonly #from = new Map<Resource, readonly Reference[]>();
  #to: Map<Resource, Reference[]> | undefined;
  #namespaces: Set<string> | undefined;

  constructor(private readonly cluster: Cluster) {}

  /** What an object names, in the order of the table. */
  from(resource: Resource): readonly Reference[] {
    const known = this.#from.get(resource);
    if (known) return known;
    const references = this.read(resource);
    this.#from.set(resource, references);
    return references;
  }

  /** What names an object. The first call reads every object once. */
  to(resource: Resource): readonly Reference[] {
    if (!this.#to) {
      this.#to = new Map();
      for (const from of this.cluster.resources)
        for (const reference of this.from(from)) {
          if (reference.lookup.state !== "present") continue;
          const target = reference.lookup.resource;
          const list = this.#to.get(target);
          if (list) list.push(reference);
          else this.#to.set(target, [reference]);
        }
    }
    return this.#to.get(resource) ?? [];
  }

  private read(resource: Resource): Reference[] {
    const found: Reference[] = [];
    const emit = (compiled: CompiledFact, holder: unknown, path: string): void => {
      const reference = this.refer(resource, compiled, holder, path);
      if (reference) found.push(reference);
    };
    const own = TRIES.get(`${resource.group}/${resource.kind}`);
    if (own) walk(own, resource.object, "", emit);
    const pod = this.cluster.podTemplateOf(resource);
    if (pod) {
      walk(POD_SPEC, withoutReplacedVolumes(pod), pod.specPath, emit);
      for (const container of pod.containers) walk(CONTAINER, container.spec, container.path, emit);
    }
    return found;
  }

  private refer(from: Resource, compiled: CompiledFact, holder: unknown, path: string): Reference | undefined {
    const { fact } = compiled;
    if (fact.when && textField(holder, fact.when.field) !== fact.when.is) return undefined;
    let name = "";
    let at = path;
    visitPattern(holder, compiled.name, path, (value, valuePath) => {
      if (typeof value === "string") [name, at] = [value, valuePath];
    });
    if (name === "") return undefined;

    let group: string;
    let kind: string;
    if ("kind" in fact.to) ({ group, kind } = fact.to);
    else {
      kind = textField(holder, "kind");
      if (kind === "") return undefined;
      const given = textField(holder, fact.to.groupFrom);
      group = fact.to.groupFrom === "apiGroup" ? given : given.includes("/") ? given.slice(0, given.indexOf("/")) : "";
      group = currentGroup(given === "" ? fact.to.defaultGroup : group, kind);
    }

    const keys: { name: string; at: string }[] = [];
    if (compiled.key)
      visitPattern(holder, compiled.key, path, (value, keyPath) => {
        if (typeof value === "string" && value !== "") keys.push({ name: value, at: keyPath });
      });
    const namespace = /^Cluster[A-Z]/.test(kind) ? undefined : namespaceOf(fact, from, holder);
    return new ReferenceOf(this, fact, from, at, group, kind, namespace, name, keys, {
      optional: fact.optional !== undefined && isRecord(holder) && holder[fact.optional] === true,
    });
  }

  /** For references alone: see `Reference.lookup`. */
  resolve({ fact, from, group, kind, namespace, name }: Omit<Reference, "lookup">): Lookup {
    const lookup = this.cluster.lookup(group, kind, namespace, name);
    if (lookup.state !== "absent" || typeof fact.namespace === "string" || !namespace) return lookup;
    if (namespace === from.namespace || lookup.nearestName !== undefined || lookup.elsewhere.length > 0) return lookup;
    // Another namespace, of which the input shows nothing: what is in it cannot be told.
    this.#namespaces ??= new Set(this.cluster.resources.map((resource) => resource.namespace));
    return this.#namespaces.has(namespace) ? lookup : { state: "unknown" };
  }
}

/**
 * The spec whose volumes count: a StatefulSet puts the claim of a template in place of a volume of that name, so that
 * what the volume refers to does not matter.
 */
function withoutReplacedVolumes(pod: PodTemplate): unknown {
  const templates = textsAt(pod.owner.object, CLAIM_TEMPLATE_NAMES);
  if (templates.length === 0 || !pod.spec.volumes) return pod.spec;
  return { ...pod.spec, volumes: pod.spec.volumes.map((volume) => (templates.includes(volume?.name) ? {} : volume)) };
}

const CLAIM_TEMPLATE_NAMES = compilePattern("spec.volumeClaimTemplates[*].metadata.name");

class ReferenceOf implements Reference {
  readonly optional: boolean;
  #lookup: Lookup | undefined;

  constructor(
    private readonly references: References,
    readonly fact: ReferenceFact,
    readonly from: Resource,
    readonly at: string,
    readonly group: string,
    readonly kind: string,
    readonly namespace: string | undefined,
    readonly name: string,
    readonly keys: Reference["keys"],
    { optional }: { readonly optional: boolean },
  ) {
    this.optional = optional;
  }

  get lookup(): Lookup {
    this.#lookup ??= this.references.resolve(this);
    return this.#lookup;
  }
}

function namespaceOf(fact: ReferenceFact, from: Resource, holder: unknown): string | undefined {
  if (fact.namespace === "none") return undefined;
  if (fact.namespace === "same") return from.namespace;
  return textField(holder, fact.namespace.field) || from.namespace;
}

const textField = (holder: unknown, field: string): string => {
  const value = isRecord(holder) ? holder[field] : undefined;
  return typeof value === "string" ? value : "";
};

interface CompiledFact {
  readonly fact: ReferenceFact;
  readonly name: readonly PatternStep[];
  readonly key: readonly PatternStep[] | undefined;
}

/** The `at` patterns of one scope joined, so that what they share is walked once. */
interface Trie {
  readonly facts: CompiledFact[];
  readonly fields: Map<string, Trie>;
  items?: Trie;
}

const newTrie = (): Trie => ({ facts: [], fields: new Map() });

function walk(
  trie: Trie,
  value: unknown,
  path: string,
  emit: (fact: CompiledFact, holder: unknown, path: string) => void,
): void {
  if (value === undefined || value === null) return;
  for (const fact of trie.facts) emit(fact, value, path);
  const { items } = trie;
  if (items && Array.isArray(value)) for (const [i, item] of value.entries()) walk(items, item, `${path}[${i}]`, emit);
  if (trie.fields.size === 0 || !isRecord(value)) return;
  for (const [field, below] of trie.fields) {
    const child = value[field];
    if (child !== undefined && child !== null) walk(below, child, extendPath(path, field), emit);
  }
}

/** Puts facts into the trie of their scope. */
function addFacts(facts: readonly ReferenceFact[], trieOf: (from: ReferenceFact["from"]) => Trie): void {
  for (const fact of facts) {
    let trie = trieOf(fact.from);
    for (const step of compilePattern(fact.at)) {
      if (step === EVERY_ITEM) {
        trie.items ??= newTrie();
        trie = trie.items;
      } else {
        const field = String(step);
        const below = trie.fields.get(field) ?? newTrie();
        trie.fields.set(field, below);
        trie = below;
      }
    }
    trie.facts.push({
      fact,
      name: compilePattern(fact.name),
      key: fact.key === undefined ? undefined : compilePattern(fact.key),
    });
  }
}

const TRIES = new Map<string, Trie>();
const POD_SPEC = newTrie();
const CONTAINER = newTrie();
addFacts(REFERENCE_FACTS, (from) => {
  if (from === "podSpec") return POD_SPEC;
  if (from === "container") return CONTAINER;
  const key = `${from.group}/${from.kind}`;
  const trie = TRIES.get(key) ?? newTrie();
  TRIES.set(key, trie);
  return trie;
});
