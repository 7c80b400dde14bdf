export type { Config, ConfigOverride, ConfigProblem, RuleChoice } from "./config.js";
export { parseExternal } from "./externals.js";
export { CONFIG_NAMES, type FoundConfig, findConfig } from "./find-config.js";
export { type Glob, type GlobProblem, matchesGlobs, parseGlob } from "./globs.js";
export { CONFIG_SCHEMA_URL, configJsonSchema } from "./json-schema.js";
export { CONFIG_KEYS, type Key, type Keys, type Shape } from "./keys.js";
export { type ParsedConfig, type ParsedRuleFlag, parseConfig, parseRuleFlag } from "./parse-config.js";
export { type CommandLineSettings, type ConfigPlace, resolveSettings, type Settings } from "./resolve-settings.js";
