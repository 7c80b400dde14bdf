import type { Query } from "../cluster/outcome/authorization.js";
import { outcomeOf } from "../cluster/outcome/outcome.js";
import { nearestName } from "../diagnostics/nearest-name.js";
import { count, didYouMean } from "../engine/wording.js";
import type { Input, Manifest } from "../input/index.js";
import { isMapping } from "../input/plain-values.js";
import type { Difference } from "../report/simulation/difference.js";
import { areWorkloadsReady } from "../report/simulation/overview.js";
import { type BrokenDocument, reportOn, writeSimulation } from "../report/simulation/write-simulation.js";
import { showControls } from "../report/visible-text.js";
import { decodeText } from "../source/decode-text.js";
import { whoRefersTo, writtenCluster } from "./describe-references.js";
import type { ExitCode, Host } from "./host.js";
import { reasonOf } from "./node-file-system.js";
import { type CommandLine, UsageError } from "./options.js";
import {
  type Assumptions,
  type PlayedInput,
  placeInNamespace,
  play,
  readManifests,
  readNodes,
  sortManifests,
} from "./simulated-input.js";
import { minorOf } from "./target-minor.js";
import { wantsColor } from "./wants-color.js";

/** `kubeproof simulate`: the cluster that results when the manifests are applied in their order. */
export async function simulateCommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const minor = minorOf(line);
  const assumptions = assumptionsOf(line);
  const file = line.values.get("queries")?.[0];
  const queries = file === undefined ? [] : readQueries(file, host);
  const input = readManifests(line, host, line.operands);
  const namespace = line.values.get("namespace")?.[0];
  const placed = namespace === undefined ? input.manifests : placeInNamespace(input.manifests, namespace, minor);
  const all = isSorted(line, placed) ? sortManifests(placed) : placed;
  const left = line.values.get("without") ?? [];
  const kept = leaveOut(all, left);
  const played = play(kept, assumptions, minor);
  const broken = brokenDocuments(input);
  const { simulation } = played;
  let isReady: boolean;
  if (line.values.get("output")?.[0] === "json") {
    host.out(`${JSON.stringify(outcomeOf(simulation, queries), undefined, 1)}\n`);
    isReady = areWorkloadsReady(simulation);
  } else {
    const report = reportOn(simulation, kept);
    isReady = report.overview.ready;
    const differences =
      left.length === 0 ? [] : [await differenceWithout(input, left, all, report, assumptions, minor)];
    const drained = line.values.get("drain")?.[0];
    const assumed = assumedTexts(played, assumptions);
    if (drained !== undefined) differences.push(await differenceByDrain(drained, kept, assumptions, minor));
    host.out(
      writeSimulation(
        { ...report, broken, differences, assumed },
        {
          color: wantsColor(line.values.get("color")?.[0], host.terminalWidth !== undefined, host),
          width: host.terminalWidth ?? 0,
          verbose: line.flags.has("verbose"),
        },
      ),
    );
  }
  if (input.unreadable.length > 0) return 2;
  return broken.length > 0 || simulation.answers.some(({ allowed }) => !allowed) || !isReady ? 1 : 0;
}

/** In one file somebody chose the order; files of a folder stand in the order of their names, which means nothing. */
function isSorted(line: CommandLine, manifests: readonly Manifest[]): boolean {
  if (line.flags.has("sort") && line.flags.has("in-order"))
    throw new UsageError("--sort and --in-order exclude each other");
  if (line.flags.has("sort")) return true;
  return !line.flags.has("in-order") && new Set(manifests.map(({ source }) => source)).size > 1;
}

function assumptionsOf(line: CommandLine): Assumptions {
  const nodes = line.values.get("nodes")?.[0];
  return {
    namespaces: line.flags.has("assume-namespaces"),
    nodes: nodes === undefined ? undefined : readNodes(nodes),
  };
}

function assumedTexts({ assumedNamespaces }: PlayedInput, { nodes }: Assumptions): string[] {
  const texts: string[] = [];
  if (assumedNamespaces.length > 0)
    texts.push(`Taken as there: ${count(assumedNamespaces.length, "namespace")} that no document makes`);
  if (nodes !== undefined) texts.push(`Taken as there: ${count(nodes.count, "node")}`);
  return texts;
}

