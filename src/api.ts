/**
 * What programs may import from `kubeproof`.
 * @module
 */
import { RULES } from "../rules/index.js";
import { nodeFileSystem } from "./cli/node-file-system.js";
import { VERSION } from "./cli/version.js";
import { parseConfig, resolveSettings } from "./config/index.js";
import { lint as lintInput } from "./engine/lint.js";
import type { LintResult } from "./engine/lint-result.js";
import type { Rule } from "./engine/rule.js";
import { type Input, joinInputs, readInput, readText } from "./input/index.js";
import { FORMATS, type FormatName, findFormat } from "./report/index.js";
import { SourceFile } from "./source/source-file.js";

export type { Category, Diagnostic, RelatedPlace, ResourceId, Severity } from "./diagnostics/diagnostic.js";
export type { Fix, TextEdit } from "./diagnostics/fix.js";
export type { LintResult, LintSummary, RuleFault } from "./engine/lint-result.js";
export type { Rule, RuleMetadata } from "./engine/rule.js";
export type { Skipped, SkipReason } from "./input/index.js";
export type { FormatName } from "./report/index.js";
export { type Position, SourceFile } from "./source/source-file.js";
export type { Span } from "./source/span.js";

/** What to lint, and how. */
export interface LintRequest {
  /** Files, folders and globs, read from disk; relative to the working directory of the process. */
  readonly paths?: readonly string[];
  /** Texts in hand, each under the path it is reported by; what each is (YAML, JSON, Markdown) follows from the path. */
  readonly texts?: readonly { readonly path: string; readonly text: string }[];
  /** What `kubeproof.yaml` may hold, as an object. No configuration file is looked for. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Rules of one's own, made with `defineRule` of `kubeproof/rule-api`, beside the built-in ones. */
  readonly rules?: readonly Rule[];
}

/**
 * Lints manifests as one set: references are resolved across everything given. Broken manifests are findings, never
 * exceptions. Throws an `Error` for a path that cannot be read and for a mistake in `config`, naming it.
 */
export function lint(request: LintRequest): LintResult {
  const rules = [...RULES, ...(request.rules ?? [])];
  const source = new SourceFile("config", JSON.stringify(request.config ?? {}));
  const { config, problems } = parseConfig(source, rules);
  if (!config)
    throw new Error(problems.map(({ message, help }) => (help ? `${message} (${help})` : message)).join("\n"));
  const workingDirectory = process.cwd();
  const settings = resolveSettings(config, rules, {}, { folder: workingDirectory, workingDirectory });
  const inputs: Input[] = (request.texts ?? []).map(({ path, text }) => readText(path, text));
  if (request.paths)
    inputs.push(
      readInput(nodeFileSystem, { paths: request.paths, root: workingDirectory, excludes: settings.excludes }),
    );
  const input = joinInputs(inputs);
  const [unreadable] = input.unreadable;
  if (unreadable) throw new Error(`${unreadable.path}: ${unreadable.message}`);
  const { minor, setting, externals, references } = settings;
  return lintInput(input, { minor, rules, setting, externals, references });
}

/** The names that `formatResult` takes. */
export const formatNames: readonly FormatName[] = FORMATS.map(({ name }) => name);

/** A result in one of the output formats, without colours. Throws an `Error` for a format that does not exist. */
export async function formatResult(result: LintResult, format: FormatName): Promise<string> {
  const found = findFormat(format);
  if (!found) throw new Error(`No format is called "${format}"; there are ${formatNames.join(", ")}`);
  const report = await found.load();
  return report(result, {
    color: false,
    width: 100,
    verbose: false,
    toolVersion: VERSION,
    workingDirectory: process.cwd(),
  });
}
