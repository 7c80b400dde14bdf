import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { parse } from "yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { LintResult } from "../engine/lint-result.js";
import { SourceFile } from "../source/source-file.js";
import { reportCheckstyle } from "./checkstyle.js";
import { reportCompact } from "./compact.js";
import { reportGithub } from "./github.js";
import { reportGitlab } from "./gitlab.js";
import { reportHtml } from "./html.js";
import { reportJson } from "./json.js";
import { reportJunit } from "./junit.js";
import { reportMarkdown } from "./markdown.js";
import { reportPretty } from "./pretty.js";
import { reportRdjson } from "./rdjson.js";
import { reportSarif } from "./sarif.js";
import { reportTap } from "./tap.js";
import { readXml } from "./testing/read-xml.js";
import { CLEAN, OPTIONS, SAMPLE } from "./testing/sample-result.js";

const SCHEMAS = join(__dirname, "../../testdata/formats/schemas");

function validate(schemaPath: string, report: string): void {
  const schema = JSON.parse(readFileSync(schemaPath, "utf8")) as Record<string, unknown>;
  // The official SARIF schema is of draft 4, whose keywords are the same as far as it uses them.
  delete schema.$schema;
  delete schema.id;
  const formats = { uri: /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i, "uri-reference": /^[^\s<>"{}|\\^`]*$/ };
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { ...formats, "date-time": true } });
  const check = ajv.compile(schema);
  check(JSON.parse(report));
  expect(check.errors).toBeNull();
}

const withMessage = (message: string, path = "a.yaml"): LintResult => {
  const source = new SourceFile(path, `kind: ${message}\n`);
  const finding: Diagnostic = {
    ...SAMPLE.diagnostics[0]!,
    message,
    help: message,
    source,
    span: { start: 6, end: 6 + message.length },
    related: [{ source, span: { start: 0, end: 4 }, note: message }],
    fix: { description: message, safe: true, edits: [{ span: { start: 0, end: 4 }, newText: message }] },
  };
  return { ...CLEAN, diagnostics: [finding], faults: [{ rule: "r", subject: message, message }] };
};

const ANY_TEXT = fc.string({
  unit: fc.constantFrom(...Array.from("<>&\"'|`%:,\\[](){}#@=\n\r\t\0\u001b\u202e\ud800é世👋ab -"), "]]>"),
});

describe("JSON formats follow their schemas", () => {
  test.each([
    ["sarif", reportSarif],
    ["gitlab", reportGitlab],
    ["rdjson", reportRdjson],
  ] as const)("%s", (name, report) => {
    for (const result of [SAMPLE, CLEAN, withMessage("<&]]>\u0000 [a](b)")]) {
      validate(join(SCHEMAS, `${name}.schema.json`), report(result, OPTIONS));
    }
  });

  const official = process.env.SARIF_SCHEMA;
  (official ? test : test.skip)("sarif, against the official schema", () => {
    for (const result of [SAMPLE, CLEAN]) validate(official!, reportSarif(result, OPTIONS));
  });
});

test("XML formats are well-formed and keep the message, whatever it holds", () => {
  fc.assert(
    fc.property(ANY_TEXT, ANY_TEXT, (message, path) => {
      const junit = readXml(reportJunit(withMessage(message, path), { ...OPTIONS, verbose: true }));
      const checkstyle = readXml(reportCheckstyle(withMessage(message, path), OPTIONS));
      if (/[\0\u001b]|\p{Cs}/u.test(message)) return;
      expect(junit.children[0]!.children[0]!.children[0]!.attributes.message).toBe(message);
      expect(checkstyle.children[0]!.children[0]!.attributes.message).toContain(message);
    }),
  );
});

test("junit counts what it lists", () => {
  const root = readXml(reportJunit(SAMPLE, { ...OPTIONS, verbose: true }));
  const cases = root.children.flatMap((suite) => suite.children);
  const having = (name: string): number =>
    cases.filter((item) => item.children.some((child) => child.name === name)).length;
  expect(root.attributes).toMatchObject({ tests: String(cases.length), failures: String(having("failure")) });
  expect(root.attributes.errors).toBe(String(having("error")));
  expect([having("failure"), having("error"), having("skipped"), having("system-out")]).toEqual([10, 1, 3, 2]);
});

