import { parseQuantity } from "../apis/meta/quantity.js";
import { applyRank } from "../cluster/simulation/apply-order.js";
import { type AssumedNodes, assumedNamespaces, assumedNodes } from "../cluster/simulation/assumptions.js";
import { type Simulation, simulate } from "../cluster/simulation/simulate.js";
import { type Input, type Manifest, readInput } from "../input/index.js";
import { isMapping } from "../input/plain-values.js";
import { collectCustomTypes, loadTypes } from "../schema/index.js";
import type { Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";

/** What of a cluster is there without standing in the input. */
export interface Assumptions {
  readonly namespaces: boolean;
  readonly nodes: AssumedNodes | undefined;
}

/** A simulation with what it was made of: each answer is about the manifest at the same place. */
export interface PlayedInput {
  readonly simulation: Simulation;
  readonly manifests: readonly Manifest[];
  /** The namespaces that were taken as there. */
  readonly assumedNamespaces: readonly string[];
}

/** Reads what the command line names, standard input too; tells what cannot be read. */
export function readManifests(line: CommandLine, host: Host, paths: readonly string[]): Input {
  const input = readInput(host.fileSystem, {
    paths: paths.length > 0 ? paths : ["."],
    root: host.workingDirectory,
    stdin: () => host.readStandardInput(),
  });
  for (const { path, message } of input.unreadable) host.err(`kubeproof: ${path}: ${message}\n`);
  if (line.flags.has("verbose"))
    for (const { path, detail } of input.skipped) host.err(`kubeproof: ${path} is left out: ${detail}\n`);
  return input;
}

/** Objects that name no namespace get this one, as with `kubectl -n`; the manifests themselves stay as they are. */
export function placeInNamespace(manifests: readonly Manifest[], namespace: string, minor: number): Manifest[] {
  const types = loadTypes(minor, collectCustomTypes(manifests.map(({ value }) => value)));
  return manifests.map((manifest) => {
    const { value } = manifest;
    const metadata = isMapping(value.metadata) ? value.metadata : {};
    const namespaced = types.kind(String(value.apiVersion), String(value.kind))?.namespaced;
    if (metadata.namespace || !namespaced) return manifest;
    return { ...manifest, value: { ...value, metadata: { ...metadata, namespace } } };
  });
}

/** What others need first, as tools do that sort; otherwise in the order in which the manifests stand. */
export const sortManifests = (manifests: readonly Manifest[]): Manifest[] =>
  [...manifests].sort((a, b) => applyRank(a.value.kind) - applyRank(b.value.kind));

/** Sends the manifests to a cluster that has what is assumed. */
export function play(manifests: readonly Manifest[], assumptions: Assumptions, minor: number): PlayedInput {
  const values = manifests.map(({ value }) => value);
  const namespaces = assumptions.namespaces ? assumedNamespaces(values) : [];
  const before = [...namespaces, ...(assumptions.nodes === undefined ? [] : assumedNodes(assumptions.nodes))];
  const simulation = simulate([...before, ...values], { minor });
  const answers = simulation.answers
    .slice(before.length)
    .map((answer) => ({ ...answer, index: answer.index - before.length }));
  return {
    simulation: { ...simulation, answers },
    manifests,
    assumedNamespaces: namespaces.map(({ metadata }) => String((metadata as { name: string }).name)),
  };
}

const MOST_NODES = 5000;

/** `3`, `3:cpu=8,memory=32Gi` or `3:zones=3`. */
export function readNodes(text: string): AssumedNodes {
  const colon = text.indexOf(":");
  const [number, rest] = colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
  const count = Number(number);
  if (!/^\d+$/.test(number) || count < 1 || count > MOST_NODES)
    throw new UsageError(
      `--nodes takes a number from 1 to ${MOST_NODES}, as in --nodes 3:cpu=4,memory=16Gi, not "${text}"`,
    );
  const capacity: Record<string, string> = {};
  let zones = 0;
  for (const pair of rest.split(",").filter(Boolean)) {
    const [name = "", amount = ""] = pair.split("=", 2);
    if (parseQuantity(amount) === undefined)
      throw new UsageError(`--nodes takes amounts such as cpu=4 and memory=16Gi after the colon, not "${pair}"`);
    if (name === "zones") zones = Math.min(Number(amount) || 0, count);
    else capacity[name] = amount;
  }
  return { count, capacity, zones };
}
