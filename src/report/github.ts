import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { cleanPath } from "./file-uri.js";
import { explain } from "./plain-message.js";
import { rangeOf, trimEnd } from "./range.js";
import { faultLines } from "./summary.js";
import { showControls } from "./visible-text.js";

const COMMAND: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };

/**
 * Workflow commands (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). The runner drops
 * columns where a range has more than one line, and `endColumn` is the last column of the range, not the one after.
 */
export function reportGithub(result: LintResult): string {
  const lines = result.diagnostics.map(annotate);
  for (const fault of faultLines(result)) {
    lines.push(`::error title=${escapeProperty("Fault in kubeproof")}::${escapeData(fault)}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

function annotate(diagnostic: Diagnostic): string {
  const { source, severity, rule } = diagnostic;
  const { start, end } = rangeOf(source, trimEnd(source, diagnostic.span));
  const properties: [string, string | number][] = [];
  // Standard input is no file of the repository.
  if (source.path !== "-") {
    properties.push(["file", cleanPath(source.path)], ["line", start.line], ["endLine", end.line]);
    if (start.line === end.line) {
      properties.push(["col", start.column], ["endColumn", Math.max(start.column, end.column - 1)]);
    }
  }
  properties.push(["title", `kubeproof: ${rule}`]);
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(",");
  return `::${COMMAND[severity]} ${list}::${escapeData(showLines(explain(diagnostic)))}`;
}

/** The log of a run shows escape sequences as a terminal would. */
const showLines = (text: string): string => text.split("\n").map(showControls).join("\n");

/** The runner decodes exactly these, `%25` last. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
