import { Chalk, type ChalkInstance } from "chalk";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { buildFrames, type Frame, type FrameLine } from "./code-frame.js";
import { clickable, rangeOf } from "./range.js";
import type { ReportOptions } from "./reporter.js";
import { countFindings, faultLines, groupByFile, readLine, remainderParts, skippedLines, tally } from "./summary.js";
import { displayWidth, showControls, wrapText } from "./visible-text.js";

const RELATED_SHOWN = 4;

type Paint = (text: string) => string;

interface Theme {
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly strong: Paint;
  readonly dim: Paint;
  readonly related: Paint;
  readonly help: Paint;
  readonly good: Paint;
}

/** For people at a terminal: findings file by file, each with the source it is about, and a summary at the end. */
export function reportPretty(result: LintResult, options: ReportOptions): string {
  const theme = chooseTheme(new Chalk({ level: options.color ? 1 : 0 }));
  const width = chooseWidth(options);
  const out: string[] = [];
  for (const [path, diagnostics] of groupByFile(result.diagnostics)) {
    out.push(...fileHeading(path, diagnostics, width, theme), "");
    for (const diagnostic of diagnostics) out.push(...describe(diagnostic, options, width, theme), "");
  }
  if (options.verbose) out.push(...listRest(result, theme));
  for (const line of faultLines(result)) {
    const text = `${line}. This is a bug in kubeproof; the other rules went on`;
    out.push(...hanging(theme.severity.error("fault"), 5, text, width), "");
  }
  out.push(...summarize(result, options, theme));
  return `${out.join("\n")}\n`;
}

/** Writes findings one by one, for commands that tell of objects rather than of a run. */
export interface FindingWriter {
  readonly theme: Pick<Theme, "severity" | "strong" | "dim" | "good">;
  /** Place, message and source of a finding, and an empty line. */
  finding(diagnostic: Diagnostic): readonly string[];
}

export function makeFindingWriter(options: ReportOptions): FindingWriter {
  const theme = chooseTheme(new Chalk({ level: options.color ? 1 : 0 }));
  const width = chooseWidth(options);
  return { theme, finding: (diagnostic) => [...describe(diagnostic, options, width, theme), ""] };
}

const chooseWidth = ({ width }: ReportOptions): number => (width > 0 ? Math.max(40, Math.min(width, 160)) : 100);

function chooseTheme(chalk: ChalkInstance): Theme {
  return {
    severity: { error: chalk.red.bold, warning: chalk.yellow.bold, note: chalk.cyan.bold },
    strong: chalk.bold,
    dim: chalk.dim,
    related: chalk.blueBright,
    help: chalk.green,
    good: chalk.green.bold,
  };
}

function fileHeading(path: string, diagnostics: readonly Diagnostic[], width: number, theme: Theme): string[] {
  const name = showControls(path);
  const counts = countFindings(tally(diagnostics));
  const rest = width - displayWidth(name) - counts.length - 7;
  const line = "─".repeat(Math.max(2, rest));
  return [`${theme.dim("──")} ${theme.strong(name)} ${theme.dim(line)} ${theme.dim(counts)} ${theme.dim("─")}`];
}

function describe(diagnostic: Diagnostic, options: ReportOptions, width: number, theme: Theme): string[] {
  const { severity, source, span, rule, field } = diagnostic;
  const paint = theme.severity[severity];
  const where = showControls(clickable(source, span));
  const head = `${theme.strong(where)} ${paint(severity)} ${theme.dim(showControls(rule))}`;
  const used = displayWidth(where) + severity.length + rule.length + 4;
  const tail = field && used + field.length <= width ? `  ${theme.dim(showControls(field))}` : "";
  const lines = [head + tail];
  for (const line of wrapText(showControls(diagnostic.message), width - 2)) lines.push(`  ${theme.strong(line)}`);

  const places = [diagnostic, ...diagnostic.related.slice(0, RELATED_SHOWN)];
  const digits = String(Math.max(...places.map((place) => rangeOf(place.source, place.span).end.line)) + 1).length;
  // "  > 12 │ " stands before each line of source.
  const frames = buildFrames(diagnostic, { width: width - digits - 7, context: 1, related: RELATED_SHOWN });
  lines.push("");
  for (const frame of frames) {
    if (!frame.primary) {
      const place = showControls(clickable(frame.source, frame.span));
      lines.push(`${" ".repeat(digits + 5)}${theme.dim("╭─")} ${theme.strong(place)}`);
    }
    lines.push(...drawFrame(frame, digits, width, paint, theme));
  }
  const further = diagnostic.related.length - RELATED_SHOWN;
  if (further > 0) lines.push(theme.dim(`${" ".repeat(digits + 5)}… and ${further} more`));
  if (diagnostic.help !== undefined || diagnostic.fix || options.verbose) lines.push("");
  if (diagnostic.help !== undefined) lines.push(...hanging(theme.help("help"), 4, diagnostic.help, width));
  if (diagnostic.fix) {
    const how = diagnostic.fix.safe ? "--fix does it" : "not applied unasked: it may change what the manifest means";
    lines.push(...hanging(theme.help("fix"), 4, `${diagnostic.fix.description} (${how})`, width));
  }
  if (options.verbose) lines.push(...hanging(theme.dim("docs"), 4, diagnostic.url, width));
  return lines;
}

