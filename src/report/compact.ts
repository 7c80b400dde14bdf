import type { LintResult } from "../engine/lint-result.js";
import { clickable } from "./range.js";
import { showControls } from "./visible-text.js";

/** One line a finding and nothing else: `path:line:column: severity: message [rule]`. */
export function reportCompact(result: LintResult): string {
  return result.diagnostics
    .map(({ source, span, severity, message, rule }) =>
      showControls(`${clickable(source, span)}: ${severity}: ${message} [${rule}]`).concat("\n"),
    )
    .join("");
}