test("compact and tap keep a finding on its line", () => {
  fc.assert(
    fc.property(ANY_TEXT, (message) => {
      expect(reportCompact(withMessage(message)).split("\n")).toHaveLength(2);
      const points = reportTap(withMessage(message)).match(/^(?:not )?ok .*$/gm)!;
      expect(points).toHaveLength(2);
      // An unescaped # after white space would start a directive.
      for (const point of points) expect(point).not.toMatch(/\s#\s*(?:skip|todo)/i);
    }),
  );
});

test("tap details are YAML", () => {
  const blocks = reportTap(SAMPLE).match(/(?<=^ {2}---\n)[\s\S]*?(?=^ {2}\.\.\.$)/gm)!;
  expect(blocks).toHaveLength(SAMPLE.diagnostics.length + SAMPLE.faults.length);
  expect(parse(blocks[1]!)).toMatchObject({ rule: "selector-template-mismatch", at: { line: 10, endColumn: 15 } });
  fc.assert(
    fc.property(ANY_TEXT, (message) => {
      const block = reportTap(withMessage(message)).match(/(?<=^ {2}---\n)[\s\S]*?(?=^ {2}\.\.\.$)/m)![0];
      expect((parse(block) as { help: string }).help).toBe(message);
    }),
  );
});

test("github commands decode to what was said", () => {
  const codes: Readonly<Record<string, string>> = { "25": "%", "0A": "\n", "0D": "\r", "3A": ":", "2C": "," };
  const decode = (text: string): string => text.replace(/%(25|0A|0D|3A|2C)/g, (_, code: string) => codes[code]!);
  fc.assert(
    fc.property(ANY_TEXT, ANY_TEXT, (message, path) => {
      fc.pre(path !== "" && path !== "-" && !/[\\=]/.test(path) && !/[\0\t\r\u001b\u202e]|\p{Cs}/u.test(message));
      const [line, ...rest] = reportGithub(withMessage(message, path)).split("\n");
      expect(rest).toHaveLength(2);
      const [, command, list, data] = /^::(\w+) (.*?)::(.*)$/.exec(line!)!;
      expect(command).toBe("error");
      const properties = new Map(list!.split(",").map((item) => item.split("=", 2) as [string, string]));
      expect(decode(properties.get("file")!)).toBe(path);
      expect(decode(data!).startsWith(`${message}\nHelp: `)).toBe(true);
    }),
  );
});

test("github columns include the last one, and are left out over several lines", () => {
  const lines = reportGithub(SAMPLE).split("\n");
  expect(lines[1]).toContain("line=10,endLine=10,col=7,endColumn=14,");
  expect(lines[4]).toMatch(/line=26,endLine=30,title/);
});

test("rdjson columns count bytes", () => {
  const report = JSON.parse(reportRdjson(SAMPLE)) as { diagnostics: { location: { range: object } }[] };
  // `Grüße, ` has two letters of two bytes before it, the wide letters three each, the hand four.
  expect(report.diagnostics[5]!.location.range).toEqual({
    start: { line: 31, column: 54 },
    end: { line: 31, column: 65 },
  });
});

test("sarif fixes, applied, give the text the edits ask for", () => {
  const report = JSON.parse(reportSarif(SAMPLE, OPTIONS)) as {
    runs: {
      results: {
        fixes?: {
          artifactChanges: {
            replacements: {
              deletedRegion: { startLine: number; startColumn: number; endLine: number; endColumn: number };
              insertedContent: { text: string };
            }[];
          }[];
        }[];
      }[];
    }[];
  };
  SAMPLE.diagnostics.forEach(({ source, fix }, i) => {
    const replacements = report.runs[0]!.results[i]!.fixes?.[0]?.artifactChanges[0]?.replacements ?? [];
    expect(
      replacements.map(({ deletedRegion: region, insertedContent }) => ({
        span: {
          start: source.lineSpan(region.startLine).start + region.startColumn - 1,
          end: source.lineSpan(region.endLine).start + region.endColumn - 1,
        },
        newText: insertedContent.text,
      })),
    ).toEqual(fix?.edits ?? []);
  });
});

test("json gives what the design says", () => {
  const report = JSON.parse(reportJson(SAMPLE, OPTIONS)) as { diagnostics: object[] };
  expect(Object.keys(report)).toEqual(["version", "kubernetesVersion", "summary", "diagnostics", "skipped", "faults"]);
  expect(report.diagnostics[3]).toEqual({
    rule: "configmap-missing",
    severity: "warning",
    category: "references",
    message: 'Deployment "api" reads ConfigMap "api-confg", which is not in the input',
    help: 'Did you mean "api-config"? If it is created elsewhere, list it under externals',
    file: "k8s/api/deployment.yaml",
    range: { start: { line: 24, column: 23, offset: 441 }, end: { line: 24, column: 32, offset: 450 } },
    resource: { apiVersion: "apps/v1", kind: "Deployment", namespace: "prod", name: "api" },
    field: "spec.template.spec.containers[0].envFrom[0].configMapRef.name",
    related: [
      {
        file: "./k8s/config, maps/api:config.yaml",
        range: { start: { line: 4, column: 9, offset: 49 }, end: { line: 4, column: 19, offset: 59 } },
        note: "the nearest name",
      },
    ],
    fix: {
      description: 'Rename "api-confg" to "api-config"',
      safe: true,
      edits: [
        {
          range: { start: { line: 24, column: 23, offset: 441 }, end: { line: 24, column: 32, offset: 450 } },
          newText: "api-config",
        },
      ],
    },
    url: "https://example.com/rules/configmap-missing",
  });
});

describe("html", () => {
  test("holds no tag, attribute or link that came from the input", () => {
    fc.assert(
      fc.property(ANY_TEXT, (text) => {
        const hostile = `</script><img src=x onerror="alert(1)">${text}`;
        const page = reportHtml(withMessage(hostile, hostile), { ...OPTIONS, verbose: true });
        expect(page.match(/<img/g)).toBeNull();
        expect(page.match(/<\/?script>/g)).toHaveLength(2);
      }),
    );
    const page = reportHtml(
      { ...SAMPLE, diagnostics: [{ ...SAMPLE.diagnostics[0]!, url: "javascript:alert(1)" }] },
      OPTIONS,
    );
    expect(page).not.toContain("javascript:");
  });

  test("opens and closes its elements in order", () => {
    const page = reportHtml(SAMPLE, { ...OPTIONS, verbose: true }).replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");
    const open: string[] = [];
    for (const [, slash, name] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (["meta", "link", "input", "br", "wbr"].includes(name!)) continue;
      if (slash === "") open.push(name!);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  test("loads nothing, and its policy admits its own style and script", () => {
    const page = reportHtml(SAMPLE, OPTIONS);
    expect(page).not.toMatch(/(?:src|@import|url\()\s*=?\s*["']?(?:https?:)?\/\//);
    for (const kind of ["style", "script"]) {
      const text = new RegExp(`<${kind}>([\\s\\S]*?)</${kind}>`).exec(page)![1]!;
      expect(page).toContain(`${kind}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    }
  });
});

describe("markdown", () => {
  test("keeps the cells of its tables", () => {
    fc.assert(
      fc.property(ANY_TEXT, (message) => {
        const row = reportMarkdown(withMessage(message, message), OPTIONS)
          .split("\n")
          .find((line) => line.startsWith("| 🔴"))!;
        expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
        expect(row.replace(/<\/?(?:br|code)>|<!-- -->|<https:[^>]*>/g, "")).not.toMatch(/[<>]/);
      }),
    );
  });

  test("stays within the length of a comment and counts what is left out", () => {
    const many = Array.from({ length: 2000 }, () => SAMPLE.diagnostics[3]!);
    const text = reportMarkdown({ ...SAMPLE, diagnostics: many }, OPTIONS);
    expect(text.length).toBeLessThan(65_536);
    const rows = text.match(/^\| 🟡/gm)!.length;
    expect(text).toContain(`… and ${2000 - rows} more findings`);
  });
});

test("pretty leaves the terminal alone without colours, and stays within its width", () => {
  fc.assert(
    fc.property(ANY_TEXT, fc.integer({ min: 40, max: 120 }), (message, width) => {
      const text = reportPretty(withMessage(message), { ...OPTIONS, width });
      expect(text).not.toMatch(/[\0-\u0009\u000b-\u001f\u202e]/);
    }),
  );
  for (const width of [40, 60, 100]) {
    for (const line of reportPretty(SAMPLE, { ...OPTIONS, width }).split("\n")) {
      if (line.includes("│")) expect(line.length).toBeLessThanOrEqual(width);
    }
  }
});