function drawFrame(frame: Frame, digits: number, width: number, paint: Paint, theme: Theme): string[] {
  const out: string[] = [];
  const bar = theme.dim("│");
  for (const line of frame.lines) {
    if (line === "gap") {
      out.push(`    ${" ".repeat(digits)} ${theme.dim("⋮")}`);
      continue;
    }
    const number = String(line.number).padStart(digits);
    const gutter = line.primary ? `  ${paint(">")} ${theme.strong(number)}` : `    ${theme.dim(number)}`;
    const text = line.segments.map((segment) => segment.text).join("");
    out.push(`${gutter} ${bar}${text === "" ? "" : ` ${text.trimEnd()}`}`);
    if (line.segments.some((segment) => segment.mark)) {
      for (const text of underline(line, width - digits - 7, paint, theme)) {
        out.push(`    ${" ".repeat(digits)} ${bar} ${text}`);
      }
    }
  }
  return out;
}

/** `^` under the finding, `~` under related places; their note after the last of them, or below where it is too long. */
function underline(line: FrameLine, width: number, paint: Paint, theme: Theme): string[] {
  let text = "";
  let used = 0;
  let column = 0;
  for (const segment of line.segments) {
    if (segment.mark) {
      const size = Math.max(segment.width, 1);
      text += " ".repeat(Math.max(0, column - used));
      text += segment.mark === "primary" ? paint("^".repeat(size)) : theme.related("~".repeat(size));
      used = column + size;
    }
    column += segment.width;
  }
  const note = showControls(line.note);
  if (note === "") return [text];
  const room = width - displayWidth(note);
  if (used + 1 <= room) return [`${text} ${theme.related(note)}`];
  return [text, " ".repeat(Math.max(0, Math.min(used, room))) + theme.related(note)];
}

/** A label, and text that is indented under its own start where it wraps. */
function hanging(label: string, labelWidth: number, text: string, width: number): string[] {
  const pad = " ".repeat(labelWidth + 4);
  const plain = showControls(text);
  return wrapText(plain, width - pad.length).map((line, i) =>
    i === 0 ? `  ${label}${" ".repeat(Math.max(1, pad.length - 2 - visibleLength(label)))}${line}` : `${pad}${line}`,
  );
}

const visibleLength = (text: string): number => displayWidth(text.replace(/\u001b\[[\d;]*m/g, ""));

function listRest(result: LintResult, theme: Theme): string[] {
  const out: string[] = [];
  if (result.skipped.length > 0) {
    out.push(theme.strong("Skipped"), ...skippedLines(result).map((line) => `  ${line}`), "");
  }
  if (result.remarks.length > 0) {
    out.push(theme.strong("Remarks"), ...result.remarks.map((remark) => `  ${showControls(remark)}`), "");
  }
  return out;
}

function summarize(result: LintResult, options: ReportOptions, theme: Theme): string[] {
  const { errors, warnings, notes } = result.summary;
  const parts = [
    errors > 0 ? theme.severity.error(countFindings({ errors, warnings: 0, notes: 0 })) : "",
    warnings > 0 ? theme.severity.warning(countFindings({ errors: 0, warnings, notes: 0 })) : "",
    notes > 0 ? theme.severity.note(countFindings({ errors: 0, warnings: 0, notes })) : "",
  ].filter((part) => part !== "");
  const files = new Set(result.diagnostics.map((diagnostic) => diagnostic.source.path)).size;
  const found =
    parts.length === 0
      ? theme.good("No findings")
      : `${parts.join(", ")} in ${files} ${files === 1 ? "file" : "files"}`;
  const rest = remainderParts(result, options.verbose ? "" : " (--verbose says why)");
  const lines = [found, theme.dim(readLine(result))];
  if (rest.length > 0) lines.push(theme.dim(rest.join(", ")));
  return lines;
}
