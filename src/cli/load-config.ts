import { isAbsolute, join, resolve } from "node:path";
import {
  type Config,
  findConfig,
  matchesGlobs,
  parseConfig,
  parseExternal,
  parseGlob,
  parseRuleFlag,
  resolveSettings,
} from "../config/index.js";
import type { LintOptions } from "../engine/lint.js";
import type { Preset, Rule } from "../engine/rule.js";
import type { ExternalObject } from "../input/index.js";
import { decodeText } from "../source/decode-text.js";
import { SourceFile } from "../source/source-file.js";
import type { Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";
import { givenMinor } from "./target-minor.js";

/** What configuration and command line together ask of a run. */
export interface RunSettings extends Pick<LintOptions, "minor" | "setting" | "externals" | "references"> {
  /** Whether a file or folder is left out. */
  excludes(path: string): boolean;
  /** Paths and globs of files that are read so that what they define is known. */
  readonly context: readonly string[];
}

/** Finds, reads and resolves the configuration. Throws `UsageError` for what is wrong in it or on the command line. */
export function loadConfig(line: CommandLine, host: Host, rules: readonly Rule[]): RunSettings {
  const path = configPath(line, host);
  const config = path === undefined ? undefined : readConfig(path, host, rules);
  const folder = path === undefined ? host.workingDirectory : resolve(host.workingDirectory, path, "..");
  const settings = resolveSettings(
    config,
    rules,
    {
      minor: givenMinor(line),
      presets: line.values.get("preset") as Preset[] | undefined,
      rules: ruleFlags(line, rules),
    },
    { folder, workingDirectory: host.workingDirectory },
  );
  const excluded = (line.values.get("exclude") ?? []).map((text) => {
    const glob = parseGlob(text);
    if ("problem" in glob)
      throw new UsageError(`--exclude "${text}" ${glob.problem}${glob.help ? `; ${glob.help}` : ""}`);
    return glob;
  });
  return {
    minor: settings.minor,
    setting: settings.setting,
    references: settings.references,
    externals: [...settings.externals, ...(line.values.get("external") ?? []).map(external)],
    excludes: (file) => settings.excludes(file) || (excluded.length > 0 && matchesGlobs(excluded, file)),
    context: [
      ...(line.values.get("context") ?? []),
      ...(config?.crds ?? []).filter((glob) => !glob.negated).map((glob) => join(folder, glob.text)),
    ],
  };
}

function configPath(line: CommandLine, host: Host): string | undefined {
  if (line.flags.has("no-config")) return undefined;
  const given = line.values.get("config")?.[0];
  if (given !== undefined) return given;
  const found = findConfig(host.fileSystem, host.workingDirectory);
  if (found.state === "ambiguous") throw new UsageError(found.message);
  return found.state === "found" ? found.path : undefined;
}

function readConfig(path: string, host: Host, rules: readonly Rule[]): Config {
  const shown =
    isAbsolute(path) && path.startsWith(`${host.workingDirectory}/`)
      ? path.slice(host.workingDirectory.length + 1)
      : path;
  let bytes: Uint8Array;
  try {
    bytes = host.fileSystem.readFile(path);
  } catch (error) {
    throw new UsageError(
      `The configuration ${shown} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  const source = new SourceFile(shown, decodeText(bytes).text);
  const { config, problems } = parseConfig(source, rules);
  const text = problems.map(({ severity, message, help, span }) => {
    const { line, column } = source.position(span.start);
    return `${shown}:${line}:${column}: ${severity}: ${message}${help ? ` (${help})` : ""}`;
  });
  if (!config) throw new UsageError(`the configuration has mistakes\n${text.join("\n")}`);
  for (const problem of text) host.err(`${problem}\n`);
  return config;
}

const ruleFlags = (line: CommandLine, rules: readonly Rule[]) =>
  (line.values.get("rule") ?? []).map((text) => {
    const flag = parseRuleFlag(text, rules);
    if ("message" in flag) throw new UsageError(`--rule ${text}: ${flag.message}${flag.help ? `; ${flag.help}` : ""}`);
    return flag;
  });

function external(text: string): ExternalObject {
  const parsed = parseExternal(text);
  if ("problem" in parsed) throw new UsageError(`--external "${text}" ${parsed.problem}; ${parsed.help}`);
  return parsed;
}
