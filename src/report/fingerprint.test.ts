import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { SourceFile } from "../source/source-file.js";
import { fingerprints } from "./fingerprint.js";
import { SAMPLE } from "./testing/sample-result.js";

const finding = SAMPLE.diagnostics[3]!;
const print = (change: Partial<Diagnostic>): string => fingerprints([{ ...finding, ...change }])[0]!;

test("stays while lines move, list positions shift, wording and API versions change", () => {
  const moved = new SourceFile(`./${finding.source.path}`, `\n\n${finding.source.text}`);
  expect(print({ source: moved, span: { start: finding.span.start + 2, end: finding.span.end + 2 } })).toBe(print({}));
  expect(print({ field: finding.field!.replace("[0]", "[3]") })).toBe(print({}));
  expect(print({ message: 'The Deployment "api" wants the ConfigMap "api-confg"' })).toBe(print({}));
  expect(print({ resource: { ...finding.resource!, apiVersion: "apps/v1beta1" } })).toBe(print({}));
});

test("differs by rule, file, object, field and value", () => {
  const others: Partial<Diagnostic>[] = [
    { rule: "other" },
    { source: new SourceFile("other.yaml", finding.source.text) },
    { resource: { ...finding.resource!, name: "other" } },
    { field: "spec.other" },
    { message: 'Deployment "api" reads ConfigMap "other", which is not in the input' },
  ];
  expect(new Set([print({}), ...others.map(print)]).size).toBe(others.length + 1);
});

test("is unique, also for findings alike", () => {
  expect(new Set(fingerprints([...SAMPLE.diagnostics, ...SAMPLE.diagnostics])).size).toBe(24);
});
