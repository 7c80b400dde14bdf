import type { Severity } from "../diagnostics/diagnostic.js";
import type { Preset } from "../engine/rule.js";
import type { ExternalObject } from "../input/index.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import type { Glob } from "./globs.js";
import type { ConfiguredReference } from "./references.js";

/** How a rule is set: `on` is its own severity. Options are laid over those set before. */
export interface RuleChoice {
  readonly severity: Severity | "on" | "off";
  readonly options: Readonly<Record<string, unknown>>;
}

/** Settings of rules for some files. */
export interface ConfigOverride {
  readonly files: readonly Glob[];
  readonly rules: ReadonlyMap<string, RuleChoice>;
}

/** A configuration that was read without errors. Rules go by their current ids. */
export interface Config {
  /** The second number of the target's version. */
  readonly kubernetesVersion?: number;
  readonly extends: readonly Preset[];
  readonly exclude: readonly Glob[];
  readonly rules: ReadonlyMap<string, RuleChoice>;
  readonly externals: readonly ExternalObject[];
  readonly overrides: readonly ConfigOverride[];
  readonly crds: readonly Glob[];
  readonly references: readonly ConfiguredReference[];
}

/** A mistake in the configuration, shaped so that reporters of findings can show it. */
export interface ConfigProblem {
  /** An error keeps the configuration from being used; a warning does not. */
  readonly severity: "error" | "warning";
  /** One sentence, capital first, no full stop. */
  readonly message: string;
  readonly help?: string;
  readonly source: SourceFile;
  readonly span: Span;
}
