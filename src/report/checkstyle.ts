import type { Severity } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { cleanPath } from "./file-uri.js";
import { explain } from "./plain-message.js";
import { rangeOf } from "./range.js";
import type { ReportOptions } from "./reporter.js";
import { faultLines, groupByFile } from "./summary.js";
import { attributes, escapeText } from "./xml.js";

/** The words of checkstyle's schema (https://checkstyle.org/result_reports.html). */
const SEVERITY: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "info" };

/** Checkstyle's XML, which has a place for a point only; faults in rules are its exceptions. */
export function reportCheckstyle(result: LintResult, options: ReportOptions): string {
  let body = "";
  for (const [path, diagnostics] of groupByFile(result.diagnostics)) {
    body += `  <file${attributes({ name: cleanPath(path) })}>\n`;
    for (const diagnostic of diagnostics) {
      const { line, column } = rangeOf(diagnostic.source, diagnostic.span).start;
      const severity = SEVERITY[diagnostic.severity];
      const source = `kubeproof.${diagnostic.rule}`;
      body += `    <error${attributes({ line, column, severity, message: explain(diagnostic), source })}/>\n`;
    }
    body += "  </file>\n";
  }
  for (const line of faultLines(result)) body += `  <exception>${escapeText(line)}</exception>\n`;
  const head = attributes({ version: `kubeproof-${options.toolVersion}` });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle${head}>\n${body}</checkstyle>\n`;
}
