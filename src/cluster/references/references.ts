import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster, Lookup } from "../cluster.js";
import { currentGroup } from "../kinds.js";
import { mayShareNamespace } from "../namespaces.js";
import { folderOf, type Resource } from "../resource.js";
import { FactIndex } from "./fact-index.js";
import type { Target } from "./facts/fact.js";
import { compilePattern, isRecord, type PatternStep, visitPattern } from "./object-paths.js";
import { REFERENCE_FACTS, type ReferenceFact } from "./reference-facts.js";

/** A key of a ConfigMap or Secret that must be there, with the path that names it. */
export interface WantedKey {
  readonly name: string;
  readonly at: string;
  /** No field names it: whoever reads the target looks for it. */
  readonly implied?: true;
}

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
  readonly keys: readonly WantedKey[];
  /** The part of the target that is meant, where one is: a port of a Service. */
  readonly member: { readonly name: string | number; readonly at: string } | undefined;
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
  #byFolder: Map<string, Resource[]> | undefined;
  #scopes: Map<string, boolean> | undefined;
  readonly #configured: FactIndex<CompiledFact> | undefined;

  /** `configured`: references of the user's own kinds. */
  constructor(
    private readonly cluster: Cluster,
    configured: readonly ReferenceFact[] = [],
  ) {
    this.#configured = configured.length > 0 ? indexOf(configured) : undefined;
  }

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
    const pod = this.cluster.podTemplateOf(resource);
    BUILT_IN.visit(resource, pod, emit);
    this.#configured?.visit(resource, pod, emit);
    return found;
  }

  private refer(from: Resource, compiled: CompiledFact, holder: unknown, path: string): Reference | undefined {
    const { fact } = compiled;
    if (fact.when && !meets(holder, fact.when)) return undefined;
    let written = "";
    let at = path;
    visitPattern(holder, compiled.name, path, (value, valuePath) => {
      if (typeof value === "string") [written, at] = [value, valuePath];
    });
    if (written === "" || fact.except?.includes(written)) return undefined;
    const target = this.targetOf(fact.to, from, holder);
    if (!target) return undefined;
    const { group, kind } = target;
    let name = written;
    let namespace = this.isClusterScoped(fact, group, kind) ? undefined : namespaceOf(fact, from, holder);
    if (fact.form) {
      const place = this.place(fact.form, written);
      if (!place) return undefined;
      ({ name, namespace = namespace } = place);
    }

    const keys: WantedKey[] = [];
    if (compiled.key)
      visitPattern(holder, compiled.key, path, (value, keyPath) => {
        if (typeof value === "string" && value !== "") keys.push({ name: value, at: keyPath });
      });
    for (const key of fact.needs ?? []) keys.push({ name: key, at, implied: true });
    return new ReferenceOf(
      this,
      fact,
      from,
      at,
      group,
      kind,
      namespace,
      name,
      keys,
      memberOf(compiled, holder, path, at),
      {
        optional:
          fact.optional === true || (fact.optional !== undefined && isRecord(holder) && holder[fact.optional] === true),
      },
    );
  }

  private targetOf(to: Target, from: Resource, holder: unknown): { group: string; kind: string } | undefined {
    if ("kind" in to) return to;
    if ("parametersOf" in to) return this.parametersOf(to.parametersOf, from);
    const kind = textField(holder, "kind") || to.defaultKind || "";
    if (kind === "") return undefined;
    // An empty group that is written is the core group.
    const given =
      isRecord(holder) && typeof holder[to.groupFrom] === "string" ? textField(holder, to.groupFrom) : undefined;
    if (given === undefined || (given === "" && to.groupFrom !== "group"))
      return { group: currentGroup(to.defaultGroup, kind), kind };
    const group = to.groupFrom !== "apiVersion" ? given : given.includes("/") ? given.slice(0, given.indexOf("/")) : "";
    return { group: currentGroup(group, kind), kind };
  }

  /** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#parameter-resources */
  private parametersOf(kind: string, binding: Resource): { group: string; kind: string } | undefined {
    const policyName = textField(binding.spec, "policyName");
    const found = this.cluster.lookup(binding.group, kind, undefined, policyName);
    if (found.state !== "present") return undefined;
    const paramKind: unknown = (found.resource.spec as { paramKind?: unknown } | undefined)?.paramKind;
    return this.targetOf({ groupFrom: "apiVersion", defaultGroup: "" }, binding, paramKind);
  }

  private isClusterScoped({ to, configured }: ReferenceFact, group: string, kind: string): boolean {
    if ("kind" in to && !configured) return false;
    this.#scopes ??= new Map(this.cluster.types.kinds().map((one) => [`${one.group}/${one.kind}`, one.namespaced]));
    const namespaced = this.#scopes.get(`${group}/${kind}`);
    return namespaced === undefined ? /^Cluster[A-Z]/.test(kind) : !namespaced;
  }

  /** The name and namespace that a text means; undefined where it means nothing of the cluster. */
  private place(form: "host" | "slashed", text: string): { name: string; namespace?: string } | undefined {
    if (isPlaceholder(text)) return { name: text };
    if (form === "slashed") {
      const slash = text.indexOf("/");
      return slash < 0 ? { name: text } : { namespace: text.slice(0, slash), name: text.slice(slash + 1) };
    }
    const [name = "", namespace, svc] = text.split(".");
    if (text.includes("*")) return undefined;
    if (namespace === undefined) return { name };
    // `reviews.prod` is `example.com` as well: only a namespace of the input tells.
    if (svc === undefined ? this.hasNamespace(namespace) : svc === "svc") return { name, namespace };
    return undefined;
  }

  private hasNamespace(namespace: string): boolean {
    this.#namespaces ??= new Set(this.cluster.resources.map((resource) => resource.namespace));
    return this.#namespaces.has(namespace);
  }

  /** For references alone: see `Reference.lookup`. */
  resolve({ from, group, kind, namespace, name }: Omit<Reference, "lookup">): Lookup {
    const lookup = this.cluster.lookup(group, kind, namespace, name);
    if (lookup.state === "present") return this.nearest(lookup, from, namespace);
    if (lookup.state !== "absent" || !namespace) return lookup;
    if (namespace === from.namespace || lookup.nearestName !== undefined || lookup.elsewhere.length > 0) return lookup;
    // Another namespace, of which the input shows nothing: what is in it cannot be told.
    return this.hasNamespace(namespace) ? lookup : { state: "unknown" };
  }

  /** Of the variants that a tree of folders has of an object, the one beside the object that names it. */
  private nearest(lookup: Lookup & { state: "present" }, from: Resource, namespace: string | undefined): Lookup {
    const { group, kind, name } = lookup.resource;
    const folder = folderOf(from);
    if (folderOf(lookup.resource) === folder) return lookup;
    if (!this.#byFolder) {
      this.#byFolder = new Map();
      for (const resource of this.cluster.resources) {
        const key = `${folderOf(resource)}\n${resource.group}/${resource.kind}/${resource.name}`;
        const list = this.#byFolder.get(key);
        if (list) list.push(resource);
        else this.#byFolder.set(key, [resource]);
      }
    }
    const beside = this.#byFolder
      .get(`${folder}\n${group}/${kind}/${name}`)
      ?.find((one) => namespace === undefined || mayShareNamespace(namespace, one.namespace));
    return beside ? { state: "present", resource: beside } : lookup;
  }
}

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
    readonly member: Reference["member"],
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
  if (fact.namespace === "any") return "";
  if (fact.namespace === "same") return from.namespace;
  return textField(holder, fact.namespace.field) || from.namespace;
}

