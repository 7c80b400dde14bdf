import type { Cluster } from "../cluster.js";
import { areAppliedTogether } from "../duplicates.js";
import type { BuiltInKind, BuiltInKinds } from "../kinds.js";
import { isOpenNamespace } from "../namespaces.js";
import type { Resource } from "../resource.js";

/** The kinds of which any number in a namespace decide together over what is made there. */
export type GoverningKind = Extract<BuiltInKind, "LimitRange" | "ResourceQuota">;

type Index = ReadonlyMap<string, readonly Resource[]>;

const indexes = new WeakMap<Cluster, Map<GoverningKind, Index>>();

/** No namespace has more; trees of that many are variants of each other. */
const MOST = 20;

function indexOf(cluster: Cluster, kind: GoverningKind): Index {
  const ofCluster = indexes.get(cluster) ?? new Map<GoverningKind, Index>();
  indexes.set(cluster, ofCluster);
  const known = ofCluster.get(kind);
  if (known !== undefined) return known;
  const index = new Map<string, Resource[]>();
  for (const resource of cluster.ofKind(kind)) {
    const namespace = isOpenNamespace(resource.namespace) ? "" : resource.namespace;
    const list = index.get(namespace);
    if (list) list.push(resource);
    else index.set(namespace, [resource]);
  }
  ofCluster.set(kind, index);
  return index;
}

/**
 * The objects of the input that decide over what `subject` makes in its namespace. Undefined where that is not certain:
 * some of them may be for another namespace, or are variants of one.
 */
export function governing<K extends GoverningKind>(
  cluster: Cluster,
  kind: K,
  subject: Resource,
): readonly Resource<BuiltInKinds[K]>[] | undefined {
  const index = indexOf(cluster, kind);
  if (index.size === 0) return [];
  const open = isOpenNamespace(subject.namespace);
  const own = index.get(open ? "" : subject.namespace) ?? [];
  if (open ? own.length !== cluster.ofKind(kind).length : index.has("")) return undefined;
  if (own.length > MOST || new Set(own.map(({ name }) => name)).size < own.length) return undefined;
  if (own.some((each) => each.name === "" || each.doubtful.length > 0 || !areAppliedTogether(cluster, each, subject)))
    return undefined;
  return own as readonly Resource[] as readonly Resource<BuiltInKinds[K]>[];
}
