import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expectGolden } from "../../../test/golden.js";
import { SourceFile } from "../../source/source-file.js";
import { readDocuments } from "../index.js";

const folder = join(__dirname, "../../../testdata/yaml");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

/** What is said of a text, as a person would see it, and what was read in spite of it. */
function show(text: string): string {
  const source = new SourceFile("test.yaml", text);
  const lines: string[] = [];
  for (const { index, problems, decodes, value } of readDocuments(source)) {
    lines.push(`document ${index}${decodes ? "" : ", not decoded"}: ${JSON.stringify(value)}`);
    for (const { code, severity, message, help, span, related = [] } of problems) {
      const { line, column } = source.position(span.start);
      lines.push(`  ${line}:${column} ${severity} ${JSON.stringify(source.slice(span))} ${message} [${code}]`);
      if (help) lines.push(`    help: ${help}`);
      for (const { span: other, note } of related) lines.push(`    line ${source.position(other.start).line}: ${note}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

test.each(files)("%s", (name) => {
  expectGolden(join(folder, name.replace(/\.yaml$/, ".out")), show(readFileSync(join(folder, name), "utf8")));
});

test.each(files)("%s on lines that end in CRLF, and indented in Markdown", (name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const summary = (documents: ReturnType<typeof readDocuments>) =>
    documents.flatMap(({ problems, source }) =>
      problems.map(({ code, span }) => `${source.position(span.start).line} ${code}`),
    );
  const plain = summary(readDocuments(new SourceFile("a.yaml", text)));
  expect(summary(readDocuments(new SourceFile("a.yaml", text.replaceAll("\n", "\r\n"))))).toEqual(plain);
  if (text.startsWith(" ") || text.startsWith("a: |\n  \t")) return;
  const fenced = `- item\n\n  \`\`\`yaml\n${text.replaceAll(/^(?=.)/gm, "  ")}  \`\`\`\n`;
  const start = fenced.indexOf("yaml\n") + 5;
  const region = { start, end: fenced.lastIndexOf("  ```") };
  expect(summary(readDocuments(new SourceFile("a.md", fenced), region))).toEqual(
    plain.map((line) => line.replace(/^\d+/, (n) => String(Number(n) + 3))),
  );
});
