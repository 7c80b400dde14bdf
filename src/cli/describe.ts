import type { ApiObject } from "../apis/kind-rules.js";
import { describeObject } from "../cluster/description/describe-object.js";
import type { Field } from "../cluster/description/description.js";
import { type Cluster, findResource, type NamedResource, type Resource } from "../cluster/index.js";
import { controllerOf } from "../cluster/simulation/object-store.js";
import type { Simulation } from "../cluster/simulation/simulate.js";
import { nearestName } from "../diagnostics/nearest-name.js";
import { count, list } from "../engine/wording.js";
import type { Manifest } from "../input/index.js";
import { isMapping } from "../input/plain-values.js";
import { type RefusedDocument, refusedDocuments } from "../report/simulation/refusals.js";
import { writeDescription } from "../report/simulation/write-description.js";
import { showControls } from "../report/visible-text.js";
import { referenceFields, writtenCluster } from "./describe-references.js";
import type { ExitCode, Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";
import {
  type PlayedInput,
  placeInNamespace,
  play,
  readManifests,
  readNodes,
  sortManifests,
} from "./simulated-input.js";
import { minorOf } from "./target-minor.js";
import { wantsColor } from "./wants-color.js";

/** More than any manifest asks for: where no Node is given, a Pod is to run and stand behind its Services. */
const AMPLE = { count: 1, capacity: { cpu: "1000", memory: "4Ti", pods: "10000" }, zones: 1 };

/** `kubeproof describe`: one object as the cluster makes of it, what it refers to and what refers to it. */
export async function describeCommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const minor = minorOf(line);
  const { kind, namespace: written, name, paths } = readSubject(line.operands);
  const at = momentOf(line);
  const input = readManifests(line, host, paths);
  const given = line.values.get("namespace")?.[0];
  const copies = input.manifests.map((manifest) => ({ ...manifest, value: structuredClone(manifest.value) }));
  const manifests = sortManifests(given === undefined ? copies : placeInNamespace(copies, given, minor));
  const nodes = line.values.get("nodes")?.[0];
  const hasNodes = manifests.some(({ value }) => value.kind === "Node" && value.apiVersion === "v1");
  const assumed = nodes === undefined ? (hasNodes ? undefined : AMPLE) : readNodes(nodes);
  const played = play(manifests, { namespaces: true, nodes: assumed }, minor);
  const cluster = writtenCluster(input, minor);
  const wanted = { ...kindOf(kind, cluster, manifests), name, namespace: written ?? given };

  const { simulation } = played;
  const found = find(simulation, wanted);
  const refused = refusedDocuments(simulation, manifests).filter(
    ({ answer }) =>
      answer.kind === wanted.kind &&
      answer.name === name &&
      (wanted.namespace ?? answer.namespace) === answer.namespace,
  );
  if (found === undefined && refused.length === 0) throw notFound(kind, name, wanted, simulation);
  const fields =
    found === undefined
      ? refusalFields(refused)
      : describeObject(wanted.store, found.object, simulation, at ?? simulation.cluster.now);
  const notes = [...(found?.notes ?? []), ...assumptionNotes(played, assumed?.count, nodes !== undefined)];
  if (found !== undefined && refused.length > 0) notes.push(`A document of this name is refused: ${refused[0]!.place}`);
  const resource = writtenOf(cluster, wanted, found?.object, given);
  if (resource !== undefined) fields.push(...referenceFields(cluster, resource));
  host.out(
    line.values.get("output")?.[0] === "json"
      ? `${JSON.stringify({ kind: wanted.kind, name, refused: found === undefined, fields, notes }, undefined, 1)}\n`
      : writeDescription(fields, notes, {
          color: wantsColor(line.values.get("color")?.[0], host.terminalWidth !== undefined, host),
          width: host.terminalWidth ?? 0,
          verbose: true,
        }),
  );
  if (input.unreadable.length > 0) return 2;
  return found === undefined ? 1 : 0;
}

interface Subject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly paths: readonly string[];
}

/** `KIND/NAME`, `KIND/NAMESPACE/NAME` or `KIND NAME`, and the paths after it. */
function readSubject([first, ...rest]: readonly string[]): Subject {
  const parts = first?.split("/") ?? [];
  if (parts.length === 1 && rest.length > 0) return { kind: parts[0]!, name: rest[0]!, paths: rest.slice(1) };
  const [kind, ...names] = parts;
  const name = names.pop();
  if (!kind || !name || names.length > 1)
    throw new UsageError("describe takes an object and then paths: kubeproof describe KIND/NAME [PATH...]");
  return { kind, name, namespace: names[0], paths: rest };
}

function momentOf(line: CommandLine): number | undefined {
  const text = line.values.get("at")?.[0];
  if (text === undefined) return undefined;
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new UsageError(`--at takes a time such as 2025-01-31T12:00:00Z, not "${text}"`);
  return moment / 1000;
}

interface Wanted {
  readonly kind: string;
  /** `deployments.apps`, as the store names it. */
  readonly store: string;
  readonly group: string;
  readonly name: string;
  readonly namespace?: string;
}