function meets(holder: unknown, when: NonNullable<ReferenceFact["when"]>): boolean {
  const value = textField(holder, when.field);
  return value === when.is || (value === "" && when.orAbsent === true);
}

function memberOf({ fact, member }: CompiledFact, holder: unknown, path: string, at: string): Reference["member"] {
  if (!fact.member || !member) return undefined;
  let found: Reference["member"] =
    fact.member.otherwise === undefined ? undefined : { name: fact.member.otherwise, at };
  visitPattern(holder, member, path, (value, valuePath) => {
    if (typeof value === "string" || typeof value === "number") found = { name: value, at: valuePath };
  });
  return found;
}

const textField = (holder: unknown, field: string): string => {
  const value = isRecord(holder) ? holder[field] : undefined;
  return typeof value === "string" ? value : "";
};

interface CompiledFact {
  readonly fact: ReferenceFact;
  readonly name: readonly PatternStep[];
  readonly key: readonly PatternStep[] | undefined;
  readonly member: readonly PatternStep[] | undefined;
}

function indexOf(facts: readonly ReferenceFact[]): FactIndex<CompiledFact> {
  const index = new FactIndex<CompiledFact>();
  for (const fact of facts)
    index.add(fact.from, fact.at, {
      fact,
      name: compilePattern(fact.name),
      key: fact.key === undefined ? undefined : compilePattern(fact.key),
      member: fact.member && compilePattern(fact.member.field),
    });
  return index;
}

const BUILT_IN = indexOf(REFERENCE_FACTS);
