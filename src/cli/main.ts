import { commandHelp } from "./help.js";
import type { ExitCode, Host } from "./host.js";
import { reasonOf } from "./node-file-system.js";
import { nodeHost } from "./node-host.js";
import { type CommandLine, parseCommandLine, UsageError } from "./options.js";
import { VERSION } from "./version.js";

/** A command: what it does with its command line. Only what it needs is loaded. */
type Command = (line: CommandLine, host: Host) => ExitCode | Promise<ExitCode>;
const COMMAND_MODULES: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import("./lint.js")).lintCommand,
  admit: async () => (await import("./admit.js")).admitCommand,
  simulate: async () => (await import("./simulate.js")).simulateCommand,
  describe: async () => (await import("./describe.js")).describeCommand,
  "can-i": async () => (await import("./can-i.js")).canICommand,
  "who-can": async () => (await import("./who-can.js")).whoCanCommand,
  reach: async () => (await import("./reach.js")).reachCommand,
  graph: async () => (await import("./graph.js")).graphCommand,
  parse: async () => (await import("./parse.js")).parseCommand,
  rules: async () => (await import("./rules.js")).rulesCommand,
  init: async () => (await import("./init.js")).initCommand,
  completion: async () => (await import("./completion.js")).completionCommand,
};

/** Runs the program and sets the exit code; the process ends when its output is written. */
export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = await run(argv, nodeHost());
}

function writeFile(host: Host, path: string, text: string): void {
  try {
    host.writeFile(path, text);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${reasonOf(error)}`);
  }
}

/** Runs one command line against a host. */
export async function run(argv: readonly string[], host: Host): Promise<ExitCode> {
  try {
    if (argv[0] === "--version" || argv[0] === "-V") {
      host.out(`kubeproof ${VERSION}\n`);
      return 0;
    }
    const line = parseCommandLine(argv[0] === "help" ? [...argv.slice(1), "--help"] : argv);
    if (line.flags.has("help")) {
      host.out(commandHelp(line.command));
      return 0;
    }
    const command = await COMMAND_MODULES[line.command.name]!();
    return await command(line, { ...host, writeFile: (path, text) => writeFile(host, path, text) });
  } catch (error) {
    if (error instanceof UsageError) {
      host.err(`kubeproof: ${error.message}\n`);
      return 2;
    }
    host.err(
      `kubeproof: a fault in kubeproof itself, please report it: ${error instanceof Error ? error.stack : error}\n`,
    );
    return 3;
  }
}
