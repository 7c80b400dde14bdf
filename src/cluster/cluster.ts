import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import type { ExternalObject } from "../input/index.js";
import type { Types } from "../schema/decode.js";
import { isPlaceholder } from "../schema/placeholder.js";
import { BUILT_IN_KINDS, type BuiltInKind, type BuiltInKinds } from "./kinds.js";
import { isOpenNamespace, mayShareNamespace } from "./namespaces.js";
import { type PodTemplate, podTemplateOf } from "./pods/pod-template.js";
import { type Edge, Edges } from "./references/edges.js";
import type { ReferenceFact } from "./references/facts/fact.js";
import { NearNames } from "./references/near-names.js";
import { isCopiedElsewhere, type ProducedObject, ProducedObjects } from "./references/produced-objects.js";
import { References } from "./references/references.js";
import { isReserved, isUsuallyProvided, isWellKnown, wellKnownNames } from "./references/well-known.js";
import { folderOf, type Resource } from "./resource.js";
import { matchGenerated, splitGenerated } from "./selection/generated-labels.js";
import { LabelIndex } from "./selection/label-index.js";
import { type Match, matchSelector } from "./selection/selectors.js";

/** What became of a name. */
export type Lookup =
  | { readonly state: "present"; readonly resource: Resource }
  /**
   * `nearestName`: a name of the same kind that is alike, in reach; `nearest`: the object of the input that has it.
   * `elsewhere`: objects of that very name in other namespaces.
   */
  | {
      readonly state: "absent";
      readonly nearestName?: string;
      readonly nearest?: Resource;
      readonly elsewhere: readonly Resource[];
    }
  /** Exists outside the input (declared, generated, in every cluster), is made by a controller, or cannot be told. */
  | { readonly state: "unknown"; readonly external?: ExternalObject; readonly produced?: ProducedObject };

/** The Pod templates that a selector matches, and those that it may match. */
export interface PodMatches {
  readonly matched: readonly PodTemplate[];
  readonly possible: readonly PodTemplate[];
}

export interface ClusterOptions {
  readonly types: Types;
  readonly externals: readonly ExternalObject[];
  /** Whether an unreadable document may hold anything, so that nothing can be called absent. */
  readonly incomplete?: boolean;
  /** Folders with kustomize patches: what these change about the objects beside them is not known. */
  readonly patchedFolders?: ReadonlySet<string>;
  /** References that the user's configuration adds to the table. */
  readonly references?: readonly ReferenceFact[];
}

/** The objects of the input as one cluster: what exists, what selects what. Built once a run, in linear time. */
export class Cluster {
  readonly types: Types;
  readonly resources: readonly Resource[];
  /** Every Pod and every template of a workload, in the order of the input. */
  readonly podTemplates: readonly PodTemplate[];
  readonly #byKind = new Map<string, Resource[]>();
  readonly #byName = new Map<string, Resource[]>();
  #labels: LabelIndex | undefined;
  /** What selectors matched, by namespace and selector: several rules ask for the same. */
  readonly #matches = new Map<string, PodMatches>();
  /** The same for the labels of one object that asks again, which need not be put into words for that. */
  readonly #matchesOfLabels = new WeakMap<object, { readonly namespace: string; readonly matches: PodMatches }>();
  readonly #names = new Map<string, NearNames>();
  #produced: ProducedObjects | undefined;
  #references: References | undefined;
  #edges: Edges | undefined;
  readonly #configuredReferences: readonly ReferenceFact[];
  #podsByNamespace: Map<string, PodTemplate[]> | undefined;
  readonly #podOf = new Map<Resource, PodTemplate>();
  readonly #externals: readonly ExternalObject[];
  readonly #incomplete: boolean;
  readonly #patchedFolders: ReadonlySet<string>;

