import { isPlaceholder } from "../../schema/placeholder.js";
import { BUILT_IN_KINDS } from "../kinds.js";
import { mayShareNamespace } from "../namespaces.js";
import type { Container, PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import { compilePattern, isRecord, type PatternStep, textsAt, visitPattern } from "./object-paths.js";
import {
  ANNOTATION_PRODUCERS,
  COPIED_ELSEWHERE,
  PRODUCERS,
  type ProducerFact,
  type ProductFact,
  STATEFUL_SET_CLAIMS,
  UNKNOWN_PRODUCER,
} from "./produced-object-facts.js";

/** An object that a controller makes from one of the input. */
export interface ProducedObject {
  /** Undefined: a Job or an init container that is told the name. */
  readonly producer: Resource | undefined;
  /** Whether the producer gives the name itself, not only its beginning or its end. */
  readonly exact: boolean;
  /** Where the producer's documentation tells them; undefined: any key may be there. */
  readonly keys: ReadonlySet<string> | undefined;
}

interface Entry extends ProducedObject {
  readonly kind: string;
  /** Empty: any. */
  readonly namespace: string;
}

/** What the controllers of custom kinds make from the objects of the input. Reads every object once. */
export class ProducedObjects {
  readonly #exact = new Map<string, Entry[]>();
  readonly #starts = new Map<string, Entry[]>();
  readonly #ends = new Map<string, Entry[]>();
  /** Names that the commands of Jobs and init containers hold: they may well make what they name. */
  readonly #scripted = new Set<string>();

  /** Whether there are releases of charts, which can make anything. */
  readonly hasReleases: boolean;

  constructor(resources: readonly Resource[], podTemplates: readonly PodTemplate[]) {
    for (const resource of resources) {
      for (const product of productsOf(resource)) this.add(resource, product);
      if (resource.group === "kyverno.io") this.addGenerated(resource);
    }
    this.hasReleases = resources.some(({ group, kind }) => RELEASES.has(`${group}/${kind}`));
    for (const pod of podTemplates)
      for (const container of pod.containers)
        if (pod.owner.group === "batch" || container.type === "initContainer")
          for (const word of wordsOf(container)) this.#scripted.add(word);
  }

  /** What makes the object of that name, if anything of the input does. */
  find(kind: string, namespace: string | undefined, name: string): ProducedObject | undefined {
    const fits = (entry: Entry): boolean =>
      (entry.kind === "*" || entry.kind === kind) && mayShareNamespace(entry.namespace, namespace ?? "");
    const named = this.#exact.get(name)?.find(fits);
    if (named) return named;
    for (let i = 1; i <= name.length; i++) {
      const found = this.#starts.get(name.slice(0, i))?.find(fits) ?? this.#ends.get(name.slice(-i))?.find(fits);
      if (found) return found;
    }
    return this.#scripted.has(name) ? { producer: undefined, exact: true, keys: undefined } : undefined;
  }

  private add(producer: Resource, product: ProductFact): void {
    const keys = keysOf(product, producer);
    const given = product.namespace;
    const namespace = given === undefined ? producer.namespace : "";
    for (const name of fill(product.name, producer.object)) {
      if (isPlaceholder(name)) continue;
      const entry = { producer, keys, kind: product.kind, namespace };
      if (name.endsWith("*")) push(this.#starts, name.slice(0, -1), { ...entry, exact: false });
      else if (name.startsWith("*")) push(this.#ends, name.slice(1), { ...entry, exact: false });
      else push(this.#exact, name, { ...entry, exact: true });
    }
  }

  /** https://kyverno.io/docs/policy-types/cluster-policy/generate/ */
  private addGenerated(policy: Resource): void {
    visitPattern(policy.object, GENERATED, "", (generated) => {
      if (!isRecord(generated) || typeof generated.kind !== "string" || typeof generated.name !== "string") return;
      const { name, kind } = generated;
      push(this.#exact, name, { producer: policy, exact: true, keys: undefined, kind, namespace: "" });
    });
  }
}

const RELEASES = new Set([
  "argoproj.io/Application",
  "argoproj.io/ApplicationSet",
  "helm.cattle.io/HelmChart",
  "helm.toolkit.fluxcd.io/HelmRelease",
]);
const GENERATED = compilePattern("spec.rules[*].generate");

const PRODUCERS_OF_GROUP = new Map<string, ProducerFact[]>();
for (const fact of PRODUCERS) push(PRODUCERS_OF_GROUP, fact.group, fact);

function productsOf(resource: Resource): readonly ProductFact[] {
  const found: ProductFact[] = [];
  for (const name of Object.keys(resource.annotations))
    for (const { annotation, makes } of ANNOTATION_PRODUCERS) if (annotation.test(name)) found.push(...makes);
  if (resource.group === "apps" && resource.kind === "StatefulSet") return [...found, ...STATEFUL_SET_CLAIMS];
  if (isBuiltInGroup(resource)) return found;
  const known = PRODUCERS_OF_GROUP.get(resource.group)?.find(
    ({ kinds }) => kinds === undefined || kinds.includes(resource.kind),
  );
  return [...found, ...(known?.makes ?? UNKNOWN_PRODUCER)];
}

/** Kubernetes' own groups: what their controllers make is not named by others. */
const isBuiltInGroup = ({ group, facts }: Resource): boolean =>
  facts ? !facts.custom : !group.includes(".") || BUILT_IN_GROUPS.has(group);

const BUILT_IN_GROUPS = new Set(Object.values(BUILT_IN_KINDS).map(({ group }) => group));

function keysOf(product: ProductFact, producer: Resource): ReadonlySet<string> | undefined {
  if (!product.keys || product.moreKeysIf?.some((field) => isPresent(producer.object, field))) return undefined;
  const keys = new Set(product.keys.flatMap((key) => fill(key, producer.object)));
  for (const key of keys) if (isPlaceholder(key)) return undefined;
  return keys;
}

function isPresent(object: unknown, path: string): boolean {
  let at = object;
  for (const step of path.split(".")) at = isRecord(at) ? at[step] : undefined;
  return at !== undefined && at !== null;
}

type Part = string | { readonly alternatives: readonly (readonly PatternStep[])[] };
const TEMPLATES = new Map<string, readonly Part[]>();

/** The texts a template of the table stands for: several where a pattern has `[*]`, none where nothing is there. */
function fill(template: string, object: unknown): string[] {
  let parts = TEMPLATES.get(template);
  if (!parts) {
    parts = template
      .split(/\{([^}]*)\}/)
      .map((part, i) => (i % 2 === 0 ? part : { alternatives: part.split("|").map(compilePattern) }));
    TEMPLATES.set(template, parts);
  }
  let texts = [""];
  for (const part of parts) {
    const values = typeof part === "string" ? [part] : firstFound(object, part.alternatives);
    texts = texts.flatMap((text) => values.map((value) => text + value));
  }
  return texts;
}

function firstFound(object: unknown, alternatives: readonly (readonly PatternStep[])[]): string[] {
  for (const steps of alternatives) {
    const texts = textsAt(object, steps);
    if (texts.length > 0) return texts;
  }
  return [];
}

/** The words that a container's program is told. */
function wordsOf({ spec }: Container): string[] {
  const texts = [...(spec.command ?? []), ...(spec.args ?? []), ...(spec.env ?? []).map((variable) => variable.value)];
  return texts.flatMap((text) => (typeof text === "string" ? text.split(/[^A-Za-z0-9.-]+/) : []));
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Whether a controller copies an object into namespaces that the input does not tell. */
export const isCopiedElsewhere = (resource: Resource): boolean =>
  Object.keys(resource.annotations).some((name) => COPIED_ELSEWHERE.test(name));
