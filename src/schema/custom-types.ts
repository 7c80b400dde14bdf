import { nodeAt, type SchemaNode, textAt } from "./custom-schema.js";
import { isMapping } from "./describe-value.js";

/** One version of a kind as a CustomResourceDefinition defines it. */
export interface CustomKind {
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly served: boolean;
  /** Undefined where nothing is said about the fields. */
  readonly schema: SchemaNode | undefined;
  readonly keepsUnknown: boolean;
  /** Other definitions of the same version in the input: which of them the cluster has is not known. */
  readonly others: readonly CustomKind[];
  readonly hasStatus: boolean;
  readonly hasScale: boolean;
}

/** The kinds that the CustomResourceDefinitions of the input define. */
export class CustomTypes {
  readonly #kinds = new Map<string, CustomKind>();
  readonly #groups = new Set<string>();

  find(apiVersion: string, kind: string): CustomKind | undefined {
    return this.#kinds.get(`${apiVersion} ${kind}`);
  }

  kinds(): readonly CustomKind[] {
    return [...this.#kinds.values()];
  }

  hasGroup(group: string): boolean {
    return this.#groups.has(group);
  }

  add(kind: CustomKind): void {
    const key = `${kind.apiVersion} ${kind.kind}`;
    this.#groups.add(kind.group);
    const known = this.#kinds.get(key);
    if (known === undefined) {
      this.#kinds.set(key, kind);
      return;
    }
    // The same definition twice, in a chart and in a bundle, is common; different ones are two releases of it.
    const text = JSON.stringify(kind.schema);
    if ([known, ...known.others].some((other) => other.served === kind.served && JSON.stringify(other.schema) === text))
      return;
    const [first, rest] = known.served || !kind.served ? [known, kind] : [kind, known];
    this.#kinds.set(key, { ...first, others: [...known.others, { ...rest, others: [] }] });
  }
}

/** Finds the CustomResourceDefinitions (v1 and v1beta1) among the objects. To be called before they are decoded. */
export function collectCustomTypes(objects: Iterable<Record<string, unknown>>): CustomTypes {
  const types = new CustomTypes();
  for (const object of objects) {
    if (object.kind !== "CustomResourceDefinition" || typeof object.apiVersion !== "string") continue;
    if (!object.apiVersion.startsWith("apiextensions.k8s.io/")) continue;
    for (const kind of kindsOf(object, object.apiVersion.endsWith("/v1beta1"))) types.add(kind);
  }
  return types;
}

function kindsOf(object: SchemaNode, beta: boolean): CustomKind[] {
  const spec = nodeAt(object, "spec");
  const names = nodeAt(spec, "names");
  const group = spec && textAt(spec, "group");
  const kind = names && textAt(names, "kind");
  const plural = names && textAt(names, "plural");
  if (spec === undefined || !group || !kind || !plural) return [];
  const listed = Array.isArray(spec.versions) ? spec.versions.filter(isMapping) : [];
  const single = textAt(spec, "version");
  const versions: readonly SchemaNode[] = listed.length === 0 && single ? [{ name: single }] : listed;
  return versions.flatMap((version) => {
    const name = textAt(version, "name");
    if (!name) return [];
    const subresources = nodeAt(version, "subresources") ?? nodeAt(spec, "subresources");
    return {
      apiVersion: `${group}/${name}`,
      group,
      version: name,
      kind,
      plural,
      namespaced: spec.scope !== "Cluster",
      served: version.served !== false,
      schema: nodeAt(nodeAt(version, "schema") ?? (beta ? nodeAt(spec, "validation") : undefined), "openAPIV3Schema"),
      keepsUnknown: beta ? spec.preserveUnknownFields !== false : spec.preserveUnknownFields === true,
      hasStatus: isMapping(subresources?.status),
      hasScale: isMapping(subresources?.scale),
      others: [],
    };
  });
}
