import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { escapeHtml, safeUrl } from "./html-text.js";
import { clickable, rangeOf } from "./range.js";
import type { ReportOptions } from "./reporter.js";
import {
  count,
  countFindings,
  faultLines,
  groupByFile,
  readLine,
  remainderParts,
  skippedLines,
  tally,
} from "./summary.js";
import { showControls } from "./visible-text.js";

/** GitHub refuses comments of more than 65,536 characters; what does not fit is counted instead. */
const MAX_LENGTH = 60_000;
const MAX_RELATED = 4;

const SIGN: Readonly<Record<Severity, string>> = { error: "🔴", warning: "🟡", note: "🔵" };

/** For a comment on a pull request: a table a file, within the length such a comment may have. */
export function reportMarkdown(result: LintResult, options: ReportOptions): string {
  const tail = writeTail(result, options);
  let text = `### kubeproof: ${countFindings(result.summary)}\n\n`;
  let left = result.diagnostics.length;
  for (const [path, diagnostics] of groupByFile(result.diagnostics)) {
    const head = `#### ${code(path)}: ${countFindings(tally(diagnostics))}\n\n| | Line | Finding | Rule |\n|---|---|---|---|\n`;
    let table = "";
    for (const diagnostic of diagnostics) {
      const row = writeRow(diagnostic);
      if (text.length + head.length + table.length + row.length + tail.length > MAX_LENGTH) break;
      table += row;
      left--;
    }
    if (table === "") break;
    text += `${head}${table}\n`;
  }
  if (left > 0) text += `… and ${count(left, "more finding")}, too many for one comment.\n\n`;
  return text + tail;
}

function writeRow(diagnostic: Diagnostic): string {
  const { source, span, severity, message, help, related, fix, rule, url } = diagnostic;
  const { line, column } = rangeOf(source, span).start;
  const parts = [escapeMarkdown(message)];
  if (help !== undefined) parts.push(`**Help:** ${escapeMarkdown(help)}`);
  if (fix) parts.push(`**Fix:** ${escapeMarkdown(fix.description)}${fix.safe ? " (<code>--fix</code>)" : ""}`);
  for (const place of related.slice(0, MAX_RELATED)) {
    parts.push(`${code(clickable(place.source, place.span))} ${escapeMarkdown(place.note)}`);
  }
  if (related.length > MAX_RELATED) parts.push(`… and ${related.length - MAX_RELATED} more`);
  const target = safeUrl(url);
  const name = target ? `[${escapeMarkdown(rule)}](<${target}>)` : escapeMarkdown(rule);
  return `| ${SIGN[severity]} ${severity} | ${line}:${column} | ${parts.join("<br>")} | ${name} |\n`;
}

function writeTail(result: LintResult, options: ReportOptions): string {
  let text = "";
  if (result.faults.length > 0) {
    text += "#### Faults in kubeproof\n\n";
    for (const line of faultLines(result)) text += `- ${escapeMarkdown(line)}\n`;
    text += "\n";
  }
  if (options.verbose) {
    text += writeList("Skipped", skippedLines(result));
    text += writeList("Remarks", result.remarks);
  }
  const rest = remainderParts(result);
  return `${text}<sub>${readLine(result)}${rest.length > 0 ? `; ${rest.join(", ")}` : ""}. kubeproof ${escapeMarkdown(options.toolVersion)}</sub>\n`;
}

/** A folded list, of at most as many items as leave room for findings. */
function writeList(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  const shown = items.slice(0, 50).map((item) => `- ${escapeMarkdown(item.slice(0, 300))}\n`);
  const more = items.length > 50 ? `- … and ${items.length - 50} more\n` : "";
  return `<details><summary>${title}: ${items.length}</summary>\n\n${shown.join("")}${more}\n</details>\n\n`;
}

/** Code that may stand in a table: entities, as backquotes cannot hold a `|` there. */
function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}

/**
 * Text that renders as itself: no markup, no HTML, no cell borders; and nobody named `@so` and no issue `#1` is
 * notified, as an empty comment parts the sign from the name.
 */
function escapeMarkdown(text: string): string {
  return escapeHtml(showControls(text))
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/[\\`*_{}[\]()~|!$]/g, "\\$&")
    .replace(/(^|[^\w&])([@#])(?=\w)/g, "$1$2<!-- -->")
    .replace(/\b(https?|www)(?=:\/\/|\.)/g, "$1<!-- -->")
    .replace(/^(\s*)([-+>]|\d+[.)])(?=\s)/, "$1\\$2");
}
