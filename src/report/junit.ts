import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { SKIP_REASONS } from "../input/skipped.js";
import { cleanPath } from "./file-uri.js";
import { explain, nameResource } from "./plain-message.js";
import { clickable, rangeOf } from "./range.js";
import type { ReportOptions } from "./reporter.js";
import { groupByFile, summaryLine } from "./summary.js";
import { attributes, escapeText } from "./xml.js";

interface Suite {
  readonly name: string;
  readonly cases: readonly string[];
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/**
 * One suite a file, one case a finding: errors and warnings fail, notes pass and say so in their output. A fault in a
 * rule is a case in error. Without any of these there is one case that passes, as CI servers refuse empty reports.
 */
export function reportJunit(result: LintResult, options: ReportOptions): string {
  const suites: Suite[] = [];
  for (const [path, diagnostics] of groupByFile(result.diagnostics)) {
    const failures = diagnostics.filter((diagnostic) => diagnostic.severity !== "note").length;
    suites.push({ name: cleanPath(path), cases: diagnostics.map(findingCase), failures, errors: 0, skipped: 0 });
  }
  if (result.faults.length > 0) {
    const cases = result.faults.map(({ rule, subject, message }) => {
      const name = subject === "" ? rule : `${rule} on ${subject}`;
      const error = `<error${attributes({ type: "fault", message: `Rule ${rule} failed: ${message}` })}/>`;
      return testCase({ name, classname: "kubeproof.faults" }, error);
    });
    suites.push({ name: "kubeproof: faults", cases, failures: 0, errors: cases.length, skipped: 0 });
  }
  if (options.verbose && result.skipped.length > 0) {
    const cases = result.skipped.map(({ path, document, reason, detail }) => {
      const name = document ? `${path}, document ${document.index + 1}` : path;
      const message = SKIP_REASONS[reason] + (detail ? ` (${detail})` : "");
      return testCase({ name, classname: "kubeproof.skipped" }, `<skipped${attributes({ message })}/>`);
    });
    suites.push({ name: "kubeproof: skipped", cases, failures: 0, errors: 0, skipped: cases.length });
  }
  if (suites.length === 0) {
    const cases = [testCase({ name: summaryLine(result), classname: "kubeproof" }, "")];
    suites.push({ name: "kubeproof", cases, failures: 0, errors: 0, skipped: 0 });
  }
  const sum = (pick: (suite: Suite) => number): number => suites.reduce((total, suite) => total + pick(suite), 0);
  const totals = attributes({
    name: "kubeproof",
    tests: sum((suite) => suite.cases.length),
    failures: sum((suite) => suite.failures),
    errors: sum((suite) => suite.errors),
    time: 0,
  });
  const body = suites.map(writeSuite).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${body}</testsuites>\n`;
}

function writeSuite({ name, cases, failures, errors, skipped }: Suite): string {
  const head = attributes({ name, tests: cases.length, failures, errors, skipped, time: 0 });
  return `  <testsuite${head}>\n${cases.join("")}  </testsuite>\n`;
}

function findingCase(diagnostic: Diagnostic): string {
  const { source, span, rule, severity, message, url } = diagnostic;
  const { line, column } = rangeOf(source, span).start;
  const file = cleanPath(source.path);
  const about = [nameResource(diagnostic), diagnostic.field ?? ""].filter((part) => part !== "").join(", ");
  const lines = [clickable(source, span), ...(about === "" ? [] : [about]), explain(diagnostic), url];
  const text = escapeText(lines.join("\n"));
  const inside =
    severity === "note"
      ? `<system-out>${text}</system-out>`
      : `<failure${attributes({ type: severity, message })}>${text}</failure>`;
  return testCase({ name: `${rule} at ${line}:${column}`, classname: file, file, line }, inside);
}

function testCase(values: Readonly<Record<string, string | number>>, inside: string): string {
  const head = `    <testcase${attributes({ ...values, time: 0 })}`;
  return inside === "" ? `${head}/>\n` : `${head}>\n      ${inside}\n    </testcase>\n`;
}
