import type { Cluster } from "../cluster.js";
import { mayShareNamespace } from "../namespaces.js";
import type { Resource } from "../resource.js";

/** Words that programs and custom resources hold, by cluster: whoever says a name may use what has it. */
const mentions = new WeakMap<Cluster, ReadonlySet<string>>();

/** Longer texts are looked at in part: certificates, dashboards. */
const LENGTH_AT_MOST = 20_000;

/**
 * Whether something of the input refers to an object, or may: another that names or selects it, whoever is in its
 * namespace or none, a custom resource, a ConfigMap or a container's environment or arguments that hold its name.
 */
export function isUsed(cluster: Cluster, resource: Resource): boolean {
  if (cluster.referencesTo(resource).length > 0) return true;
  const { group, kind, name, namespace } = resource;
  // Of variants in other folders one may be used in place of the other.
  const same = cluster.allNamed(group, kind, namespace, name);
  if (
    same.some(
      (one) => one !== resource && mayShareNamespace(one.namespace, namespace) && cluster.referencesTo(one).length > 0,
    )
  )
    return true;
  return wordsOf(cluster).has(name);
}

function wordsOf(cluster: Cluster): ReadonlySet<string> {
  const known = mentions.get(cluster);
  if (known) return known;
  const words = new Set<string>();
  for (const resource of cluster.resources) {
    const object = resource.object as Readonly<Record<string, unknown>>;
    collect(resource.annotations, words);
    if (resource.kind === "ConfigMap") collect(object.data, words);
    else if (resource.facts === undefined || resource.facts.custom) collect(object.spec ?? object, words);
  }
  for (const pod of cluster.podTemplates) {
    collect(pod.metadata.annotations, words);
    for (const { spec } of pod.containers) collect([spec.command, spec.args, spec.env], words);
  }
  mentions.set(cluster, words);
  return words;
}

/** Nesting is bounded by the reader. */
function collect(value: unknown, words: Set<string>): void {
  if (typeof value === "string") {
    for (const [word] of value.slice(0, LENGTH_AT_MOST).matchAll(/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/g)) {
      words.add(word);
      // `db` of `db.shop.svc`.
      const dot = word.indexOf(".");
      if (dot > 0) words.add(word.slice(0, dot));
    }
  } else if (Array.isArray(value)) for (const item of value) collect(item, words);
  else if (value !== null && typeof value === "object") for (const item of Object.values(value)) collect(item, words);
}
