import { Authorizer, type KubernetesObject, type NamedResource } from "../cluster/index.js";
import { decodeManifest } from "../engine/decode-manifest.js";
import { type Input, type Manifest, readInput } from "../input/index.js";
import { isMapping } from "../input/plain-values.js";
import { collectCustomTypes, loadTypes, type Types } from "../schema/index.js";
import { joinPath } from "../source/field-path.js";
import { locate } from "../yaml/index.js";
import type { Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";
import { minorOf } from "./target-minor.js";

/** Where something stands in the input. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What the manifests say about permissions. */
export interface AccessInput {
  readonly authorizer: Authorizer;
  readonly types: Types;
  /** The short names and singulars of the custom kinds of the input. */
  readonly shortNames: ReadonlyMap<string, NamedResource>;
  /** Where a field of an object of the input stands; undefined for what the API server makes itself. */
  placeOf(object: KubernetesObject | undefined, path: string): Place | undefined;
}

const RBAC_KINDS = new Set(["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]);

/** Reads the manifests that the command line names. Objects without a namespace are taken as if in the given one. */
export function readAccessInput(
  line: CommandLine,
  host: Host,
  paths: readonly string[],
  namespace: string,
): AccessInput {
  const minor = minorOf(line);
  const input = readInput(host.fileSystem, {
    paths: paths.length > 0 ? paths : ["."],
    root: host.workingDirectory,
    stdin: () => host.readStandardInput(),
  });
  const [unreadable] = input.unreadable;
  if (unreadable) throw new UsageError(`${unreadable.path}: ${unreadable.message}`);
  const types = loadTypes(minor, collectCustomTypes(input.manifests.map(({ value }) => value)));
  const manifests = new Map<KubernetesObject, Manifest>();
  for (const manifest of input.manifests) {
    if (!RBAC_KINDS.has(String(manifest.value.kind))) continue;
    decodeManifest(types, manifest);
    manifests.set(manifest.value as KubernetesObject, manifest);
  }
  tellDuplicates(manifests.keys(), manifests, namespace, host);
  return {
    authorizer: new Authorizer(manifests.keys(), { minor, defaultNamespace: namespace }),
    types,
    shortNames: shortNamesIn(input),
    placeOf(object, path) {
      const manifest = object && manifests.get(object);
      if (manifest === undefined) return undefined;
      const { document, base, source } = manifest;
      const start = locate(document, joinPath(base, path))?.span.start ?? document.span.start;
      return { file: source.path, ...source.position(start) };
    },
  };
}

/** `rbac.yaml:12:5`. */
export const placeText = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

const MOST_TOLD = 3;

/** Variants of one object, as overlays have them, cannot all hold. */
function tellDuplicates(
  objects: Iterable<KubernetesObject>,
  manifests: ReadonlyMap<KubernetesObject, Manifest>,
  defaultNamespace: string,
  host: Host,
): void {
  const byName = new Map<string, KubernetesObject[]>();
  for (const object of objects) {
    const { kind = "", metadata } = object;
    const name = `${kind.startsWith("Cluster") ? "" : `${metadata?.namespace ?? defaultNamespace}/`}${metadata?.name ?? ""}`;
    const list = byName.get(`${kind} "${name}"`);
    if (list) list.push(object);
    else byName.set(`${kind} "${name}"`, [object]);
  }
  const several = [...byName].filter(([, list]) => new Set(list.map((object) => JSON.stringify(object))).size > 1);
  for (const [name, list] of several.slice(0, MOST_TOLD)) {
    const files = [...new Set(list.map((object) => manifests.get(object)!.source.path))];
    const last = files.at(-1);
    host.err(
      files.length === 1
        ? `kubeproof: ${name} stands ${list.length} times in ${last}; the last counts\n`
        : `kubeproof: ${name} differs between ${files.length} files; the one in ${last} counts\n`,
    );
  }
  if (several.length > MOST_TOLD)
    host.err(`kubeproof: ${several.length - MOST_TOLD} more objects stand several times; of each the last counts\n`);
}

function shortNamesIn(input: Input): Map<string, NamedResource> {
  const names = new Map<string, NamedResource>();
  for (const { value } of input.manifests) {
    if (value.kind !== "CustomResourceDefinition" || !isMapping(value.spec) || !isMapping(value.spec.names)) continue;
    const { group, scope, names: own } = value.spec;
    const { plural, singular, shortNames } = own as Record<string, unknown>;
    if (typeof group !== "string" || typeof plural !== "string") continue;
    for (const name of [singular, ...(Array.isArray(shortNames) ? shortNames : [])])
      if (typeof name === "string") names.set(name, { group, resource: plural, namespaced: scope !== "Cluster" });
  }
  return names;
}
