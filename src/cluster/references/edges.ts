import type { Cluster } from "../cluster.js";
import type { Resource } from "../resource.js";
import type { Reference, WantedKey } from "./references.js";
import { Selections } from "./selections.js";

/** One object referring to another, by its name or by its labels. */
export interface Edge {
  readonly from: Resource;
  /** The path of the name or of the selector, within the manifest of `from`. */
  readonly at: string;
  /** The object meant; where a controller makes that, what it makes it from. Undefined where it is not in the input. */
  readonly to: Resource | undefined;
  /** Of what is meant; of selectors the kind selected, `Pod` for Pods whoever makes them. */
  readonly group: string;
  readonly kind: string;
  /** Empty where the manifest gives none; undefined for cluster-scoped kinds and for selectors. */
  readonly namespace: string | undefined;
  /** Empty where a selector finds nothing. */
  readonly name: string;
  /** Of a selector, as kubectl writes it; empty where it selects everything. */
  readonly selector: string | undefined;
  readonly keys: readonly WantedKey[];
  readonly optional: boolean;
  /**
   * `missing`: not in the input, where it ought to be. `external`: declared, generated, or part of every cluster.
   * `unknown`: cannot be told.
   */
  readonly resolved: "present" | "missing" | "external" | "unknown";
  /** Between subject and target: Deployment "api" `mounts` ConfigMap "settings". */
  readonly verb: string;
}

/** All references between the objects of a cluster, in both directions, read when first asked for. */
export class Edges {
  readonly #from = new Map<Resource, readonly Edge[]>();
  #to: Map<Resource, Edge[]> | undefined;
  readonly #selections: Selections;

  constructor(private readonly cluster: Cluster) {
    this.#selections = new Selections(cluster);
  }

  from(resource: Resource): readonly Edge[] {
    const known = this.#from.get(resource);
    if (known) return known;
    const edges = [
      ...this.cluster.references.from(resource).map((reference) => this.ofReference(reference)),
      ...this.ofSelectors(resource),
    ];
    this.#from.set(resource, edges);
    return edges;
  }

  /** The first call reads every object once. */
  to(resource: Resource): readonly Edge[] {
    if (!this.#to) {
      this.#to = new Map();
      for (const from of this.cluster.resources)
        for (const edge of this.from(from)) {
          if (!edge.to) continue;
          const list = this.#to.get(edge.to);
          if (list) list.push(edge);
          else this.#to.set(edge.to, [edge]);
        }
    }
    return this.#to.get(resource) ?? [];
  }

  private ofReference(reference: Reference): Edge {
    const { from, at, group, kind, namespace, name, keys, optional, lookup, fact } = reference;
    const edge = (to: Resource | undefined, resolved: Edge["resolved"]): Edge => ({
      from,
      at,
      to,
      group,
      kind,
      namespace,
      name,
      selector: undefined,
      keys,
      optional,
      resolved,
      verb: fact.verb,
    });
    if (lookup.state === "present") return edge(lookup.resource, "present");
    if (lookup.state === "absent") return edge(undefined, optional ? "unknown" : "missing");
    if (lookup.produced?.producer) return edge(lookup.produced.producer, "present");
    const external = lookup.external !== undefined || this.cluster.isProvided(group, kind, namespace, name);
    return edge(undefined, external ? "external" : "unknown");
  }

  private ofSelectors(resource: Resource): Edge[] {
    const edges: Edge[] = [];
    for (const { fact, from, at, text, selected, state } of this.#selections.from(resource)) {
      const { group, kind } = fact.to === "pods" ? POD : fact.to;
      // Written out: copying what they share into each is ten times slower.
      const add = (to: Resource | undefined, resolved: Edge["resolved"]): void => {
        edges.push({
          from,
          at,
          to,
          group,
          kind,
          namespace: undefined,
          name: to?.name ?? "",
          selector: text,
          keys: NO_KEYS,
          optional: false,
          resolved,
          verb: fact.verb,
        });
      };
      if (selected.length === 0) add(undefined, state);
      else for (const to of selected) add(to, "present");
    }
    return edges;
  }
}

const POD = { group: "", kind: "Pod" };
const NO_KEYS: readonly WantedKey[] = [];
