import { Cluster, type Explanation, Reachability, Resource } from "../cluster/index.js";
import { decodeManifest } from "../engine/decode-manifest.js";
import { readInput } from "../input/index.js";
import { collectCustomTypes, loadTypes } from "../schema/index.js";
import { joinPath } from "../source/field-path.js";
import { locate } from "../yaml/index.js";
import type { Place } from "./can-i-input.js";
import type { Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";
import { minorOf } from "./target-minor.js";

/** What the manifests say about the network. */
export interface ReachInput {
  readonly reachability: Reachability;
  /** Where what is said of an object stands; undefined where it is about none. */
  placeOf(explanation: Pick<Explanation, "resource" | "at">): Place | undefined;
}

/** Reads the manifests that the command line names. Objects without a namespace are taken as if in the given one. */
export function readReachInput(
  line: CommandLine,
  host: Host,
  paths: readonly string[],
  namespace: string | undefined,
): ReachInput {
  const input = readInput(host.fileSystem, {
    paths: paths.length > 0 ? paths : ["."],
    root: host.workingDirectory,
    stdin: () => host.readStandardInput(),
  });
  const [unreadable] = input.unreadable;
  if (unreadable) throw new UsageError(`${unreadable.path}: ${unreadable.message}`);
  const types = loadTypes(minorOf(line), collectCustomTypes(input.manifests.map(({ value }) => value)));
  const resources = input.manifests.map((manifest) => {
    const { facts, doubtful } = decodeManifest(types, manifest);
    return new Resource(manifest.value, manifest, facts, doubtful);
  });
  const cluster = new Cluster(lastOfEachName(resources, namespace ?? "default", host), {
    types,
    externals: input.externals,
  });
  return {
    reachability: new Reachability(cluster, namespace),
    placeOf({ resource, at = "" }) {
      if (!resource) return undefined;
      const { document, base, source } = resource.manifest;
      const start = locate(document, joinPath(base, at))?.span.start ?? document.span.start;
      return { file: source.path, ...source.position(start) };
    },
  };
}

/** Of objects with one name, as overlays have them, only one can be in the cluster. */
function lastOfEachName(resources: readonly Resource[], namespace: string, host: Host): Resource[] {
  const last = new Map<string, Resource>();
  const replaced = new Set<Resource>();
  let several = 0;
  for (const resource of resources) {
    if (resource.name === "") continue;
    const key = `${resource.group}/${resource.kind} ${resource.namespace || namespace}/${resource.name}`;
    const before = last.get(key);
    if (before) {
      replaced.add(before);
      if (matters(resource)) several++;
    }
    last.set(key, resource);
  }
  if (several > 0)
    host.err(
      `kubeproof: ${several === 1 ? "1 object stands" : `${several} objects stand`} in the input again; of each name the last counts\n`,
    );
  return resources.filter((resource) => !replaced.has(resource));
}

const MATTER = new Set(["NetworkPolicy", "Service", "Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]);
const matters = ({ kind }: Resource): boolean => MATTER.has(kind);
