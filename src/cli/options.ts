import { parseArgs } from "node:util";
import { nearestName } from "../diagnostics/nearest-name.js";
import { COMMANDS, type CommandFacts } from "./command-facts.js";

/** What the command line asks for. */
export interface CommandLine {
  readonly command: CommandFacts;
  readonly operands: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** A mistake in how the program was called: message and remedy for standard error, exit code 2. */
export class UsageError extends Error {}

/** Reads the arguments after the program's name. Throws `UsageError`. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const named = COMMANDS.find((command) => command.name === argv[0]);
  const command = named ?? COMMANDS[0]!;
  const { tokens } = parseArgs({
    args: [...(named ? argv.slice(1) : argv)],
    options: Object.fromEntries(
      command.options.map(
        (o) =>
          [
            o.name,
            { type: o.type === "boolean" ? "boolean" : "string", multiple: true, ...(o.short && { short: o.short }) },
          ] as const,
      ),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    else if (token.kind === "option") readOption(command, token.name, token.rawName, token.value, flags, values);
  }
  return { command, operands, flags, values };
}

function readOption(
  command: CommandFacts,
  name: string,
  rawName: string,
  value: string | undefined,
  flags: Set<string>,
  values: Map<string, string[]>,
): void {
  const option = command.options.find((o) => o.name === name);
  if (!option) {
    const nearest = nearestName(
      name,
      command.options.map((o) => o.name),
    );
    throw new UsageError(
      `Unknown option ${rawName}; ${nearest ? `did you mean --${nearest}?` : `"kubeproof ${command.name} --help" lists the options`}`,
    );
  }
  if (option.type === "boolean") {
    if (value !== undefined) throw new UsageError(`Option --${name} takes no value`);
    flags.add(name);
    return;
  }
  if (value === undefined || (value === "" && option.values))
    throw new UsageError(`Option --${name} needs a value: --${name} ${option.argument}`);
  const word = option.type === "strings" ? value.split("=", 1)[0]! : value;
  if (option.values && !option.values.includes(word)) {
    const nearest = nearestName(word, option.values);
    throw new UsageError(
      `Option --${name} takes ${option.values.join(", ")}, not "${word}"${nearest ? `; did you mean ${nearest}?` : ""}`,
    );
  }
  if (option.type === "string" && values.has(name)) throw new UsageError(`Option --${name} is given twice`);
  values.set(name, [...(values.get(name) ?? []), value]);
}
