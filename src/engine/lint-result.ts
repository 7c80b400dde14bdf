import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Skipped } from "../input/skipped.js";
import type { RuleMetadata } from "./rule.js";

/** What a run read and found, in numbers. */
export interface LintSummary {
  readonly files: number;
  readonly documents: number;
  readonly objects: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Findings silenced by comments and annotations. */
  readonly suppressed: number;
  readonly skipped: number;
}

/** Everything one run of the linter gives; what reporters write. */
export interface LintResult {
  /** For instance `1.34`. */
  readonly kubernetesVersion: string;
  readonly summary: LintSummary;
  /** Sorted: file, position, rule. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was not linted, and why. */
  readonly skipped: readonly Skipped[];
  /** Faults in rules: reported as such, the other rules went on. */
  readonly faults: readonly RuleFault[];
  /** Facts worth telling with `--verbose`, for instance the QoS class of each Pod. */
  readonly remarks: readonly string[];
  /** The rules that ran, by id: reporters take titles and help texts from here. */
  readonly rules: ReadonlyMap<string, RuleMetadata>;
}

/** A rule that threw: a bug in kubeproof. */
export interface RuleFault {
  readonly rule: string;
  /** The object it was looking at, for instance `Deployment "shop"`; empty for a rule over everything. */
  readonly subject: string;
  readonly message: string;
}
