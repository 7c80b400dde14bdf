import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { SKIP_REASONS } from "../input/skipped.js";
import { rangeOf } from "./range.js";
import type { ReportOptions } from "./reporter.js";

/** Everything, as one JSON object. What a finding does not have is left out of it. */
export function reportJson(result: LintResult, options: ReportOptions): string {
  const report = {
    version: options.toolVersion,
    kubernetesVersion: result.kubernetesVersion,
    summary: result.summary,
    diagnostics: result.diagnostics.map(describe),
    skipped: result.skipped.map(({ path, document, reason, detail }) => ({
      file: path,
      document: document?.index,
      reason,
      description: SKIP_REASONS[reason],
      detail,
    })),
    faults: result.faults,
    remarks: options.verbose ? result.remarks : undefined,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function describe(diagnostic: Diagnostic): object {
  const { rule, severity, category, message, help, source, span, resource, field, related, fix, url } = diagnostic;
  return {
    rule,
    severity,
    category,
    message,
    help,
    file: source.path,
    range: rangeOf(source, span),
    resource,
    field,
    related: related.map((place) => ({
      file: place.source.path,
      range: rangeOf(place.source, place.span),
      note: place.note,
    })),
    fix: fix && {
      description: fix.description,
      safe: fix.safe,
      edits: fix.edits.map((edit) => ({ range: rangeOf(source, edit.span), newText: edit.newText })),
    },
    url,
  };
}
