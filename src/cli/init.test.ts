import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RULES } from "../../rules/index.js";
import { parseConfig } from "../config/index.js";
import { SourceFile } from "../source/source-file.js";
import { planInit } from "./init.js";
import { nodeFileSystem } from "./node-file-system.js";

const folder = (files: Record<string, string>): string => {
  const root = mkdtempSync(join(tmpdir(), "kubeproof-init-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};
const plan = (files: Record<string, string>) => planInit(nodeFileSystem, folder(files));

test("a bare folder gets a configuration that is right, and a pre-commit entry", () => {
  const [config, hook, ...others] = plan({});
  expect(parseConfig(new SourceFile("kubeproof.yaml", config!.text), RULES).problems).toEqual([]);
  expect(hook).toMatchObject({ path: ".pre-commit-config.yaml", action: "create" });
  expect(others).toEqual([]);
});

test("a job for the CI that the folder uses", () => {
  const paths = plan({ ".github/workflows/ci.yaml": "on: push", ".gitlab-ci.yml": "" }).map(({ path }) => path);
  expect(paths).toContain(".github/workflows/kubeproof.yaml");
  expect(paths).toContain(".gitlab/kubeproof.gitlab-ci.yml");
});

test("an entry is added to the others, whose comments stay", () => {
  const before = "# ours\nrepos:\n  - repo: https://example.com/a   # pinned\n    rev: v1\n    hooks: [{id: a}]\n";
  const hook = plan({ ".pre-commit-config.yaml": before })[1]!;
  expect(hook.action).toBe("extend");
  expect(hook.text).toContain("# pinned");
  expect(hook.text).toMatch(/- id: kubeproof\n$/);
});

test.each([
  [
    "what is there already",
    { "kubeproof.yml": "", ".pre-commit-config.yaml": "repos: [{repo: local, hooks: [{id: kubeproof}]}]" },
  ],
  ["what cannot be read", { ".kubeproof.yaml": "", ".pre-commit-config.yaml": "repos: {" }],
])("%s is left as it is", (_, files) => {
  expect(plan(files).map(({ action }) => action)).toEqual(["keep", "keep"]);
});