  constructor(resources: readonly Resource[], options: ClusterOptions) {
    this.types = options.types;
    this.resources = resources;
    this.#externals = options.externals;
    this.#incomplete = options.incomplete ?? false;
    this.#patchedFolders = options.patchedFolders ?? new Set();
    this.#configuredReferences = options.references ?? [];
    const podTemplates: PodTemplate[] = [];
    for (const resource of resources) {
      push(this.#byKind, `${resource.group}/${resource.kind}`, resource);
      push(this.#byName, `${resource.group}/${resource.kind}/${resource.name}`, resource);
      const pod = podTemplateOf(resource);
      if (!pod) continue;
      podTemplates.push(pod);
      this.#podOf.set(resource, pod);
    }
    this.podTemplates = podTemplates;
  }

  /** The objects of a built-in kind whose shape is the one `kubernetes-types` has. */
  ofKind<K extends BuiltInKind>(kind: K): readonly Resource<BuiltInKinds[K]>[] {
    return this.ofGroupKind(BUILT_IN_KINDS[kind].group, kind).filter((resource) => resource.is(kind)) as Resource<
      BuiltInKinds[K]
    >[];
  }

  /** The objects of any kind, by group (as of today, `""` for core) and kind, of every version. */
  ofGroupKind(group: string, kind: string): readonly Resource[] {
    return this.#byKind.get(`${group}/${kind}`) ?? [];
  }

  /** The Pod template a resource carries, if any. */
  podTemplateOf(resource: Resource): PodTemplate | undefined {
    return this.#podOf.get(resource);
  }

  /**
   * Finds an object that another refers to by name. `namespace` is the one it must be in, empty where the referring
   * manifest names none (then any will do), `undefined` for cluster-scoped kinds.
   */
  lookup(group: string, kind: string, namespace: string | undefined, name: string): Lookup {
    if (isPlaceholder(name) || (namespace && isPlaceholder(namespace))) return { state: "unknown" };
    const sameName = this.#byName.get(`${group}/${kind}/${name}`) ?? [];
    const inReach = (resource: Resource): boolean =>
      namespace === undefined || mayShareNamespace(namespace, resource.namespace) || isPlaceholder(resource.namespace);
    // An exact namespace first: a manifest without one could be meant for another.
    const resource = sameName.find((r) => r.namespace === namespace) ?? sameName.find(inReach);
    if (resource) return { state: "present", resource };
    const external = this.externalNamed(kind, namespace, name);
    if (external) return { state: "unknown", external };
    const { minor } = this.types;
    if (this.#incomplete || isWellKnown(group, kind, namespace, name, minor)) return { state: "unknown" };
    const produced = this.produced.find(kind, namespace, name);
    if (produced?.exact) return { state: "unknown", produced };
    const names = this.namesOf(group, kind);
    if (sameName.some(isCopiedElsewhere)) return { state: "unknown" };
    const nearest = names.nearest(name, inReach, wellKnownNames(group, kind, minor));
    // What follows is but a guess that the object exists: a slip in a name of the input is the better one.
    if (!nearest?.slip) {
      if (produced || names.unnamed.some(inReach) || isReserved(group, kind, namespace, name))
        return { state: "unknown", produced };
      if (isUsuallyProvided(group, kind) && this.ofGroupKind(group, kind).length === 0) return { state: "unknown" };
      // Releases are not rendered: what they install for the whole cluster has names of its own.
      if (!nearest && namespace === undefined && this.produced.hasReleases) return { state: "unknown" };
    }
    return { state: "absent", nearestName: nearest?.name, nearest: nearest?.resource, elsewhere: sameName };
  }

  /** What is declared or generated under a name: a generator may also add keys to an object of the input. */
  externalNamed(kind: string, namespace: string | undefined, name: string): ExternalObject | undefined {
    return this.#externals.find(
      (e) =>
        e.kind === kind &&
        wildcard(e.name, name) &&
        (e.namespace === undefined || !namespace || wildcard(e.namespace, namespace)),
    );
  }

  /** What names what. */
  get references(): References {
    this.#references ??= new References(this, this.#configuredReferences);
    return this.#references;
  }

  /** What an object names and selects. */
  referencesFrom(resource: Resource): readonly Edge[] {
    this.#edges ??= new Edges(this);
    return this.#edges.from(resource);
  }

  /** What names and selects an object. */
  referencesTo(resource: Resource): readonly Edge[] {
    this.#edges ??= new Edges(this);
    return this.#edges.to(resource);
  }

  /** Whether every cluster, or nearly every one, has the object without anybody's manifest. */
  isProvided(group: string, kind: string, namespace: string | undefined, name: string): boolean {
    return (
      isWellKnown(group, kind, namespace, name, this.types.minor) ||
      isReserved(group, kind, namespace, name) ||
      isUsuallyProvided(group, kind)
    );
  }

  private get produced(): ProducedObjects {
    this.#produced ??= new ProducedObjects(this.resources, this.podTemplates);
    return this.#produced;
  }

  private namesOf(group: string, kind: string): NearNames {
    const key = `${group}/${kind}`;
    const names = this.#names.get(key) ?? new NearNames(this.ofGroupKind(group, kind));
    this.#names.set(key, names);
    return names;
  }

  /** Every object that a reference by name can mean, variants in other folders among them: any that fits satisfies it. */
  allNamed(group: string, kind: string, namespace: string | undefined, name: string): readonly Resource[] {
    const sameName = this.#byName.get(`${group}/${kind}/${name}`) ?? [];
    if (namespace === undefined) return sameName;
    const exact = sameName.filter((resource) => resource.namespace === namespace);
    return exact.length > 0 ? exact : sameName.filter((resource) => mayShareNamespace(namespace, resource.namespace));
  }

  /**
   * Whether a kustomize patch may add what an object lacks: any in its folder, and of those that kustomizations elsewhere
   * lay over it the ones that mention the field.
   */
  mayBePatched({ manifest }: Resource, field: string): boolean {
    if (manifest.patches?.some((patch) => patch.includes(field))) return true;
    return this.#patchedFolders.size > 0 && this.#patchedFolders.has(folderOf({ manifest }));
  }

  /** The Pod templates by their labels. Built when first asked for. */
  get labels(): LabelIndex {
    this.#labels ??= new LabelIndex(this.podTemplates);
    return this.#labels;
  }

  /** The Pod templates that may be in a namespace; with none given, all of them. */
  podsIn(namespace: string): readonly PodTemplate[] {
    if (isOpenNamespace(namespace)) return this.podTemplates;
    if (!this.#podsByNamespace) {
      this.#podsByNamespace = new Map();
      for (const pod of this.podTemplates)
        push(this.#podsByNamespace, isOpenNamespace(pod.namespace) ? "" : pod.namespace, pod);
    }
    const open = this.#podsByNamespace.get("") ?? [];
    const own = this.#podsByNamespace.get(namespace) ?? [];
    return open.length === 0 ? own : own.length === 0 ? open : [...own, ...open];
  }

  /**
   * The Pod templates in a namespace that a selector matches, and those that it may match (placeholders). Only
   * templates that share a label pair are looked at where the selector has one.
   */
  podsMatching(selector: LabelSelector, namespace: string): PodMatches {
    const { matchLabels } = selector;
    if (typeof matchLabels !== "object" || matchLabels === null || selector.matchExpressions !== undefined)
      return this.matchesFor(selector, namespace);
    const known = this.#matchesOfLabels.get(matchLabels);
    if (known?.namespace === namespace) return known.matches;
    const matches = this.matchesFor(selector, namespace);
    this.#matchesOfLabels.set(matchLabels, { namespace, matches });
    return matches;
  }

  private matchesFor(selector: LabelSelector, namespace: string): PodMatches {
    const key = `${isOpenNamespace(namespace) ? "" : namespace}\n${JSON.stringify(selector)}`;
    const known = this.#matches.get(key);
    if (known) return known;
    const matched: PodTemplate[] = [];
    const possible: PodTemplate[] = [];
    const { written, generated } = splitGenerated(selector);
    for (const pod of this.candidates(written, namespace)) {
      if (!mayShareNamespace(pod.namespace, namespace)) continue;
      let match: Match = matchSelector(written, pod.labels);
      if (generated && match !== "no" && matchSelector(generated, pod.labels) !== "yes")
        match = matchGenerated(generated, pod);
      if (match === "yes") matched.push(pod);
      else if (match === "unknown") possible.push(pod);
    }
    this.#matches.set(key, { matched, possible });
    return { matched, possible };
  }

  private candidates(selector: LabelSelector, namespace: string): Iterable<PodTemplate> {
    let least: readonly PodTemplate[] | undefined;
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      if (isPlaceholder(key + value)) continue;
      const pods = this.labels.podsWith(key, value, namespace);
      if (!least || pods.length < least.length) least = pods;
    }
    if (!least) return this.podsIn(namespace);
    const unsure = this.labels.podsWithPlaceholders;
    return unsure.length > 0 ? new Set([...least, ...unsure]) : least;
  }
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** `*` stands for any text. */
function wildcard(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return pattern === text;
  const [first = "", ...rest] = pattern.split("*");
  if (!text.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? "";
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
