import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LintResult } from "../engine/lint-result.js";
import { FORMATS, findFormat, type ReportOptions, summaryLine } from "./index.js";
import { CLEAN, OPTIONS, SAMPLE } from "./testing/sample-result.js";

const FOLDER = join(__dirname, "../../testdata/formats");

function compareGolden(name: string, text: string): void {
  const path = join(FOLDER, name);
  if (process.env.UPDATE) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, "utf8"));
}

async function write(name: string, result: LintResult, options: Partial<ReportOptions> = {}): Promise<string> {
  const report = await findFormat(name)!.load();
  return report(result, { ...OPTIONS, ...options });
}

describe.each(FORMATS.map((format) => [format.name, format.extension]))("%s", (name, extension) => {
  test("writes the sample as its golden shows", async () => {
    compareGolden(`${name}.${extension}`, await write(name, SAMPLE));
  });

  test("writes a run without findings as its golden shows", async () => {
    compareGolden(`clean/${name}.${extension}`, await write(name, CLEAN));
  });

  test("ends with a line break, or is empty", async () => {
    for (const result of [SAMPLE, CLEAN]) expect(await write(name, result)).toMatch(/^$|[^\n]\n$/);
  });

  test("never shows a Secret's value", async () => {
    for (const verbose of [false, true]) {
      expect(await write(name, SAMPLE, { verbose })).not.toMatch(/aHVudGVyMg|not base64 at all|4711/);
    }
  });

  test("writes no control character but line breaks", async () => {
    expect(await write(name, SAMPLE)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

test.each([
  ["pretty-verbose.txt", { verbose: true }],
  ["pretty-color.txt", { color: true }],
  ["pretty-narrow.txt", { width: 60 }],
])("pretty as %s", async (golden, options) => {
  compareGolden(golden, await write("pretty", SAMPLE, options));
});

test.each(["markdown", "html", "junit"])("%s lists what was skipped when verbose", async (name) => {
  expect(await write(name, SAMPLE, { verbose: true })).toMatch(/Helm values/);
});

test("the line for standard error", () => {
  expect(summaryLine(SAMPLE)).toBe(
    "6 errors, 4 warnings, 2 notes in 9 files with 10 objects; 3 can be fixed with --fix, 2 suppressed, 3 skipped, 1 fault",
  );
  expect(summaryLine(CLEAN)).toBe("No findings in 9 files with 10 objects");
});

test("names and extensions are what the command line expects", () => {
  expect(FORMATS.map((format) => format.name).join(" ")).toBe(
    "pretty compact json sarif junit checkstyle github gitlab rdjson tap markdown html",
  );
  for (const format of FORMATS) expect(format.description).toMatch(/^\S.*[^.]$/);
});
