import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { RULES } from "../rules/index.js";
import { configJsonSchema } from "../src/config/index.js";
import { ruleDocument, ruleIndex } from "../src/engine/rule-document.js";
import { expectGolden, UPDATE } from "./golden.js";

const root = join(__dirname, "..");

test("rules/index.ts lists every rule", () => {
  execFileSync(process.execPath, [join(root, "scripts/generate-rule-index.mjs"), "--check"]);
  expect(new Set(RULES.flatMap((rule) => [rule.id, ...rule.aliases])).size).toBe(
    RULES.reduce((n, rule) => n + 1 + rule.aliases.length, 0),
  );
});

test("docs/rules has a page for each rule and nothing else", () => {
  const folder = join(root, "docs/rules");
  if (UPDATE) rmSync(folder, { recursive: true, force: true });
  expectGolden(join(folder, "README.md"), ruleIndex(RULES));
  for (const rule of RULES) expectGolden(join(folder, `${rule.id}.md`), ruleDocument(rule));
  const pages = existsSync(folder) ? readdirSync(folder).sort() : [];
  expect(pages).toEqual(["README.md", ...RULES.map((rule) => `${rule.id}.md`)].sort());
});

test("schemas/kubeproof-config.schema.json knows every rule and option", () => {
  const schema = `${JSON.stringify(configJsonSchema(RULES), null, 2)}\n`;
  expectGolden(join(root, "schemas/kubeproof-config.schema.json"), schema);
});
