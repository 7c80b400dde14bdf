import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { SKIP_REASONS, type Skipped } from "../input/skipped.js";
import { showControls } from "./visible-text.js";

/** `1 file`, `2 files`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** `2 errors, 1 warning`, without the severities that did not occur; `no findings` for none at all. */
export function countFindings(counts: { errors: number; warnings: number; notes: number }): string {
  const parts: string[] = [];
  if (counts.errors > 0) parts.push(count(counts.errors, "error"));
  if (counts.warnings > 0) parts.push(count(counts.warnings, "warning"));
  if (counts.notes > 0) parts.push(count(counts.notes, "note"));
  return parts.length === 0 ? "no findings" : parts.join(", ");
}

/** How many of each severity, from the findings themselves. */
export function tally(diagnostics: readonly Diagnostic[]): { errors: number; warnings: number; notes: number } {
  const counts = { errors: 0, warnings: 0, notes: 0 };
  for (const { severity } of diagnostics) counts[`${severity}s`]++;
  return counts;
}

/** The findings file by file, in the order given. */
export function groupByFile(diagnostics: readonly Diagnostic[]): Map<string, Diagnostic[]> {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const group = groups.get(diagnostic.source.path);
    if (group) group.push(diagnostic);
    else groups.set(diagnostic.source.path, [diagnostic]);
  }
  return groups;
}

/** `Read 3 files: 4 documents, 5 objects (Kubernetes 1.34)`. */
export function readLine(result: LintResult): string {
  const { files, documents, objects } = result.summary;
  return `Read ${count(files, "file")}: ${count(documents, "document")}, ${count(objects, "object")} (Kubernetes ${result.kubernetesVersion})`;
}

/** What was suppressed, skipped and can be fixed; parts that are zero are left out, possibly all. */
export function remainderParts(result: LintResult, skippedHint = ""): string[] {
  const { suppressed, skipped } = result.summary;
  const fixable = result.diagnostics.filter((diagnostic) => diagnostic.fix?.safe).length;
  const parts: string[] = [];
  if (fixable > 0) parts.push(`${fixable} can be fixed with --fix`);
  if (suppressed > 0) parts.push(`${suppressed} suppressed`);
  if (skipped > 0) parts.push(`${skipped} skipped${skippedHint}`);
  if (result.faults.length > 0) parts.push(count(result.faults.length, "fault"));
  return parts;
}

/** One line for standard error: what was found, read, suppressed and skipped. */
export function summaryLine(result: LintResult): string {
  const { files, objects } = result.summary;
  const found = countFindings(result.summary);
  const rest = remainderParts(result);
  const read = `${count(files, "file")} with ${count(objects, "object")}`;
  return `${found[0]!.toUpperCase()}${found.slice(1)} in ${read}${rest.length > 0 ? `; ${rest.join(", ")}` : ""}`;
}

/** One line a fault, for standard error: not every format has a place for them. */
export function faultLines(result: LintResult): string[] {
  return result.faults.map((fault) => {
    const on = fault.subject === "" ? "" : ` on ${fault.subject}`;
    return showControls(`Rule ${fault.rule} failed${on}: ${fault.message}`);
  });
}

/** `path: reason (detail)`, with the document's number where only one of a file was skipped. */
export function skippedLine(skipped: Skipped): string {
  const document = skipped.document ? `, document ${skipped.document.index + 1}` : "";
  const detail = skipped.detail ? ` (${skipped.detail})` : "";
  return showControls(`${skipped.path}${document}: ${SKIP_REASONS[skipped.reason]}${detail}`);
}

/** What was not linted and why, one line each. */
export function skippedLines(result: LintResult): string[] {
  return result.skipped.map(skippedLine);
}
