import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { RULES } from "../rules/index.js";
import { lint } from "../src/api.js";
import { nodeFileSystem } from "../src/cli/node-file-system.js";
import { parseCommandLine } from "../src/cli/options.js";
import { parseConfig } from "../src/config/index.js";
import { SourceFile } from "../src/source/source-file.js";
import { answer, shownIn } from "./say.js";

const root = join(__dirname, "..");
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const textOf = (page: string): string => readFileSync(join(root, page), "utf8");
const blocks = (page: string, language: string): string[] =>
  [...textOf(page).matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map((match) => match[1]!);

test.each(pages)("%s links to files that are there", (page) => {
  const links = [...textOf(page).matchAll(/\]\(([^)#:]+?)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
  expect(links.filter((link) => !existsSync(resolve(root, dirname(page), link)))).toEqual([]);
});

test.each(pages)("%s calls kubeproof with options it has", (page) => {
  const calls = blocks(page, "sh").flatMap((block) =>
    [...block.matchAll(/kubeproof(?:\.js)? ([^#|\n]*)/g)].map((match) => match[1]!.trim()),
  );
  for (const call of calls) expect(() => parseCommandLine(call.split(/\s+/).filter(Boolean))).not.toThrow();
});

test("the README shows what is said", async () => {
  const shown = shownIn(textOf("README.md"));
  expect(shown.length).toBeGreaterThan(1);
  for (const { command, said } of shown)
    expect(said.trim()).toBe((await answer(command, { files: nodeFileSystem, workingDirectory: root })).trim());
});

test("the configuration that the documentation shows is right", () => {
  const [example] = blocks("docs/configuration.md", "yaml");
  expect(parseConfig(new SourceFile("kubeproof.yaml", example!), RULES).problems).toEqual([]);
});

test("the ignores that the documentation shows silence what they name", () => {
  const manifest = blocks("docs/configuration.md", "yaml")[1]!;
  const { diagnostics, summary } = lint({ texts: [{ path: "agent.yaml", text: manifest }] });
  expect(
    diagnostics.map(({ rule }) => rule).filter((rule) => /ignore|host-network|privileged|image-tag/.test(rule)),
  ).toEqual([]);
  expect(summary.suppressed).toBe(3);
});
