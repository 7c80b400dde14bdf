import { RULES } from "../../rules/index.js";
import type { Cluster } from "../cluster/index.js";
import { nearestName } from "../diagnostics/nearest-name.js";
import { lint } from "../engine/lint.js";
import { didYouMean, list } from "../engine/wording.js";
import { readInput } from "../input/index.js";
import { buildGraph, GRAPH_FORMATS, type Graph, selectGraph } from "../report/graph/index.js";
import type { ExitCode, Host } from "./host.js";
import { loadConfig } from "./load-config.js";
import { type CommandLine, UsageError } from "./options.js";
import { VERSION } from "./version.js";

/** `kubeproof graph`: the objects, what refers to what, and where the linter finds fault. */
export async function graphCommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const settings = loadConfig(line, host, RULES);
  const input = readInput(host.fileSystem, {
    paths: line.operands.length > 0 ? line.operands : ["."],
    context: settings.context,
    excludes: settings.excludes,
    root: host.workingDirectory,
    stdin: () => host.readStandardInput(),
  });
  for (const { path, message } of input.unreadable) host.err(`kubeproof: ${path}: ${message}\n`);
  let cluster: Cluster | undefined;
  const result = lint(input, {
    ...settings,
    rules: RULES,
    onCluster: (made) => {
      cluster = made;
    },
  });
  for (const { rule, message } of result.faults) host.err(`kubeproof: a fault in rule ${rule}: ${message}\n`);
  if (!cluster) throw new Error("linting makes the cluster");

  const graph = select(buildGraph(cluster, result.diagnostics), line);
  for (const request of line.values.get("output") ?? ["mermaid"]) {
    const [format = "", ...rest] = request.split("=");
    const write = await GRAPH_FORMATS[format]!();
    const text = write(graph, { toolVersion: VERSION, kubernetesVersion: result.kubernetesVersion });
    if (rest.length > 0) host.writeFile(rest.join("="), text);
    else host.out(text);
  }
  if (result.faults.length > 0) return 3;
  return input.unreadable.length > 0 ? 2 : 0;
}

function select(graph: Graph, line: CommandLine): Graph {
  const values = (name: string): readonly string[] => line.values.get(name) ?? [];
  const kinds = known(values("kind"), "kind", new Set(graph.nodes.map(({ kind }) => kind)));
  const namespaces = known(values("namespace"), "namespace", new Set(graph.nodes.map(({ namespace }) => namespace)));
  const depth = depthOf(values("depth")[0]);
  const [focus] = values("focus");
  if (focus === undefined && depth !== undefined) throw new UsageError("--depth goes with --focus KIND/NAME");
  return selectGraph(graph, {
    namespaces,
    kinds,
    problems: line.flags.has("problems"),
    focus: focus === undefined ? undefined : { ids: find(graph, focus), depth: depth ?? 1 },
  });
}

/** The values as the input has them, in whatever case they are given. */
function known(given: readonly string[], what: string, all: ReadonlySet<string>): string[] {
  return given.map((value) => {
    const found = all.has(value) ? value : [...all].find((one) => one.toLowerCase() === value.toLowerCase());
    if (found === undefined)
      throw new UsageError(
        `--${what} "${value}" is not in the input; ${didYouMean(nearestName(value, all)) ?? `it has ${list([...all].filter(Boolean).sort(), 8) || "none"}`}`,
      );
    return found;
  });
}

function depthOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,3}$/.test(text)) throw new UsageError(`--depth takes a number of steps, not "${text}"`);
  return Number(text);
}

/** The objects that `Kind/name` or `Kind/namespace/name` means. */
function find(graph: Graph, text: string): ReadonlySet<string> {
  const [kind = "", ...rest] = text.split("/");
  const name = rest.pop();
  if (name === undefined || rest.length > 1)
    throw new UsageError(`--focus takes Kind/name or Kind/namespace/name, not "${text}"`);
  const nodes = graph.nodes.filter((node) => node.kind.toLowerCase() === kind.toLowerCase());
  const found = nodes.filter((node) => node.name === name && (rest.length === 0 || node.namespace === rest[0]));
  if (found.length > 0) return new Set(found.map(({ id }) => id));
  const names = (nodes.length > 0 ? nodes : graph.nodes).map((node) => `${node.kind}/${node.name}`);
  const near = nearestName(`${nodes[0]?.kind ?? kind}/${name}`, names);
  throw new UsageError(
    `--focus "${text}" is not in the input; ${didYouMean(near) ?? "write it as Kind/name, as the manifest has it"}`,
  );
}