/** The manifests without those that `Kind/name` or `Kind/namespace/name` means. */
function leaveOut(manifests: readonly Manifest[], wanted: readonly string[]): readonly Manifest[] {
  const out = new Set<Manifest>();
  for (const text of wanted) {
    const found = manifests.filter(({ value }) =>
      namesOf(value).some((name) => name.toLowerCase() === text.toLowerCase()),
    );
    if (found.length === 0) {
      const near = nearestName(
        text,
        manifests.flatMap(({ value }) => namesOf(value)),
      );
      throw new UsageError(
        `--without "${text}" is not in the input; ${didYouMean(near && showControls(near)) ?? "write it as KIND/NAME or KIND/NAMESPACE/NAME"}`,
      );
    }
    for (const manifest of found) out.add(manifest);
  }
  return manifests.filter((manifest) => !out.has(manifest));
}

function namesOf({ kind, metadata }: Readonly<Record<string, unknown>>): string[] {
  if (!isMapping(metadata)) return [];
  const { name, namespace } = metadata;
  return namespace === undefined ? [`${kind}/${name}`] : [`${kind}/${name}`, `${kind}/${namespace}/${name}`];
}

async function differenceWithout(
  input: Input,
  left: readonly string[],
  all: readonly Manifest[],
  report: ReturnType<typeof reportOn>,
  assumptions: Assumptions,
  minor: number,
): Promise<Difference> {
  const { differencesBetween, newRefusals } = await import("../report/simulation/difference.js");
  const whole = reportOn(play(all, assumptions, minor).simulation, all);
  const referring = whoRefersTo(
    writtenCluster(input, minor),
    all.filter((manifest) => !report.manifests.includes(manifest)),
  );
  const lines = [
    ...referring,
    ...newRefusals(whole.refused, report.refused),
    ...differencesBetween(whole.overview, report.overview),
  ];
  const nothing = { mark: "none", text: "Nothing that is shown above differs" } as const;
  return { title: `what differs without ${left.join(", ")}`, lines: lines.length > 0 ? lines : [nothing] };
}

/** Drains in a simulation of its own, as that changes the cluster. */
async function differenceByDrain(
  node: string,
  manifests: readonly Manifest[],
  assumptions: Assumptions,
  minor: number,
): Promise<Difference> {
  const { drain } = await import("../cluster/disruption/drain.js");
  const { drainLines } = await import("../report/simulation/drain-difference.js");
  const { cluster } = play(manifests, assumptions, minor).simulation;
  const drained = drain(cluster, node);
  if (drained !== undefined) return { title: `draining ${node}`, lines: drainLines(drained) };
  const names = [...cluster.objects.list("nodes")].map(({ metadata }) => metadata.name ?? "");
  throw new UsageError(
    `--drain "${node}" is no node there is; ${names.length === 0 ? "there is none: --nodes 3 takes three as there" : (didYouMean(nearestName(node, names)) ?? `there are ${names.slice(0, 6).join(", ")}`)}`,
  );
}

function brokenDocuments({ documents }: Input): BrokenDocument[] {
  return documents.flatMap(({ document }) => {
    if (document.decodes) return [];
    const problem = document.problems.find(({ severity }) => severity === "error");
    const { line, column } = document.source.position(problem?.span.start ?? document.span.start);
    return { place: `${document.source.path}:${line}:${column}`, message: problem?.message ?? "The text is not YAML" };
  });
}

/** Questions to the authorizer: a JSON list of SubjectAccessReviews, each with its user, groups, verb and what it is about. */
function readQueries(path: string, host: Host): readonly Query[] {
  let value: unknown;
  try {
    value = JSON.parse(decodeText(host.fileSystem.readFile(path)).text);
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${reasonOf(error)}`);
  }
  if (!Array.isArray(value) || !value.every(isQuery))
    throw new UsageError(`${path} is to hold a JSON list of objects, each with "user" and "verb"`);
  return value;
}

const isQuery = (value: unknown): value is Query =>
  isMapping(value) && typeof value.user === "string" && typeof value.verb === "string";
