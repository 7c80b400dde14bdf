import type { ApiObject } from "../../apis/kind-rules.js";
import { controllerOf } from "../simulation/object-store.js";
import type { SimulatedCluster } from "../simulation/simulated-cluster.js";
import type { Entry } from "./outcome.js";

/** Puts entries that say the same together, each with its count in front; in the order of their content. */
export function countLike(entries: Iterable<Entry>): Entry[] {
  const counts = new Map<string, number>();
  const first = new Map<string, Entry>();
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (!first.has(text)) first.set(text, entry);
  }
  return [...first].map(([text, entry]) => ({ count: counts.get(text), ...entry }));
}

/** Entries in the order of their namespaces and names. */
export function byName(entries: Iterable<Entry>): Entry[] {
  const key = ({ namespace = "", name = "" }: Entry) => `${namespace}/${name}`;
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** What the server adds to a `generateName`; the Pods of a StatefulSet have one too, and their ordinals. */
const MADE_UP_CHARACTERS = 5;
export const TEMPLATE_HASH = "pod-template-hash";

/** A name with `*` for what the server made up and `<hash>` for the hash of a template: it says no more than the manifests do. */
export function writtenName({ metadata }: ApiObject): string {
  const { name = "", generateName, labels } = metadata;
  const isMadeUp =
    generateName && name.startsWith(generateName) && name.length === generateName.length + MADE_UP_CHARACTERS;
  const written = isMadeUp ? `${generateName}*` : name;
  const hash = labels?.[TEMPLATE_HASH];
  return hash ? written.replace(`-${hash}`, "-<hash>") : written;
}

/** `Deployment/web > ReplicaSet/web-<hash>`: the controllers above an object, the outermost first; undefined where there is none. */
export function ownersOf(object: ApiObject, cluster: SimulatedCluster): string | undefined {
  const reference = controllerOf(object);
  if (reference === undefined) return undefined;
  const resource = cluster.resourceOf(reference as ApiObject & typeof reference);
  const owner =
    resource === undefined ? undefined : cluster.objects.get(resource, object.metadata.namespace, reference.name);
  const own = `${reference.kind}/${owner === undefined ? reference.name : writtenName(owner)}`;
  const above = owner === undefined ? undefined : ownersOf(owner, cluster);
  return above === undefined ? own : `${above} > ${own}`;
}
