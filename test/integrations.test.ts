import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { formatResult, lint } from "../src/api.js";
import { COMMANDS } from "../src/cli/command-facts.js";
import { parseCommandLine } from "../src/cli/options.js";

const root = join(__dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const scratch = (): string => mkdtempSync(join(tmpdir(), "kubeproof-integrations-"));

const BROKEN = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndaat: {}\n";

describe("problem matchers", () => {
  const matchers: [
    string,
    { regexp: string; file: number; line: number; column: number; severity: number; code: number },
  ][] = [
    ["problem-matcher.json", JSON.parse(read("integrations/problem-matcher.json")).problemMatcher[0].pattern[0]],
    ["vscode/tasks.json", JSON.parse(read("integrations/vscode/tasks.json")).tasks[0].problemMatcher.pattern],
  ];
  test.each(matchers)(
    "%s reads every line of the compact format",
    async (_, { regexp, file, line, column, severity, code }) => {
      for (const path of ["a.yaml", "with space/a b.yaml", "C:\\shop\\a.yaml", "a:1:2: error: x.yaml"]) {
        const output = await formatResult(lint({ texts: [{ path, text: BROKEN }] }), "compact");
        const [first] = output.trimEnd().split("\n");
        const match = new RegExp(regexp).exec(first!)!;
        // A path that looks like a finding is cut at its first number: no expression can tell.
        expect(match[file]).toBe(path.startsWith("a:") ? "a" : path);
        if (!path.startsWith("a:"))
          expect([match[line], match[column], match[severity], match[code]]).toEqual([
            "4",
            "1",
            "error",
            "field-unknown",
          ]);
      }
    },
  );
});

describe("the pre-commit hook", () => {
  const [hook] = parse(read(".pre-commit-hooks.yaml"));

  test("calls kubeproof with options it has", () => {
    const [program, ...argv] = hook.entry.split(" ");
    expect(program).toBe(Object.keys(JSON.parse(read("package.json")).bin)[0]);
    const line = parseCommandLine([...argv, "a.yaml"]);
    expect(line.operands).toEqual(["a.yaml"]);
    expect(line.values.get("context")).toEqual(["."]);
  });

  const preCommit = spawnSync("pre-commit", ["--version"]).status === 0;
  (preCommit ? test : test.skip)(
    "run by pre-commit: the changed file is reported on, and sees the others",
    () => {
      const folder = scratch();
      const git = (...argv: string[]) =>
        execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...argv], { cwd: folder });
      git("init", "-q");
      const local = {
        ...hook,
        language: "system",
        entry: hook.entry.replace(/^kubeproof/, `node ${join(root, "bin/kubeproof.js")}`),
      };
      writeFileSync(
        join(folder, ".pre-commit-config.yaml"),
        JSON.stringify({ repos: [{ repo: "local", hooks: [local] }] }),
      );
      writeFileSync(join(folder, "broken.yaml"), BROKEN.replace("shop", "broken"));
      writeFileSync(join(folder, "config.yaml"), BROKEN.replace("daat: {}", "data: {}"));
      git("add", ".");
      git("commit", "-qm", "before", "--no-verify");
      const pod = (name: string) =>
        `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - {name: c, image: "a:1", envFrom: [{configMapRef: {name: ${name}}}]}\n`;
      const commit = (name: string) => {
        writeFileSync(join(folder, "pod.yaml"), pod(name));
        git("add", "pod.yaml");
        return spawnSync("pre-commit", ["run"], {
          cwd: folder,
          encoding: "utf8",
          env: { ...process.env, PRE_COMMIT_HOME: join(folder, ".cache") },
        });
      };
      expect(commit("shop").stdout).toMatch(/Passed/);
      writeFileSync(join(folder, "kubeproof.yaml"), "rules: {config-map-missing: error}\n");
      const refused = commit("shpo");
      expect(refused.stdout).toMatch(/pod\.yaml:6:\d+: error: .*"shpo"/);
      expect(refused.stdout).not.toMatch(/broken\.yaml/);
      expect(refused.status).toBe(1);
    },
    60_000,
  );
});

test("the action passes each input as one argument, and runs none as code", () => {
  const [step] = parse(read("action.yml")).runs.steps;
  const folder = scratch();
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/npx"), '#!/bin/sh\nfor a in "$@"; do echo "<$a>"; done\n');
  chmodSync(join(folder, "bin/npx"), 0o755);
  const inputs: Record<string, string> = {
    INPUT_PATHS: "k8s\nwith space/$(touch pwned)\n",
    INPUT_VERSION: "1.2.3",
    INPUT_KUBERNETES_VERSION: "1.33",
    INPUT_CONFIG: "",
    INPUT_FAIL_ON: "warning",
    INPUT_SARIF: "out.sarif",
    INPUT_ARGS: "--rule\nimage-tag-latest=error",
  };
  expect(Object.keys(step.env).sort()).toEqual(Object.keys(inputs).sort());
  expect(step.run).not.toContain("${{");
  const output = execFileSync("bash", ["-e", "-o", "pipefail", "-c", step.run], {
    cwd: folder,
    encoding: "utf8",
    env: { ...inputs, GITHUB_STEP_SUMMARY: "summary.md", PATH: `${join(folder, "bin")}:${process.env.PATH}` },
  });
  const argv = output
    .trim()
    .split("\n")
    .map((line) => line.slice(1, -1));
  expect(argv.slice(0, 3)).toEqual(["--yes", "kubeproof@1.2.3", "lint"]);
  const line = parseCommandLine(argv.slice(2));
  expect(line.operands).toEqual(["k8s", "with space/$(touch pwned)"]);
  expect(line.values.get("output")).toEqual(["github", "markdown=summary.md", "sarif=out.sarif"]);
  expect(line.values.get("rule")).toEqual(["image-tag-latest=error"]);
});

test("the GitLab job writes what it hands over", () => {
  const job = parse(read("integrations/gitlab-ci.yml"))[".kubeproof"];
  const argv = job.script[0].split(" ").slice(3);
  const files = parseCommandLine(argv)
    .values.get("output")!
    .map((output) => output.split("=")[1]);
  expect(files).toEqual([undefined, job.artifacts.reports.codequality, job.artifacts.reports.junit]);
});

describe("shell completion", () => {
  const script = (shell: string): string =>
    execFileSync(process.execPath, [join(root, "bin/kubeproof.js"), "completion", shell], { encoding: "utf8" });

  test("bash completes options, their values, and rules", () => {
    const path = join(scratch(), "completion.bash");
    writeFileSync(path, script("bash"));
    const complete = (...words: string[]): string[] =>
      execFileSync(
        "bash",
        [
          "-c",
          `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kubeproof; printf '%s\\n' "\${COMPREPLY[@]}"`,
          path,
          "kubeproof",
          ...words,
        ],
        {
          encoding: "utf8",
          cwd: tmpdir(),
        },
      )
        .trim()
        .split("\n");
    expect(complete("--outp")).toEqual(["--output"]);
    expect(complete("--output", "sar")).toEqual(["sarif"]);
    expect(complete("rules", "yaml-syn")).toEqual(["yaml-syntax"]);
    expect(complete("--kubernetes-version", "1.25")).toEqual(["1.25"]);
  });

  test.each(["bash", "zsh", "fish"])("%s knows every command and option", (shell) => {
    const text = script(shell);
    for (const { name, options } of COMMANDS) {
      expect(text).toContain(name);
      for (const option of options) expect(text).toMatch(new RegExp(`(--|-l )${option.name}\\b`));
    }
  });
});
