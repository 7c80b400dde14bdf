import { type Cluster, keysOf, type Reference, type Resource } from "../cluster/index.js";
import { editDistance, nearestName } from "../diagnostics/nearest-name.js";
import { isPlaceholder } from "../schema/placeholder.js";
import type { FixRequest, Message, RelatedRequest, ReportDetails } from "./rule.js";
import { count, didYouMean, list } from "./wording.js";

/** What is said of a name that nothing in the input has. */
export interface MissingTarget {
  /** `Deployment "api"`. */
  readonly subject: string;
  /** `mounts`. */
  readonly verb: string;
  /** The keys wanted of it. */
  readonly keys: readonly string[];
  /** `ConfigMap "api-config"`. */
  readonly target: string;
  /** Where a field gives it: the namespace the target must be in. */
  readonly namespace: string | undefined;
  /** That of the object itself, where the target must be in it. */
  readonly ownNamespace: string | undefined;
  readonly nearest: string | undefined;
  /** Namespaces that have an object of that name. */
  readonly elsewhere: readonly string[];
}

/**
 * The targets that an object names and the input does not have, one report each however often it is named. Targets
 * that may be absent (`optional: true`) or that are known to exist elsewhere are left out.
 */
export function missingTargets(
  cluster: Cluster,
  resource: Resource,
  accepts: (reference: Reference) => boolean,
): ReportDetails<MissingTarget>[] {
  // Asked by many rules of every object, and nearly always nothing is missing.
  let byTarget: Map<string, Reference[]> | undefined;
  for (const reference of cluster.references.from(resource)) {
    if (!accepts(reference) || reference.optional || reference.lookup.state !== "absent") continue;
    byTarget ??= new Map();
    const key = `${reference.group}/${reference.kind}/${reference.namespace}/${reference.name}`;
    const same = byTarget.get(key);
    if (same) same.push(reference);
    else byTarget.set(key, [reference]);
  }
  return byTarget === undefined ? [] : [...byTarget.values()].map(reportMissing);
}

function reportMissing(references: readonly Reference[]): ReportDetails<MissingTarget> {
  const [first] = references as [Reference];
  const { lookup, fact, kind, name } = first;
  if (lookup.state !== "absent") throw new Error("only absent targets are reported");
  const { nearest, nearestName: near, elsewhere } = lookup;
  const related: RelatedRequest[] = nearest
    ? [{ object: nearest, note: "the nearest name" }]
    : elsewhere.slice(0, 3).map((object) => ({ object, note: `in namespace "${object.namespace}"` }));
  return {
    at: first.at,
    data: {
      subject: first.from.ref,
      verb: fact.verb,
      keys: [
        ...new Set(references.flatMap((reference) => reference.keys.flatMap((key) => (key.implied ? [] : key.name)))),
      ],
      target: `${kind} "${name}"`,
      namespace: typeof fact.namespace === "object" ? first.namespace || undefined : undefined,
      ownNamespace: fact.namespace === "same" ? first.namespace || undefined : undefined,
      nearest: near,
      elsewhere: [...new Set(elsewhere.map((object) => object.namespace))],
    },
    related,
    fix:
      near === undefined
        ? undefined
        : renaming(
            name,
            near,
            references.map((reference) => reference.at),
          ),
  };
}

/** The message of every rule on names that lead nowhere. */
export function wordMissingTarget(d: MissingTarget): Message {
  const keys =
    d.keys.length === 0 ? "" : ` ${d.keys.length === 1 ? "key" : "keys"} ${list(d.keys.map((key) => `"${key}"`))} of`;
  const where = d.namespace === undefined ? "" : ` in namespace "${d.namespace}"`;
  const text = `${d.subject} ${d.verb}${keys} ${d.target}${where}, which is not in`;
  if (d.elsewhere.length === 0)
    return {
      text: `${text} the input`,
      help: didYouMean(d.nearest) ?? "If it is created elsewhere, list it under externals",
    };
  const others = list(d.elsewhere.map((namespace) => `"${namespace}"`));
  const help = `One of that name is in ${d.elsewhere.length === 1 ? "namespace" : "namespaces"} ${others}`;
  return d.ownNamespace === undefined
    ? { text: `${text} the input`, help }
    : { text: `${text} namespace "${d.ownNamespace}"`, help: `${help}, which the reference does not reach` };
}

/** What is said of a key that the ConfigMap or Secret does not have. */
export interface MissingKey {
  readonly subject: string;
  readonly verb: string;
  readonly key: string;
  /** `ConfigMap "api-config"`. */
  readonly target: string;
  /** What makes the target, where the input does not hold it: `ExternalSecret "db"`. */
  readonly maker: string | undefined;
  readonly nearest: string | undefined;
  readonly present: readonly string[];
}

