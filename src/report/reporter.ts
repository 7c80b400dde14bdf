import type { LintResult } from "../engine/lint-result.js";

/** What a reporter has to know besides the result. */
export interface ReportOptions {
  /** Whether escape sequences for colours are wanted; only `pretty` writes any. */
  readonly color: boolean;
  /** The terminal's columns; 0 where there is no terminal, and then nothing is wrapped below 100. */
  readonly width: number;
  /** Also tell what was skipped, and the remarks of the run. */
  readonly verbose: boolean;
  /** The version of kubeproof, for instance `0.1.0`. */
  readonly toolVersion: string;
  /** Absolute; formats that want URIs resolve relative paths against it. */
  readonly workingDirectory: string;
}

/** Writes a result in one format. The text ends with a line break, or is empty. */
export type Reporter = (result: LintResult, options: ReportOptions) => string;
