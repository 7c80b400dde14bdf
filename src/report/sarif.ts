import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import type { RuleMetadata } from "../engine/rule.js";
import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import { absoluteUri, fileUri, relativeUri } from "./file-uri.js";
import { fingerprints } from "./fingerprint.js";
import { rangeOf } from "./range.js";
import type { ReportOptions } from "./reporter.js";
import { faultLines, skippedLine } from "./summary.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const ROOT = "%SRCROOT%";

/** What GitHub sorts alerts by: https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const PROBLEM: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "recommendation" };
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { error: "8.0", warning: "5.0", note: "3.0" };

/**
 * SARIF 2.1.0. Regions are given by line and column alone, in UTF-16 units with an exclusive end: what a character of
 * `charOffset` is, the standard leaves open, and viewers read lines and columns.
 */
export function reportSarif(result: LintResult, options: ReportOptions): string {
  const rules = usedRules(result);
  const index = new Map(rules.map((rule, i) => [rule.id, i]));
  const prints = fingerprints(result.diagnostics);
  const run = {
    tool: {
      driver: {
        name: "kubeproof",
        version: options.toolVersion,
        semanticVersion: options.toolVersion,
        rules: rules.map(describeRule),
      },
    },
    invocations: [
      {
        executionSuccessful: result.faults.length === 0,
        toolExecutionNotifications: notifications(result, index),
      },
    ],
    originalUriBaseIds: { [ROOT]: { uri: fileUri(options.workingDirectory, true) } },
    columnKind: "utf16CodeUnits",
    results: result.diagnostics.map((diagnostic, i) => ({
      ...describeResult(diagnostic, options),
      ruleIndex: index.get(diagnostic.rule),
      partialFingerprints: { "kubeproof/v1": prints[i] },
    })),
    properties: { kubernetesVersion: result.kubernetesVersion },
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, undefined, 2)}\n`;
}

type UsedRule = Partial<RuleMetadata> & Pick<RuleMetadata, "id" | "url" | "severity" | "category">;

/** The rules something was found by or that failed, in order of their ids. */
function usedRules(result: LintResult): UsedRule[] {
  const used = new Map<string, UsedRule>();
  for (const diagnostic of result.diagnostics) {
    const { rule, severity, category, url } = diagnostic;
    if (!used.has(rule)) used.set(rule, result.rules.get(rule) ?? { id: rule, severity, category, url });
  }
  for (const { rule } of result.faults) {
    const metadata = result.rules.get(rule);
    if (metadata) used.set(rule, metadata);
  }
  return [...used.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function describeRule(rule: UsedRule): object {
  const { id, summary, why, references = [], aliases = [], url, severity, category } = rule;
  const links = [...references, url].filter((link) => link !== "");
  return {
    id,
    name: id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    deprecatedIds: aliases.length > 0 ? aliases : undefined,
    shortDescription: summary === undefined ? undefined : { text: plain(summary) },
    fullDescription: why === undefined ? undefined : { text: plain(oneLine(why)) },
    helpUri: isUri(url) ? url : undefined,
    help:
      why === undefined
        ? undefined
        : {
            text: `${oneLine(plain(why))}\n\n${links.join("\n")}`,
            markdown: `${paragraphs(why)}\n\n${links.map((link) => `- <${link}>`).join("\n")}`,
          },
    defaultConfiguration: { level: severity },
    properties: {
      tags: ["kubernetes", category],
      precision: "high",
      "problem.severity": PROBLEM[severity],
      "security-severity": category === "security" ? SECURITY_SEVERITY[severity] : undefined,
    },
  };
}

function describeResult(diagnostic: Diagnostic, options: ReportOptions): object {
  const { rule, severity, message, help, source, span, resource, field, related, fix } = diagnostic;
  const owner = resource && [resource.apiVersion, resource.kind, resource.namespace, resource.name];
  const name = owner?.filter((part) => part !== "").join("/");
  return {
    ruleId: rule,
    level: severity,
    message: { text: messageText(help === undefined ? message : `${message}.\n${help}.`) },
    locations: [
      {
        physicalLocation: locate(source, span, options),
        logicalLocations: name
          ? [{ name: field || name, fullyQualifiedName: field ? `${name}:${field}` : name, kind: "resource" }]
          : undefined,
      },
    ],
    relatedLocations:
      related.length === 0
        ? undefined
        : related.map((place, i) => ({
            id: i + 1,
            message: { text: messageText(place.note) },
            physicalLocation: locate(place.source, place.span, options),
          })),
    fixes: fix && [
      {
        description: { text: messageText(fix.description) },
        artifactChanges: [
          {
            artifactLocation: artifact(source, options),
            replacements: fix.edits.map((edit) => ({
              deletedRegion: region(source, edit.span),
              insertedContent: { text: edit.newText },
            })),
          },
        ],
        properties: { safe: fix.safe },
      },
    ],
  };
}

/** Faults, and input that could not be looked at: what makes a clean report less than a clean bill. */
function notifications(result: LintResult, index: ReadonlyMap<string, number>): object[] {
  const texts = faultLines(result);
  const faults = result.faults.map(({ rule }, i) => ({
    level: "error",
    message: { text: messageText(texts[i]!) },
    associatedRule: index.has(rule) ? { id: rule, index: index.get(rule) } : { id: rule },
  }));
  const unseen = result.skipped
    .filter(({ reason }) => reason === "unreadable" || reason === "too-large")
    .map((skipped) => ({ level: "warning", message: { text: messageText(skippedLine(skipped)) } }));
  return [...faults, ...unseen];
}

function locate(source: SourceFile, span: Span, options: ReportOptions): object {
  return { artifactLocation: artifact(source, options), region: region(source, span) };
}

function artifact(source: SourceFile, options: ReportOptions): object {
  const relative = relativeUri(source.path);
  if (relative !== undefined) return { uri: relative, uriBaseId: ROOT };
  return { uri: absoluteUri(source.path, options.workingDirectory) };
}

function region(source: SourceFile, span: Span): object {
  const { start, end } = rangeOf(source, span);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** In message texts, `[text](target)` is a link; a user's own brackets are not. */
const messageText = (text: string): string => text.replace(/\[(?=[^\]]*\]\()/g, "\\[");

const oneLine = (text: string): string => text.trim().replace(/\s+/g, " ");
const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map(oneLine)
    .join("\n\n");
/** Rules are written in Markdown; the plain form only loses its backquotes. */
const plain = (text: string): string => text.replaceAll("`", "");
const isUri = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text);
