import { RULES } from "../../rules/index.js";
import { SEVERITIES } from "../diagnostics/diagnostic.js";
import { nearestName } from "../diagnostics/nearest-name.js";
import { lint } from "../engine/lint.js";
import type { LintResult } from "../engine/lint-result.js";
import { count } from "../engine/wording.js";
import { type Input, readInput } from "../input/index.js";
import { FORMATS, skippedLine, summaryLine } from "../report/index.js";
import { COMMANDS } from "./command-facts.js";
import { applySafeFixes } from "./fix.js";
import type { ExitCode, Host } from "./host.js";
import { loadConfig, type RunSettings } from "./load-config.js";
import { expectLongRun } from "./long-run.js";
import type { CommandLine } from "./options.js";
import { progressOn } from "./progress.js";
import { VERSION } from "./version.js";
import { wantsColor } from "./wants-color.js";

const COMMAND_NAMES = COMMANDS.map(({ name }) => name);

/** `kubeproof lint`: reads, lints, reports. */
export async function lintCommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const settings = loadConfig(line, host, RULES);
  const input = read(line, host, settings);
  for (const { path, message } of input.unreadable) {
    const command = path === line.operands[0] ? nearestName(path, COMMAND_NAMES) : undefined;
    host.err(`kubeproof: ${path}: ${message}${command ? `; for the command, write "kubeproof ${command}"` : ""}\n`);
  }

  const { minor, setting, externals, references } = settings;
  const options = { minor, rules: RULES, setting, externals, references };
  let result = lint(input, options);
  if (line.flags.has("fix")) {
    const { applied, left } = applySafeFixes(result.diagnostics, host);
    if (applied > 0) result = lint(read(line, host, settings), options);
    if (!line.flags.has("quiet")) host.err(`kubeproof: ${count(applied, "fix", "fixes")} applied\n`);
    for (const path of left) host.err(`kubeproof: ${path}: not fixed, as it is no file in plain UTF-8\n`);
  }
  await report(result, input.unreadable.length > 0, line, host);
  if (!line.flags.has("quiet") && !line.flags.has("verbose")) explainSilence(result, host);
  return exitCode(result, input, line.values.get("fail-on")?.[0] ?? "error");
}

function read(line: CommandLine, host: Host, settings: RunSettings): Input {
  const progress = progressOn(host);
  const input = readInput(host.fileSystem, {
    paths: line.operands.length > 0 ? line.operands : ["."],
    context: settings.context,
    excludes: settings.excludes,
    root: host.workingDirectory,
    stdin: () => host.readStandardInput(),
    stdinName: line.values.get("stdin-name")?.[0],
    onProgress(done, total, path) {
      if (done === 1) expectLongRun(total);
      progress.show(done, total, path);
    },
  });
  progress.clear();
  return input;
}

async function report(result: LintResult, unreadable: boolean, line: CommandLine, host: Host): Promise<void> {
  const requested = line.values.get("output") ?? [host.terminalWidth === undefined ? "compact" : "pretty"];
  const toTerminal = host.terminalWidth !== undefined;
  for (const request of requested) {
    const equals = request.indexOf("=");
    const name = equals < 0 ? request : request.slice(0, equals);
    const format = FORMATS.find((f) => f.name === name)!;
    const file = equals < 0 ? undefined : request.slice(equals + 1);
    const reporter = await format.load();
    const text = reporter(result, {
      color: file === undefined && wantsColor(line.values.get("color")?.[0], toTerminal, host),
      width: (file === undefined ? host.terminalWidth : undefined) ?? 100,
      verbose: line.flags.has("verbose"),
      toolVersion: VERSION,
      workingDirectory: host.workingDirectory,
    });
    if (file === undefined) host.out(text);
    else host.writeFile(file, text);
  }
  const summarised = requested.some((request) => request === "pretty");
  // Where nothing could be read, "no findings" would mislead.
  const nothingRead = unreadable && result.summary.files === 0;
  if (!line.flags.has("quiet") && !summarised && !nothingRead) host.err(`${summaryLine(result)}\n`);
  for (const fault of result.faults)
    host.err(`kubeproof: a fault in rule ${fault.rule}${fault.subject && ` at ${fault.subject}`}: ${fault.message}\n`);
}

/** What was skipped is worth a word where nothing else was read, and where it could not be read at all. */
function explainSilence({ summary, skipped }: LintResult, host: Host): void {
  const unread = skipped.filter(({ reason }) => reason === "unreadable");
  const told = summary.files === 0 && skipped.length <= MOST_EXPLAINED ? skipped : unread.slice(0, MOST_EXPLAINED);
  for (const each of told) host.err(`kubeproof: skipped ${skippedLine(each)}\n`);
}

const MOST_EXPLAINED = 5;

function exitCode(result: LintResult, input: Input, failOn: string): ExitCode {
  if (result.faults.length > 0) return 3;
  if (input.unreadable.length > 0 || input.skipped.some(({ reason }) => reason === "unreadable")) return 2;
  const least = SEVERITIES.indexOf(failOn as (typeof SEVERITIES)[number]);
  return result.diagnostics.some((diagnostic) => SEVERITIES.indexOf(diagnostic.severity) <= least) ? 1 : 0;
}