/** The keys that an object wants of ConfigMaps or Secrets whose keys are all known, and that none of them has. */
export function missingKeys(
  cluster: Cluster,
  resource: Resource,
  accepts: (reference: Reference) => boolean,
): ReportDetails<MissingKey>[] {
  const reports: ReportDetails<MissingKey>[] = [];
  const seen = new Set<string>();
  for (const reference of cluster.references.from(resource)) {
    if (reference.keys.length === 0 || reference.optional || !accepts(reference)) continue;
    if (hasKeys(reference)) continue;
    const known = knownKeys(cluster, reference);
    if (!known) continue;
    for (const { name: key, at, implied } of reference.keys) {
      const id = `${reference.kind}/${reference.namespace}/${reference.name}/${key}`;
      if (known.keys.has(key) || isPlaceholder(key) || seen.has(id)) continue;
      seen.add(id);
      const nearest = nearestName(key, known.keys);
      reports.push({
        at,
        data: {
          subject: reference.from.ref,
          verb: reference.fact.verb,
          key,
          target: `${reference.kind} "${reference.name}"`,
          maker: known.maker,
          nearest,
          present: [...known.keys].sort(),
        },
        related: known.related(nearest),
        fix: nearest === undefined || implied ? undefined : renaming(key, nearest, [at]),
      });
    }
  }
  return reports;
}

/** The frequent case, for which no keys have to be gathered: one object is meant, and has them all. */
function hasKeys({ lookup, keys }: Reference): boolean {
  if (lookup.state !== "present") return false;
  const { resource } = lookup;
  const own = keysOf(resource);
  return own !== undefined && keys.every(({ name }) => own.has(name));
}

interface KnownKeys {
  readonly keys: ReadonlySet<string>;
  readonly maker: string | undefined;
  related(nearest: string | undefined): RelatedRequest[];
}

/** The keys that the ConfigMap or Secret has in the cluster; undefined where one it may be is not known, or is absent. */
export const keysReferredTo = (cluster: Cluster, reference: Reference): ReadonlySet<string> | undefined =>
  knownKeys(cluster, reference)?.keys;

/** The keys of every object the reference can mean together; undefined where those of one are not known. */
function knownKeys(cluster: Cluster, { lookup, group, kind, namespace, name }: Reference): KnownKeys | undefined {
  if (lookup.state === "absent") return undefined;
  if (lookup.state === "unknown") {
    const { produced, external } = lookup;
    if (external?.keys) return { keys: new Set(external.keys), maker: "a generator", related: () => [] };
    if (!produced?.keys || !produced.producer) return undefined;
    const { producer, keys } = produced;
    return { keys, maker: producer.ref, related: () => [{ object: producer, note: `makes ${kind} "${name}"` }] };
  }
  const keys = new Set<string>();
  for (const variant of cluster.allNamed(group, kind, namespace, name)) {
    const own = keysOf(variant);
    if (!own) return undefined;
    for (const key of own) keys.add(key);
  }
  // A generator of the same name merges its keys into the object:
  // https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/#overriding-base-configmap-values
  const merged = cluster.externalNamed(kind, namespace, name);
  if (merged?.name === name) {
    if (!merged.keys) return undefined;
    for (const key of merged.keys) keys.add(key);
  }
  const target = lookup.resource;
  return {
    keys,
    maker: undefined,
    related: (nearest) => {
      const object = target.object as { data?: object; stringData?: object; binaryData?: object };
      const fields = (["data", "stringData", "binaryData"] as const).filter((field) => object[field]);
      const field = fields.find((f) => nearest !== undefined && Object.hasOwn(object[f]!, nearest));
      if (field) return [{ object: target, at: `${field}[${nearest}]`, note: "the nearest key" }];
      return [{ object: target, at: fields[0] ?? "metadata.name", note: "the keys it has" }];
    },
  };
}

/** The message of the rules on keys. */
export function wordMissingKey(d: MissingKey): Message {
  const without = d.maker === undefined ? "which has no such key" : `which ${d.maker} makes without it`;
  const has =
    d.present.length <= 8
      ? `It has ${list(
          d.present.map((key) => `"${key}"`),
          8,
        )}`
      : undefined;
  return {
    text: `${d.subject} ${d.verb} key "${d.key}" of ${d.target}, ${without}`,
    help: didYouMean(d.nearest) ?? has ?? `It has ${count(d.present.length, "other key")}`,
  };
}

/** Offered where the names differ by a slip: unsafe, since the name may be right and its object elsewhere. */
function renaming(wrong: string, right: string, places: readonly string[]): FixRequest | undefined {
  const slip = wrong.length < 5 ? 1 : 2;
  if (wrong.toLowerCase() !== right.toLowerCase() && editDistance(wrong, right, slip + 1) > slip) return undefined;
  return {
    description: `Change "${wrong}" to "${right}"`,
    safe: false,
    edits: [...new Set(places)].map((at) => ({ at, value: asYaml(right) })),
  };
}

/** Plain where YAML reads it as the text it is. */
const asYaml = (text: string): string =>
  /^[A-Za-z_][\w.-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text) ? text : JSON.stringify(text);
