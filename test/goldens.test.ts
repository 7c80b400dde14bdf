import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { RULES } from "../rules/index.js";
import { nodeFileSystem } from "../src/cli/node-file-system.js";
import { resolveSettings } from "../src/config/index.js";
import { lint } from "../src/engine/lint.js";
import { readInput } from "../src/input/index.js";
import { reportCompact } from "../src/report/compact.js";
import { expectGolden } from "./golden.js";

const root = join(__dirname, "..");
const testdata = join(root, "testdata");

/** The findings of the recommended preset on a file or folder, a line each, paths relative to testdata. */
function findings(path: string): string {
  const input = readInput(nodeFileSystem, { paths: [path], root: path });
  const { minor, setting, externals } = resolveSettings(undefined, RULES);
  const result = lint(input, { minor, rules: RULES, setting, externals });
  expect(result.faults).toEqual([]);
  return reportCompact(result).replaceAll(`${testdata}/`, "");
}

const entries = (folder: string): string[] => readdirSync(join(testdata, folder)).sort();

describe("testdata/ok says nothing", () => {
  test.each(entries("ok"))("%s", (name) => expect(findings(join(testdata, "ok", name))).toBe(""));
});

describe("testdata/err says what stands beside it", () => {
  test.each(entries("err").filter((name) => !name.endsWith(".out")))("%s", (name) => {
    const path = join(testdata, "err", name);
    expectGolden(path.replace(/\.\w+$/, ".out"), findings(path));
  });
});

describe("testdata/projects: several files together", () => {
  test.each(entries("projects").filter((name) => statSync(join(testdata, "projects", name)).isDirectory()))(
    "%s",
    (name) => {
      const path = join(testdata, "projects", name);
      expectGolden(`${path}.out`, findings(path));
    },
  );
});

test("examples/shop: every planted mistake, and nothing else", () => {
  const shop = join(root, "examples/shop");
  expectGolden(join(testdata, "shop.out"), findings(shop).replaceAll(`${shop}/`, ""));
  expect(relative(root, shop)).toBe("examples/shop");
  expect(readFileSync(join(testdata, "shop.out"), "utf8").trim().split("\n").length).toBeGreaterThanOrEqual(12);
});
