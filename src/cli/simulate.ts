import type { Query } from "../cluster/outcome/authorization.js";
import { outcomeOf } from "../cluster/outcome/outcome.js";
import { simulate } from "../cluster/simulation/simulate.js";
import { readInput } from "../input/index.js";
import { isMapping } from "../input/plain-values.js";
import { DEFAULT_MINOR } from "../schema/index.js";
import { decodeText } from "../source/decode-text.js";
import type { ExitCode, Host } from "./host.js";
import { reasonOf } from "./node-file-system.js";
import { type CommandLine, UsageError } from "./options.js";

/** `kubeproof simulate`: the cluster that results when the manifests are applied in their order. */
export async function simulateCommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const paths = line.operands.length > 0 ? line.operands : ["."];
  const input = readInput(host.fileSystem, { paths, root: host.workingDirectory });
  const simulation = simulate(
    input.manifests.map(({ value }) => value),
    { minor: DEFAULT_MINOR },
  );
  const file = line.values.get("queries")?.[0];
  const queries = file === undefined ? [] : readQueries(file, host);
  host.out(`${JSON.stringify(outcomeOf(simulation, queries), undefined, 1)}\n`);
  return 0;
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
