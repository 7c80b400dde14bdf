import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import type { Scope } from "./facts/fact.js";
import { compilePattern, EVERY_ITEM, extendPath, isRecord, textsAt } from "./object-paths.js";

/** The `at` patterns of one scope joined, so that what they share is walked once. */
interface Trie<F> {
  readonly facts: F[];
  readonly fields: Map<string, Trie<F>>;
  items?: Trie<F>;
}

const newTrie = <F>(): Trie<F> => ({ facts: [], fields: new Map() });

/** Called with a fact, the value at its pattern, and the path of that. */
export type Emit<F> = (fact: F, holder: unknown, path: string) => void;

/** Facts by the scope and the pattern of their fields, so that an object is walked once for all of them. */
export class FactIndex<F> {
  readonly #kinds = new Map<string, Trie<F>>();
  readonly #object: Trie<F> = newTrie();
  readonly #podSpec: Trie<F> = newTrie();
  readonly #container: Trie<F> = newTrie();

  add(from: Scope, at: string, fact: F): void {
    let trie = this.trieOf(from);
    for (const step of compilePattern(at)) {
      if (step === EVERY_ITEM) {
        trie.items ??= newTrie();
        trie = trie.items;
      } else {
        const field = String(step);
        const below = trie.fields.get(field) ?? newTrie<F>();
        trie.fields.set(field, below);
        trie = below;
      }
    }
    trie.facts.push(fact);
  }

  /** Every value of an object that a fact is about. */
  visit(resource: Resource, pod: PodTemplate | undefined, emit: Emit<F>): void {
    const own = this.#kinds.get(`${resource.group}/${resource.kind}`);
    if (own) walk(own, resource.object, "", emit);
    walk(this.#object, resource.object, "", emit);
    if (!pod) return;
    walk(this.#podSpec, withoutReplacedVolumes(pod), pod.specPath, emit);
    for (const container of pod.containers) walk(this.#container, container.spec, container.path, emit);
  }

  private trieOf(from: Scope): Trie<F> {
    if (from === "object") return this.#object;
    if (from === "podSpec") return this.#podSpec;
    if (from === "container") return this.#container;
    const key = `${from.group}/${from.kind}`;
    const trie = this.#kinds.get(key) ?? newTrie<F>();
    this.#kinds.set(key, trie);
    return trie;
  }
}

function walk<F>(trie: Trie<F>, value: unknown, path: string, emit: Emit<F>): void {
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