/** The kind that a word of the command line means. */
function kindOf(
  word: string,
  { types }: Cluster,
  manifests: readonly Manifest[],
): Pick<Wanted, "kind" | "store" | "group"> {
  const found = findResource(types, word, shortNamesIn(manifests));
  if ("unknown" in found)
    throw new UsageError(`No kind is called "${word}"${found.nearest ? `; did you mean ${found.nearest}?` : ""}`);
  const { group, resource } = found;
  const kind = types.kinds().find((each) => each.group === group && each.plural === resource)?.kind;
  if (kind === undefined) throw new UsageError(`"${word}" is no kind of objects that a cluster keeps`);
  return { kind, group, store: group === "" ? resource : `${resource}.${group}` };
}

function shortNamesIn(manifests: readonly Manifest[]): Map<string, NamedResource> {
  const names = new Map<string, NamedResource>();
  for (const { value } of manifests) {
    if (value.kind !== "CustomResourceDefinition" || !isMapping(value.spec) || !isMapping(value.spec.names)) continue;
    const { group, scope } = value.spec;
    const { plural, singular, shortNames } = value.spec.names;
    if (typeof group !== "string" || typeof plural !== "string") continue;
    for (const name of [singular, ...(Array.isArray(shortNames) ? shortNames : [])])
      if (typeof name === "string") names.set(name, { group, resource: plural, namespaced: scope !== "Cluster" });
  }
  return names;
}

interface Found {
  readonly object: ApiObject;
  readonly notes: readonly string[];
}

/** The object of that name; of Pods also one of several that a workload makes. */
function find({ cluster }: Simulation, { store, name, namespace, kind }: Wanted): Found | undefined {
  const all = [...cluster.objects.list(store)].filter(
    ({ metadata }) => namespace === undefined || metadata.namespace === undefined || metadata.namespace === namespace,
  );
  const exact = all.filter(({ metadata }) => metadata.name === name);
  if (exact.length > 1)
    throw new UsageError(
      `${kind} "${name}" is in several namespaces, choose one with --namespace: ${list(exact.map(({ metadata }) => metadata.namespace ?? "").sort(), 8)}`,
    );
  if (exact[0] !== undefined) return { object: exact[0], notes: [] };
  if (store !== "pods") return undefined;
  const made = all.filter((pod) => pod.metadata.name?.startsWith(`${name}-`) && controllerOf(pod) !== undefined);
  const [first] = made;
  if (first === undefined) return undefined;
  return {
    object: first,
    notes: made.length > 1 ? [`One of ${made.length} Pods whose names begin with "${name}-"`] : [],
  };
}

function notFound(word: string, name: string, { store, kind, namespace }: Wanted, { cluster }: Simulation): UsageError {
  const all = [...cluster.objects.list(store)];
  const elsewhere = all
    .filter(({ metadata }) => metadata.name === name)
    .map(({ metadata }) => metadata.namespace ?? "");
  const where = namespace === undefined ? "in the input" : `in namespace "${namespace}"`;
  if (elsewhere.length > 0) return new UsageError(`${kind} "${name}" is not ${where}; it is in ${list(elsewhere, 8)}`);
  const names = [...new Set(all.map(({ metadata }) => showControls(metadata.name ?? "")))].sort();
  const near = nearestName(name, names);
  const there =
    names.length === 0 ? `there is no ${kind}` : `there ${names.length === 1 ? "is" : "are"} ${list(names, 6)}`;
  return new UsageError(
    `${kind} "${name}" is not ${where}; ${near === undefined ? there : `did you mean ${word}/${near}?`}`,
  );
}

/** What is told of an object that the API server does not take. */
const refusalFields = (refused: readonly RefusedDocument[]): Field[] =>
  refused.flatMap(({ answer, name, place, causes }): Field[] => [
    { label: "Name", lines: [name] },
    { label: "Status", lines: [`refused by the API server: ${answer.code} ${answer.reason ?? ""}`] },
    { label: "Place", lines: [place] },
    {
      label: "Causes",
      table: {
        headings: ["PLACE", "FIELD", "MESSAGE"],
        rows: causes.map((cause) => [cause.place, cause.field, cause.message]),
      },
    },
  ]);

function assumptionNotes({ assumedNamespaces }: PlayedInput, nodes: number | undefined, asked: boolean): string[] {
  const notes: string[] = [];
  if (assumedNamespaces.length > 0)
    notes.push(
      `Taken as there: ${assumedNamespaces.length === 1 ? "namespace" : "namespaces"} ${list(assumedNamespaces, 6)}`,
    );
  if (nodes !== undefined)
    notes.push(
      asked ? `Taken as there: ${count(nodes, "node")}` : "Taken as there: one ample node, as the input has none",
    );
  return notes;
}

/** The object as it is written; of what controllers make, nothing is. */
function writtenOf(
  cluster: Cluster,
  { group, kind, name, namespace }: Wanted,
  object: ApiObject | undefined,
  given: string | undefined,
): Resource | undefined {
  const wanted = object?.metadata.namespace ?? namespace;
  const all = cluster.ofGroupKind(group, kind).filter((resource) => resource.name === name);
  return (
    all.find((resource) => (resource.namespace || given || "default") === (wanted ?? "default")) ??
    (object === undefined ? all[0] : all.find((resource) => resource.namespace === ""))
  );
}
