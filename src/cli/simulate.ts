import { outcomeOf } from "../cluster/outcome/outcome.js";
import { simulate } from "../cluster/simulation/simulate.js";
import { readInput } from "../input/index.js";
import { DEFAULT_MINOR } from "../schema/index.js";
import type { ExitCode, Host } from "./host.js";
import type { CommandLine } from "./options.js";

/** `kubeproof simulate`: the cluster that results when the manifests are applied in their order. */
export async function simulateCommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const paths = line.operands.length > 0 ? line.operands : ["."];
  const input = readInput(host.fileSystem, { paths, root: host.workingDirectory });
  const simulation = simulate(
    input.manifests.map(({ value }) => value),
    { minor: DEFAULT_MINOR },
  );
  host.out(`${JSON.stringify(outcomeOf(simulation), undefined, 1)}\n`);
  return 0;
}
