import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Host } from "../src/cli/host.js";
import { run } from "../src/cli/main.js";
import { nodeFileSystem } from "../src/cli/node-file-system.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubeproof-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

async function kubeproof(argv: readonly string[], options: { stdin?: string; host?: Partial<Host> } = {}) {
  let out = "";
  let err = "";
  const code = await run(argv, {
    fileSystem: nodeFileSystem,
    workingDirectory: folder,
    environment: {},
    terminalWidth: undefined,
    progressVisible: false,
    readStandardInput: () => Buffer.from(options.stdin ?? ""),
    writeFile: (path, text) => writeFileSync(path, text),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    ...options.host,
  });
  return { code, out: out.replaceAll(`${folder}/`, ""), err: err.replaceAll(`${folder}/`, "") };
}

const CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {level: debug}\n";
const MISSPELT = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndta: {level: debug}\n";

describe("lint", () => {
  test("says nothing on standard output and exits with 0 where there is nothing to say", async () => {
    expect(await kubeproof([write("a.yaml", CONFIG_MAP)])).toMatchObject({ code: 0, out: "" });
  });

  test("names the place of a mistake and exits with 1", async () => {
    const { code, out } = await kubeproof(["lint", write("a.yaml", MISSPELT)]);
    expect(out).toMatch(/^a\.yaml:4:1: error: .*"dta".* \[[a-z-]+\]\n$/);
    expect(code).toBe(1);
  });

  test("a report that cannot be written is the user's to mend, not a fault", async () => {
    const { code, err } = await kubeproof([write("a.yaml", CONFIG_MAP), "--output", `sarif=${folder}`]);
    expect(err).toMatch(/^kubeproof: \S+ cannot be written: It is a folder\n$/);
    expect(code).toBe(2);
  });

  test("says why where nothing was linted", async () => {
    const skipped = await kubeproof([write("bin.yaml", "\0\0\0")]);
    expect(skipped).toMatchObject({ code: 0, out: "" });
    expect(skipped.err).toMatch(/kubeproof: skipped bin\.yaml: not text\n$/);
    const mistyped = await kubeproof(["compltion"]);
    expect(mistyped.code).toBe(2);
    expect(mistyped.err).toBe(
      'kubeproof: compltion: There is no such file or folder; for the command, write "kubeproof completion"\n',
    );
  });

  test("--fail-on never exits with 0", async () => {
    expect((await kubeproof([write("a.yaml", MISSPELT), "--fail-on", "never"])).code).toBe(0);
  });

  test("reads standard input under the name it is given", async () => {
    const { out } = await kubeproof(["-", "--stdin-name", "live.yaml"], { stdin: MISSPELT });
    expect(out).toMatch(/^live\.yaml:4:1: /);
  });

  test("writes several formats at once, each to its file", async () => {
    const report = join(folder, "report.json");
    const { out } = await kubeproof([write("a.yaml", MISSPELT), "--output", `json=${report}`, "-o", "compact"]);
    expect(out).toMatch(/^a\.yaml:4:1: /);
    expect(JSON.parse(readFileSync(report, "utf8")).summary.errors).toBe(1);
  });

  test("reports in the named files, and resolves references in the context", async () => {
    write("k8s/config.yaml", CONFIG_MAP);
    write("k8s/broken.yaml", MISSPELT);
    const pod = write(
      "k8s/pod.yaml",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - {name: c, image: 'a:1', envFrom: [{configMapRef: {name: shop}}]}\n",
    );
    const alone = await kubeproof([pod, "--preset", "minimal"]);
    expect(alone.out).toMatch(/ConfigMap "shop"/);
    expect((await kubeproof([pod, "--preset", "minimal", "--context", join(folder, "k8s")])).out).toBe("");
  });

  test("sets rules, and says which name was meant", async () => {
    const path = write("a.yaml", MISSPELT);
    const { out } = await kubeproof([path, "-o", "json"]);
    const { rule } = JSON.parse(out).diagnostics[0];
    expect((await kubeproof([path, "--rule", `${rule}=off`])).code).toBe(0);
    const wrong = await kubeproof([path, "--rule", `${rule.slice(0, -1)}=off`]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain(rule);
  });

  test("takes the configuration from the folder it is started in", async () => {
    write("kubeproof.yaml", "kubernetesVersion: '1.30'\nexclude: ['old/**']\n");
    write("old/a.yaml", MISSPELT);
    write("new/a.yaml", CONFIG_MAP);
    const { code, out } = await kubeproof([folder, "-o", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ kubernetesVersion: "1.30" });
  });

  test("a mistake in the configuration is named with its place, exit code 2", async () => {
    write("kubeproof.yaml", "extends: [recomended]\n");
    const { code, err } = await kubeproof([write("a.yaml", CONFIG_MAP)]);
    expect(code).toBe(2);
    expect(err).toMatch(/kubeproof\.yaml:1:11: error: .*recommended/);
  });

  test("a path that is not there is named, and the others are linted all the same", async () => {
    const { code, out, err } = await kubeproof([write("a.yaml", MISSPELT), join(folder, "b.yaml")]);
    expect(code).toBe(2);
    expect(err).toContain("b.yaml");
    expect(out).toContain("a.yaml:4:1");
  });

  test("--fix applies what is safe, once and for all", async () => {
    const path = write("a.yaml", CONFIG_MAP.replace("debug}", "1, port: 80}"));
    await kubeproof([path, "--fix"]);
    const once = readFileSync(path, "utf8");
    expect(once).toContain('{level: "1", port: "80"}');
    await kubeproof([path, "--fix"]);
    expect(readFileSync(path, "utf8")).toBe(once);
  });

  test("--fix leaves alone what it could not write back as it was", async () => {
    const utf16 = write("a.yaml", "");
    writeFileSync(utf16, Buffer.from(`\ufeff${CONFIG_MAP.replace("debug", "1")}`, "utf16le"));
    const before = readFileSync(utf16);
    const { err } = await kubeproof([utf16, "--fix"]);
    expect(err).toContain("a.yaml: not fixed");
    expect(readFileSync(utf16).equals(before)).toBe(true);
    const other = write("b.yaml", CONFIG_MAP);
    await kubeproof(["-", "--fix", "--stdin-name", other], { stdin: CONFIG_MAP.replace("debug", "1") });
    expect(readFileSync(other, "utf8")).toBe(CONFIG_MAP);
  });

  test("colour only where it is wanted", async () => {
    const path = write("a.yaml", MISSPELT);
    const pretty = (argv: string[], environment: Record<string, string>, terminalWidth: number | undefined) =>
      kubeproof([path, "-o", "pretty", ...argv], { host: { environment, terminalWidth } }).then(({ out }) =>
        out.includes("\x1b["),
      );
    expect(await pretty([], {}, 80)).toBe(true);
    expect(await pretty([], {}, undefined)).toBe(false);
    expect(await pretty([], { NO_COLOR: "1" }, 80)).toBe(false);
    expect(await pretty(["--color", "always"], { NO_COLOR: "1" }, undefined)).toBe(true);
    expect(await pretty(["--color", "never"], {}, 80)).toBe(false);
  });
});

describe("the command line", () => {
  test.each([
    [["--outptu", "json"], /--output/],
    [["--output", "jsn"], /json/],
    [["--fail-on"], /needs a value/],
    [["--kubernetes-version", "1.12"], /1\.25 to 1\.35/],
    [["rules", "no-such-rule"], /No rule is called/],
  ])("%j is a usage error that names the remedy", async (argv, remedy) => {
    const { code, err } = await kubeproof(argv);
    expect(code).toBe(2);
    expect(err).toMatch(remedy);
  });

  test("--help and --version", async () => {
    expect((await kubeproof(["--help"])).out).toMatch(/^Usage: kubeproof/);
    expect((await kubeproof(["rules", "--help"])).out).toMatch(/^Usage: kubeproof rules/);
    expect((await kubeproof(["--version"])).out).toMatch(/^kubeproof \d/);
  });
});

test("rules lists every rule and explains one", async () => {
  const { out } = await kubeproof(["rules"]);
  expect(out).toContain("yaml-syntax");
  expect((await kubeproof(["rules", "yaml-syntax"])).out).toMatch(/^# yaml-syntax\n/);
});

test("parse prints a document a line as the API server decodes it", async () => {
  const { out } = await kubeproof([
    "parse",
    write("a.yaml", "{apiVersion: v1, kind: A, a: 0x10}\n---\n{apiVersion: v1, kind: B, b: yes}\n---\n[\n"),
    "--output",
    "json",
  ]);
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.slice(0, 2)).toMatchObject([
    { document: 0, value: { a: 16 }, errors: [] },
    { document: 1, value: { b: true }, errors: [] },
  ]);
  expect(lines[2].errors[0].range.start.line).toBe(5);
});
