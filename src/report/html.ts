import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { buildFrames, type Frame } from "./code-frame.js";
import { assemblePage } from "./html-page.js";
import { escapeHtml, safeUrl } from "./html-text.js";
import { nameResource } from "./plain-message.js";
import { clickable, rangeOf } from "./range.js";
import type { ReportOptions } from "./reporter.js";
import { count, countFindings, faultLines, groupByFile, skippedLines, tally } from "./summary.js";
import { showControls } from "./visible-text.js";

/** Long lines are cut to this; the page scrolls sideways within a frame. */
const FRAME = { width: 160, context: 2, related: 8 };
/** Beyond this many findings, a frame shows the marked line alone: a page of 10,000 stays some 20 MB. */
const MANY = 2000;

const LABEL: Readonly<Record<Severity, string>> = { error: "Errors", warning: "Warnings", note: "Notes" };

/** One page with everything in it: no other file, no network, and readable without its script. */
export function reportHtml(result: LintResult, options: ReportOptions): string {
  const groups = groupByFile(result.diagnostics);
  const context = result.diagnostics.length > MANY ? 0 : FRAME.context;
  let body = writeHeader(result, options);
  if (result.diagnostics.length > 0) body += writeFilters(result, groups);
  body += '<main id="findings">\n';
  body += result.faults.length > 0 ? writeFaults(result) : "";
  if (result.diagnostics.length === 0) {
    body += '<p class="clean"><span aria-hidden="true">✓</span> No findings</p>\n';
  }
  for (const [path, diagnostics] of groups) body += writeFile(path, diagnostics, context);
  body += '<p id="nothing" class="clean" hidden>No finding matches the filter</p>\n';
  body += writeList("Skipped", skippedLines(result));
  if (options.verbose) body += writeList("Remarks", result.remarks);
  body += "</main>\n";
  const title = `kubeproof: ${countFindings(result.summary)}`;
  return assemblePage(title, body);
}

const show = (text: string): string => escapeHtml(showControls(text));

/** Prose in which the values people wrote, which messages put in double quotes, are set as code. */
function prose(text: string): string {
  return show(text).replace(/&quot;(.+?)&quot;/g, '<q class="value">$1</q>');
}

function writeHeader(result: LintResult, options: ReportOptions): string {
  const { summary, kubernetesVersion } = result;
  const facts = [
    count(summary.files, "file"),
    count(summary.documents, "document"),
    count(summary.objects, "object"),
    `${summary.suppressed} suppressed`,
    `${summary.skipped} skipped`,
  ];
  return `<header class="top">
<h1><span class="mark" aria-hidden="true">✓</span>kubeproof</h1>
<p class="facts">${facts.map((fact) => `<span>${fact}</span>`).join("")}</p>
<p class="version">Kubernetes ${show(kubernetesVersion)}<br>kubeproof ${show(options.toolVersion)}</p>
</header>
`;
}

function writeFilters(result: LintResult, groups: ReadonlyMap<string, readonly Diagnostic[]>): string {
  const counts = tally(result.diagnostics);
  const buttons = (["error", "warning", "note"] as const).map((severity) => {
    const n = counts[`${severity}s`];
    return `<button type="button" class="count ${severity}" data-severity="${severity}" aria-pressed="true"${n === 0 ? " disabled" : ""}><b>${n}</b> ${LABEL[severity]}</button>`;
  });
  const byRule = new Map<string, number>();
  for (const { rule } of result.diagnostics) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  const rules = [...byRule].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const option = (value: string, n: number): string =>
    `<option value="${escapeHtml(value)}">${show(value)} (${n})</option>`;
  return `<form class="filters" id="filters" role="search" aria-label="Filter the findings">
<div class="counts" role="group" aria-label="Severities shown">${buttons.join("")}</div>
<label class="search"><span class="label">Search</span><input type="search" id="text" placeholder="Message, object, field, path" autocomplete="off"><kbd>/</kbd></label>
<label><span class="label">Rule</span><select id="rule"><option value="">All rules</option>${rules.map(([rule, n]) => option(rule, n)).join("")}</select></label>
<label><span class="label">File</span><select id="file"><option value="">All files</option>${[...groups].map(([path, list]) => option(path, list.length)).join("")}</select></label>
<p id="shown" role="status" aria-live="polite">${count(result.diagnostics.length, "finding")}</p>
</form>
`;
}

