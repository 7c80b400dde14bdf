import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { clickable, rangeOf } from "./range.js";
import { faultLines, summaryLine } from "./summary.js";
import { showControls } from "./visible-text.js";

/**
 * TAP 14 (https://testanything.org/tap-version-14-specification.html): a test point a finding, notes as `TODO`, which
 * harnesses list and do not count as failed. At least one point is required, so a clean run passes one.
 */
export function reportTap(result: LintResult): string {
  const points: string[] = [];
  for (const diagnostic of result.diagnostics) {
    const text = `${clickable(diagnostic.source, diagnostic.span)} ${diagnostic.message} [${diagnostic.rule}]`;
    const directive = diagnostic.severity === "note" ? " # TODO worth knowing" : "";
    points.push(`not ok ${points.length + 1} - ${escapePoint(text)}${directive}\n${writeDetails(diagnostic)}`);
  }
  for (const line of faultLines(result)) {
    points.push(`not ok ${points.length + 1} - ${escapePoint(line)}\n  ---\n  severity: "fault"\n  ...\n`);
  }
  const summary = summaryLine(result);
  if (points.length === 0) points.push(`ok 1 - ${escapePoint(summary)}\n`);
  return `TAP version 14\n1..${points.length}\n${points.join("")}# ${summary}\n`;
}

const escapePoint = (text: string): string => showControls(text).replace(/[\\#]/g, "\\$&");

function writeDetails(diagnostic: Diagnostic): string {
  const { source, span, rule, severity, help, field, url, related } = diagnostic;
  const { start, end } = rangeOf(source, span);
  const lines = [`severity: ${quote(severity)}`, `rule: ${quote(rule)}`];
  if (field !== undefined) lines.push(`field: ${quote(field)}`);
  if (help !== undefined) lines.push(`help: ${quote(help)}`);
  lines.push("at:", `  file: ${quote(source.path)}`, `  line: ${start.line}`, `  column: ${start.column}`);
  lines.push(`  endLine: ${end.line}`, `  endColumn: ${end.column}`);
  if (related.length > 0) {
    lines.push("related:");
    for (const place of related) lines.push(`  - ${quote(`${clickable(place.source, place.span)}: ${place.note}`)}`);
  }
  lines.push(`url: ${quote(url)}`);
  return `  ---\n${lines.map((line) => `  ${line}\n`).join("")}  ...\n`;
}

/** A JSON string is a YAML scalar, once what YAML does not print is escaped too. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
