import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { cleanPath } from "./file-uri.js";
import { explain } from "./plain-message.js";
import { type Place, rangeOf } from "./range.js";
import { secretSpansWithin } from "./secret-text.js";

const SEVERITY: Readonly<Record<Severity, string>> = { error: "ERROR", warning: "WARNING", note: "INFO" };

/** A suggestion is one replacement; edits further apart than this are not joined into one. */
const MAX_SUGGESTION = 2000;

/**
 * Reviewdog's Diagnostic Format (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf): columns count bytes
 * of UTF-8, ends are exclusive, and unknown fields make older versions refuse the whole report.
 */
export function reportRdjson(result: LintResult): string {
  const report = { source: { name: "kubeproof" }, diagnostics: result.diagnostics.map(describe) };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function describe(diagnostic: Diagnostic): object {
  const { source, span, severity, rule, url } = diagnostic;
  const suggestion = suggest(diagnostic);
  return {
    message: explain(diagnostic),
    location: { path: cleanPath(source.path), range: byteRange(source, span) },
    severity: SEVERITY[severity],
    code: { value: rule, url },
    suggestions: suggestion && [suggestion],
  };
}

/** The edits of the fix as one replacement, or undefined where that would repeat too much, or anything secret. */
function suggest({ source, fix }: Diagnostic): object | undefined {
  if (!fix || fix.edits.length === 0) return undefined;
  const edits = [...fix.edits].sort((a, b) => a.span.start - b.span.start);
  const whole = { start: edits[0]!.span.start, end: edits.at(-1)!.span.end };
  if (edits.length > 1) {
    if (whole.end - whole.start > MAX_SUGGESTION) return undefined;
    if (secretSpansWithin(source, whole.start, whole.end).length > 0) return undefined;
  }
  let text = "";
  let at = whole.start;
  for (const edit of edits) {
    text += source.text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  return { range: byteRange(source, whole), text };
}

function byteRange(source: SourceFile, span: Span): object {
  const { start, end } = rangeOf(source, span);
  return { start: bytePosition(source, start), end: bytePosition(source, end) };
}

/** The place measured last: on a line of megabytes, the next one is measured from there. */
let measured = { source: new SourceFile("", ""), line: 0, offset: 0, bytes: 0 };

function bytePosition(source: SourceFile, { line, column, offset }: Place): object {
  const known = measured.source === source && measured.line === line && measured.offset <= offset;
  const from = known ? measured.offset : offset - (column - 1);
  const bytes = (known ? measured.bytes : 0) + Buffer.byteLength(source.text.slice(from, offset), "utf8");
  measured = { source, line, offset, bytes };
  return { line, column: bytes + 1 };
}
