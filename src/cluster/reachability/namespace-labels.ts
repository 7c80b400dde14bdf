import type { Cluster } from "../cluster.js";

/** The labels of a namespace. Where no manifest is of the namespace, only the one that each has is known. */
export interface KnownLabels {
  readonly labels: Readonly<Record<string, string>>;
  readonly complete: boolean;
}

/** https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
const NAME_LABEL = "kubernetes.io/metadata.name";

/** The labels of every namespace, by name. */
export class NamespaceLabels {
  readonly #known = new Map<string, KnownLabels>();

  constructor(cluster: Cluster) {
    for (const { name, labels } of cluster.ofGroupKind("", "Namespace"))
      this.#known.set(name, { labels: { ...labels, [NAME_LABEL]: name }, complete: true });
  }

  of(name: string): KnownLabels {
    const known = this.#known.get(name) ?? { labels: { [NAME_LABEL]: name }, complete: false };
    this.#known.set(name, known);
    return known;
  }

  /** The namespaces of the input. */
  names(): string[] {
    return [...this.#known].flatMap(([name, { complete }]) => (complete ? name : []));
  }
}
