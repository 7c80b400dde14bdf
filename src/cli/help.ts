import { COMMANDS, type CommandFacts, type OptionFacts } from "./command-facts.js";

const EXIT_CODES = `Exit code: 0 nothing at or above --fail-on, 1 findings, 2 usage, configuration or unreadable input,
3 a fault in kubeproof itself.`;

/** The help of one command; of `lint` also the list of commands. */
export function commandHelp(command: CommandFacts): string {
  const isDefault = command === COMMANDS[0];
  const sections = [
    `Usage: kubeproof ${isDefault ? "[lint]" : command.name} ${command.operands} [OPTION...]`,
    `${command.summary}.`,
    ...(isDefault
      ? [`PATH is a file, a folder, a glob or - for standard input; without one, the current folder.`]
      : []),
    ...(isDefault ? [`Commands:\n${table(COMMANDS.map((c) => [`${c.name} ${c.operands}`, c.summary]))}`] : []),
    `Options:\n${table(command.options.map((option) => [usageOf(option), describe(option)]))}`,
    ...(isDefault ? [EXIT_CODES] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

const usageOf = (option: OptionFacts): string =>
  `${option.short ? `-${option.short}, ` : "    "}--${option.name}${option.argument ? ` ${option.argument}` : ""}`;

const describe = (option: OptionFacts): string =>
  option.values && option.values.length > 1 ? `${option.summary}: ${option.values.join(", ")}` : option.summary;

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${wrap(right, 98 - width, width + 2)}`).join("\n");
}

function wrap(text: string, width: number, indent: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) !== "" && lines.at(-1)!.length + word.length >= width) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) === "" ? "" : " ") + word;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}
