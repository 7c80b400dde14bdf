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
    const common = { from, at, group, kind, namespace, name, selector: undefined, keys, optional, verb: fact.verb };
    if (lookup.state === "present") return { ...common, to: lookup.resource, resolved: "present" };
    if (lookup.state === "absent") return { ...common, to: undefined, resolved: optional ? "unknown" : "missing" };
    const to = lookup.produced?.producer;
    const known =
      lookup.external !== undefined || this.cluster.isProvided(group, kind, namespace, name) ? "external" : "unknown";
    return { ...common, to, resolved: to ? "present" : known };
  }

  private ofSelectors(resource: Resource): Edge[] {
    return this.#selections.from(resource).flatMap(({ fact, from, at, text, selected, state }): Edge[] => {
      const { group, kind } = fact.to === "pods" ? { group: "", kind: "Pod" } : fact.to;
      const common = {
        from,
        at,
        group,
        kind,
        namespace: undefined,
        selector: text,
        keys: [],
        optional: false,
        verb: fact.verb,
      };
      if (selected.length === 0) return [{ ...common, to: undefined, name: "", resolved: state }];
      return selected.map((to) => ({ ...common, to, name: to.name, resolved: "present" }));
    });
  }
}