function writeFile(path: string, diagnostics: readonly Diagnostic[], context: number): string {
  const counts = tally(diagnostics);
  const chips = (["error", "warning", "note"] as const)
    .filter((severity) => counts[`${severity}s`] > 0)
    .map((severity) => `<span class="chip ${severity}">${count(counts[`${severity}s`], severity)}</span>`);
  return `<section class="file" data-file="${escapeHtml(path)}">
<h2><span class="path">${breakable(path)}</span>${chips.join("")}</h2>
${diagnostics.map((diagnostic) => writeFinding(diagnostic, context)).join("")}</section>
`;
}

function writeFinding(diagnostic: Diagnostic, context: number): string {
  const { severity, rule, source, span, message, help, field, related, fix } = diagnostic;
  const { line, column } = rangeOf(source, span).start;
  const resource = nameResource(diagnostic);
  const target = safeUrl(diagnostic.url);
  const name = target ? `<a href="${escapeHtml(target)}" rel="noreferrer">${show(rule)}</a>` : show(rule);
  const about = [resource, field ?? ""].filter((part) => part !== "").map((part) => `<code>${breakable(part)}</code>`);
  const frames = buildFrames(diagnostic, { ...FRAME, context });
  let html = `<article class="finding ${severity}" data-severity="${severity}" data-rule="${escapeHtml(rule)}">
<p class="meta"><span class="chip ${severity}">${severity}</span><span class="where" title="${escapeHtml(showControls(source.path))}">${line}:${column}</span><span class="rule">${name}</span></p>
<h3>${prose(message)}</h3>
`;
  if (about.length > 0) html += `<p class="about">${about.join('<span aria-hidden="true"> › </span>')}</p>\n`;
  html += frames.map(writeFrame).join("");
  if (related.length > FRAME.related) html += `<p class="more">… and ${related.length - FRAME.related} more</p>\n`;
  if (help !== undefined) html += `<p class="help"><b>Help</b>${prose(help)}</p>\n`;
  if (fix) {
    const how = fix.safe ? "<code>--fix</code> does it" : "not applied unasked";
    html += `<p class="help fix"><b>Fix</b>${prose(fix.description)} <span class="how${fix.safe ? " safe" : ""}">${how}</span></p>\n`;
  }
  return `${html}</article>\n`;
}

function writeFrame(frame: Frame): string {
  const caption = frame.primary ? "" : `<figcaption>${breakable(clickable(frame.source, frame.span))}</figcaption>`;
  let code = "";
  for (const line of frame.lines) {
    if (line === "gap") {
      code += '<span class="gap">⋮</span>\n';
      continue;
    }
    let text = "";
    for (const segment of line.segments) {
      const inner = escapeHtml(segment.text);
      if (segment.mark === undefined) text += inner;
      else text += `<mark class="${segment.mark}${segment.width === 0 ? " point" : ""}">${inner}</mark>`;
    }
    const note = line.note === "" ? "" : `<span class="note-text">${show(line.note)}</span>`;
    code += `<span class="line${line.primary ? " hit" : ""}"><span class="n">${line.number}</span>${text}${note}</span>\n`;
  }
  return `<figure>${caption}<pre tabindex="0"><code>${code}</code></pre></figure>\n`;
}

/** A path or field path that may break after its separators. */
function breakable(text: string): string {
  return show(text).replace(/[/.:]/g, "$&<wbr>");
}

function writeFaults(result: LintResult): string {
  const items = faultLines(result).map((line) => `<li>${prose(line)}</li>`);
  return `<section class="faults" aria-label="Faults"><h2>Faults in kubeproof</h2>
<p>These are bugs; the other rules went on.</p><ul>${items.join("")}</ul></section>
`;
}

function writeList(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  const list = items.map((item) => `<li>${show(item)}</li>`).join("");
  return `<details class="rest"><summary>${title} <span class="chip">${items.length}</span></summary><ul>${list}</ul></details>\n`;
}
