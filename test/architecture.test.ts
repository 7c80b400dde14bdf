import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const root = join(__dirname, "..");

/** From the top down: a layer imports only those after it. */
const LAYERS = [
  ["cli", "lsp"],
  ["report"],
  ["config"],
  ["engine"],
  ["policy"],
  ["cluster"],
  ["apis"],
  ["schema"],
  ["input"],
  ["yaml"],
  ["diagnostics"],
  ["source"],
];
const rankOf = new Map(LAYERS.flatMap((row, rank) => row.map((layer) => [layer, rank] as const)));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"/g)].map(
    (m) => {
      const to = m[2] ?? m[3]!;
      return {
        from: file,
        to: to.startsWith(".") ? relative(root, resolve(root, dirname(file), to)) : to,
        typeOnly: m[1] !== undefined,
      };
    },
  );
}

const sources = filesIn("src").filter((file) => !file.endsWith(".test.ts"));
const imports = sources.flatMap(importsOf);
const layerOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1];

test("an arrow between layers only points down", () => {
  const upward = imports.filter(({ from, to, typeOnly }) => {
    const [a, b] = [layerOf(from), layerOf(to)];
    if (!a || !b || a === b) return false;
    const [up, down] = [rankOf.get(a), rankOf.get(b)];
    if (up === undefined || down === undefined) return true;
    return down < up || (down === up && !typeOnly);
  });
  expect(upward.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test("rules import the rule API alone", () => {
  const others = filesIn("rules")
    .filter((file) => file.includes("/") && !/^rules\/(index|rules\.test)\.ts$/.test(file))
    .flatMap(importsOf)
    .filter(({ to }) => to !== "src/rule-api.js");
  expect(others.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test("only cli hands rules to the engine", () => {
  const importers = imports.filter(({ to }) => to.startsWith("rules/")).map(({ from }) => from);
  expect(importers.filter((file) => layerOf(file) !== "cli" && file !== "src/api.ts")).toEqual([]);
});

test("only cli touches files, the process and the terminal", () => {
  const machine = /^node:(fs|process|child_process|os|net|http|https|tty|readline)/;
  const touching = imports
    .filter(({ from, to }) => machine.test(to) && layerOf(from) !== "cli")
    .map(({ from, to }) => `${from} -> ${to}`);
  const naming = sources.filter(
    (file) =>
      layerOf(file) !== "cli" &&
      file !== "src/api.ts" &&
      /\bprocess\.|\bconsole\./.test(readFileSync(join(root, file), "utf8")),
  );
  expect(touching).toEqual([]);
  expect(naming).toEqual([]);
});

test("files stay readable in one sitting", () => {
  const long = [...sources, ...filesIn("rules")].filter(
    (file) => !/generated|rules\/index/.test(file) && readFileSync(join(root, file), "utf8").split("\n").length > 450,
  );
  expect(long).toEqual([]);
});
