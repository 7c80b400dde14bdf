import type { Severity } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { cleanPath } from "./file-uri.js";
import { fingerprints } from "./fingerprint.js";
import { rangeOf, trimEnd } from "./range.js";

const SEVERITY: Readonly<Record<Severity, string>> = { error: "critical", warning: "major", note: "info" };

/**
 * A Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/). Paths count from the repository's root,
 * fingerprints are unique, and there is no place for anything but findings in files.
 */
export function reportGitlab(result: LintResult): string {
  const prints = fingerprints(result.diagnostics);
  const issues = result.diagnostics.map((diagnostic, i) => {
    const { start, end } = rangeOf(diagnostic.source, trimEnd(diagnostic.source, diagnostic.span));
    const help = diagnostic.help === undefined ? "" : `. ${diagnostic.help}`;
    return {
      description: diagnostic.message + help,
      check_name: diagnostic.rule,
      fingerprint: prints[i],
      severity: SEVERITY[diagnostic.severity],
      location: { path: cleanPath(diagnostic.source.path), lines: { begin: start.line, end: end.line } },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
