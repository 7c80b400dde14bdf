import type { Severity } from "../diagnostics/diagnostic.js";
import type { LintOptions, RuleSetting } from "../engine/lint.js";
import { PRESETS, type Preset, type Rule } from "../engine/rule.js";
import { isMarkdown } from "../input/index.js";
import { DEFAULT_MINOR } from "../schema/kubernetes-version.js";
import type { Config, RuleChoice } from "./config.js";
import { matchesGlobs } from "./globs.js";
import { pathWithin } from "./paths.js";
import { asReferenceFact } from "./references.js";

/** What the command line says, which wins over the configuration. */
export interface CommandLineSettings {
  /** `--kubernetes-version`. */
  readonly minor?: number;
  /** `--preset`: replaces `extends`. */
  readonly presets?: readonly Preset[];
  /** `--rule`, in order. */
  readonly rules?: readonly { readonly id: string; readonly choice: RuleChoice }[];
}

/** Where the globs of a configuration start and reported paths do. Absolute, `/` between folders. */
export interface ConfigPlace {
  /** The folder the configuration is in. */
  readonly folder: string;
  readonly workingDirectory: string;
}

/** The settings of one run: what `lint` takes besides the rules, and what reading the input has to know. */
export interface Settings extends Pick<LintOptions, "minor" | "setting" | "externals" | "references"> {
  /** The globs of files that are not read, relative to the folder of the configuration. */
  readonly exclude: readonly string[];
  /** The globs of files read for the types they define, relative to the folder of the configuration. */
  readonly crds: readonly string[];
  /** Whether `exclude` covers a file or folder, its path as the user gave it or below what the user gave. */
  excludes(path: string): boolean;
}

/**
 * Lays the settings over each other: presets, then `rules`, then the overrides whose files match, in order, then the
 * command line. A later severity replaces an earlier one; later options are laid over earlier ones, key by key.
 */
export function resolveSettings(
  config: Config | undefined,
  rules: readonly Rule[],
  commandLine: CommandLineSettings = {},
  place: ConfigPlace = { folder: "/", workingDirectory: "/" },
): Settings {
  const presets = commandLine.presets ?? config?.extends ?? ["recommended"];
  const rank = Math.max(-1, ...presets.map((preset) => PRESETS.indexOf(preset)));
  const overrides = config?.overrides ?? [];
  const within = (path: string): string => pathWithin(place.folder, path, place.workingDirectory);

  const layersFor = (matching: readonly (typeof overrides)[number][], id: string): RuleChoice[] =>
    [
      config?.rules.get(id),
      ...matching.map((override) => override.rules.get(id)),
      ...(commandLine.rules ?? []).filter((rule) => rule.id === id).map(({ choice }) => choice),
    ].filter((choice) => choice !== undefined);

  // Files that the same overrides match share a table; most runs have one.
  const tables = new Map<string, ReadonlyMap<string, RuleSetting>>();
  const tableOf = new Map<string, ReadonlyMap<string, RuleSetting>>();
  const tableFor = (path: string): ReadonlyMap<string, RuleSetting> => {
    const inText = isMarkdown(path);
    const known = overrides.length === 0 ? tables.get(inText ? "text" : "") : tableOf.get(path);
    if (known) return known;
    const relative = overrides.length === 0 ? "" : within(path);
    const matching = overrides.filter(({ files }) => matchesGlobs(files, relative));
    const key = `${matching.map((override) => overrides.indexOf(override)).join()}${inText ? "text" : ""}`;
    let table = tables.get(key);
    if (!table) {
      const entries = rules.flatMap((rule): [string, RuleSetting][] => {
        const setting = settle(
          rule,
          PRESETS.indexOf(presetOf(rule, inText)) <= rank,
          layersFor(matching, rule.id),
          inText,
        );
        return setting ? [[rule.id, setting]] : [];
      });
      table = new Map(entries);
      tables.set(key, table);
    }
    if (overrides.length > 0) tableOf.set(path, table);
    return table;
  };

  return {
    minor: commandLine.minor ?? config?.kubernetesVersion ?? DEFAULT_MINOR,
    externals: config?.externals ?? [],
    references: config?.references.map(asReferenceFact) ?? [],
    setting: (rule, path) => tableFor(path).get(rule.id),
    exclude: config?.exclude.map(({ text }) => text) ?? [],
    crds: config?.crds.map(({ text }) => text) ?? [],
    excludes: (path) => !!config && config.exclude.length > 0 && matchesGlobs(config.exclude, within(path)),
  };
}

/** What rules of these categories ask for is left out of a text that explains something else. */
const BESIDE_THE_POINT: readonly string[] = ["references", "reliability", "security", "style"];

/** The preset from which a rule is on; in a text, what an example leaves out is a matter of opinion. */
const presetOf = ({ preset, category }: Rule, inText: boolean): Preset =>
  inText && BESIDE_THE_POINT.includes(category) ? "strict" : preset;

/** Nothing applies what a text shows: a mistake there is worth a warning, and fails a run only where the user says so. */
const severityOf = ({ severity }: Rule, inText: boolean): Severity =>
  inText && severity === "error" ? "warning" : severity;

function settle(
  rule: Rule,
  inPreset: boolean,
  layers: readonly RuleChoice[],
  inText: boolean,
): RuleSetting | undefined {
  let severity: RuleChoice["severity"] = inPreset ? "on" : "off";
  const options: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(rule.options)) options[name] = option.default;
  for (const layer of layers) {
    severity = layer.severity;
    Object.assign(options, layer.options);
  }
  return severity === "off"
    ? undefined
    : { severity: severity === "on" ? severityOf(rule, inText) : severity, options };
}
