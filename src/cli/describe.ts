import type { ExitCode, Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";

/** `kubeproof describe`: one object as the cluster makes of it. */
export async function describeCommand(_line: CommandLine, _host: Host): Promise<ExitCode> {
  throw new UsageError("describe is not there yet");
}
