import { RULES } from "../../rules/index.js";
import { formatMinor, NEWEST_MINOR, OLDEST_MINOR } from "../schema/index.js";
import { COMMANDS, type CommandFacts, type OptionFacts } from "./command-facts.js";
import type { ExitCode, Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";

const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `kubeproof completion SHELL`: a script made from the same table that the command line is read with. */
export function completionCommand(line: CommandLine, host: Host): ExitCode {
  const [shell = ""] = line.operands;
  if (!Object.hasOwn(SHELLS, shell)) {
    throw new UsageError(`completion takes ${Object.keys(SHELLS).join(", ")}${shell ? `, not "${shell}"` : ""}`);
  }
  host.out(SHELLS[shell as keyof typeof SHELLS]());
  return 0;
}

/** The words an option's value can be; undefined for files and free text. */
function wordsOf(option: OptionFacts): readonly string[] | undefined {
  if (option.values) return option.values;
  if (option.completes === "versions")
    return Array.from({ length: NEWEST_MINOR - OLDEST_MINOR + 1 }, (_, i) => formatMinor(NEWEST_MINOR - i));
  if (option.completes === "rules") return RULES.map((rule) => `${rule.id}=`);
  return undefined;
}

const operandWords = (command: CommandFacts): readonly string[] =>
  command.completes === "rules"
    ? RULES.map((rule) => rule.id)
    : command.completes === "shells"
      ? Object.keys(SHELLS)
      : [];

const flagsOf = (option: OptionFacts): string[] => [`--${option.name}`, ...(option.short ? [`-${option.short}`] : [])];

function bashScript(): string {
  const values = COMMANDS.flatMap((command) =>
    command.options
      .filter((option) => option.type !== "boolean")
      .map((option) => {
        const words = wordsOf(option);
        const reply = words
          ? `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$current"))`
          : `COMPREPLY=($(compgen -f -- "$current"))`;
        return `    ${flagsOf(option)
          .map((flag) => `"${command.name} ${flag}"`)
          .join("|")}) ${reply}; return;;`;
      }),
  );
  const commands = COMMANDS.map((command) => {
    const options = command.options.flatMap(flagsOf).join(" ");
    return `    ${command.name}) options="${options}"; words="${operandWords(command).join(" ")}";;`;
  });
  return `# bash completion for kubeproof: source <(kubeproof completion bash)
_kubeproof() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command=lint options words
  case "\${COMP_WORDS[1]}" in ${COMMANDS.map((c) => c.name).join("|")}) [ "$COMP_CWORD" -gt 1 ] && command="\${COMP_WORDS[1]}";; esac
  case "$command $previous" in
${values.join("\n")}
  esac
  case "$command" in
${commands.join("\n")}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="$words ${COMMANDS.map((c) => c.name).join(" ")}"
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current"));;
    *) COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"));;
  esac
}
complete -o filenames -F _kubeproof kubeproof
`;
}

function zshScript(): string {
  const quote = (text: string): string => text.replace(/[\\'[\]:]/g, (c) => (c === "'" ? "'\\''" : `\\${c}`));
  const specs = (command: CommandFacts): string =>
    command.options
      .flatMap((option) => {
        const words = wordsOf(option);
        const value =
          option.type === "boolean"
            ? ""
            : `:${option.argument ?? "value"}:${words ? `(${words.join(" ")})` : "_files"}`;
        const repeat = option.type === "strings" ? "*" : "";
        return flagsOf(option).map((flag) => `      '${repeat}${flag}[${quote(option.summary)}]${value}'`);
      })
      .concat(
        operandWords(command).length > 0
          ? [`      '*:operand:(${operandWords(command).join(" ")})'`]
          : ["      '*:path:_files'"],
      )
      .join(" \\\n");
  return `#compdef kubeproof
# zsh completion for kubeproof: source <(kubeproof completion zsh)
_kubeproof() {
  local command=lint
  if (( CURRENT == 2 )) && [[ "$words[2]" != -* ]]; then
    local -a commands=(${COMMANDS.map((c) => `'${c.name}:${quote(c.summary)}'`).join(" ")})
    _describe command commands
    _files
    return
  fi
  case "$words[2]" in ${COMMANDS.map((c) => c.name).join("|")}) command="$words[2]"; shift words; (( CURRENT-- ));; esac
  case "$command" in
${COMMANDS.map((command) => `    ${command.name}) _arguments -s \\\n${specs(command)};;`).join("\n")}
  esac
}
if [ "$funcstack[1]" = _kubeproof ]; then _kubeproof "$@"; else compdef _kubeproof kubeproof; fi
`;
}

function fishScript(): string {
  const quote = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;
  const others = COMMANDS.slice(1).map((c) => c.name);
  const lines = COMMANDS.flatMap((command, i) => {
    const condition =
      i === 0 ? `not __fish_seen_subcommand_from ${others.join(" ")}` : `__fish_seen_subcommand_from ${command.name}`;
    const operands = operandWords(command);
    return [
      `complete -c kubeproof -n '__fish_use_subcommand' -a ${command.name} -d ${quote(command.summary)}`,
      ...(operands.length > 0
        ? [`complete -c kubeproof -n ${quote(condition)} -f -a ${quote(operands.join(" "))}`]
        : []),
      ...command.options.map((option) => {
        const words = wordsOf(option);
        const value = option.type === "boolean" ? "" : words ? ` -x -a ${quote(words.join(" "))}` : " -r";
        return `complete -c kubeproof -n ${quote(condition)} -l ${option.name}${option.short ? ` -s ${option.short}` : ""}${value} -d ${quote(option.summary)}`;
      }),
    ];
  });
  return `# fish completion for kubeproof: kubeproof completion fish | source\n${lines.join("\n")}\n`;
}
