import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SourceFile } from "../source/source-file.js";
import type { Config } from "./config.js";
import { CONFIG_KEYS, parseConfig, parseRuleFlag } from "./index.js";
import { SAMPLE_RULES } from "./testing/sample-rules.js";

const testdata = join(__dirname, "../../testdata/config");
const parse = (text: string, path = "kubeproof.yaml") => parseConfig(new SourceFile(path, text), SAMPLE_RULES);

/** What a problem says and underlines. */
function describeProblems(text: string, path: string): string {
  return parse(text, path)
    .problems.map(({ severity, message, help, source, span }) => {
      const { line, column } = source.position(span.start);
      const lines = [`${line}:${column}: ${severity}: ${message}`, `  at ${JSON.stringify(source.slice(span))}`];
      return [...lines, ...(help === undefined ? [] : [`  help: ${help}`])].join("\n");
    })
    .join("\n");
}

test.each(readdirSync(join(testdata, "ok")))("ok/%s", (file) => {
  const { config, problems } = parse(readFileSync(join(testdata, "ok", file), "utf8"), file);
  expect(problems).toEqual([]);
  expect(config).toBeDefined();
});

test.each(readdirSync(join(testdata, "err")).filter((file) => !file.endsWith(".out")))("err/%s", (file) => {
  const text = readFileSync(join(testdata, "err", file), "utf8");
  const golden = join(testdata, "err", file.replace(/\.\w+$/, ".out"));
  const described = `${describeProblems(text, file)}\n`;
  if (process.env.UPDATE || !existsSync(golden)) writeFileSync(golden, described);
  expect(described).toBe(readFileSync(golden, "utf8"));
  expect(parse(text).config).toBeUndefined();
  for (const { message, help } of parse(text).problems) {
    expect(message).toMatch(/^[A-Z].*[^.]$/);
    expect(`${message} ${help}`).not.toMatch(/\[object|NaN|\b(please|invalid|should)\b/);
  }
});

test("every key has its value, typed as Config has it", () => {
  const { config } = parse(readFileSync(join(testdata, "ok/everything.yaml"), "utf8"));
  const { exclude, crds, overrides, rules, ...rest } = config as Config;
  expect(Object.keys(config as Config).sort()).toEqual(Object.keys(CONFIG_KEYS).sort());
  expect(rest).toEqual({
    kubernetesVersion: 34,
    extends: ["recommended"],
    externals: [
      { kind: "Secret", namespace: undefined, name: "*-tls" },
      { kind: "ConfigMap", namespace: "kube-system", name: "*" },
      { kind: "ClusterRole", namespace: undefined, name: "system:*" },
    ],
    references: [
      {
        from: { group: "example.com", kind: "Database" },
        path: "spec.users[*].passwordSecret",
        name: "name",
        namespace: "namespace",
        key: "key",
        to: { group: "", kind: "Secret" },
        optional: true,
      },
      {
        from: { group: "apps", kind: "Deployment" },
        path: "metadata.annotations[example.com/settings]",
        to: { group: "", kind: "ConfigMap" },
      },
    ],
  });
  expect(exclude.map((glob) => glob.matches("a/charts/b/templates/c.yaml"))).toEqual([true]);
  expect(crds.map((glob) => glob.text)).toEqual(["crds/**/*.yaml"]);
  expect([...rules]).toEqual([
    ["image-tag-latest", { severity: "error", options: {} }],
    ["min-replicas", { severity: "warning", options: { replicas: 2 } }],
    [
      "labels-missing",
      {
        severity: "note",
        options: {
          labels: ["app.kubernetes.io/name", "app.kubernetes.io/part-of"],
          kinds: ["Deployment"],
          style: "camel",
          strict: true,
        },
      },
    ],
  ]);
  expect(overrides.map(({ files, rules: own }) => [files.map((g) => g.text), [...own]])).toEqual([
    [["overlays/dev/**", "!overlays/dev/base/**"], [["min-replicas", { severity: "off", options: {} }]]],
    [["test"], [["image-tag-latest", { severity: "on", options: {} }]]],
  ]);
});

test.each([
  ["rules: {min-replicas: off\nexclude: [a]\n", 1],
  ["exclude: [a]\nexclude: [b]\n", 2],
  ["exclude: [a]\n---\nrules: {}\n", 3],
])("%j cannot be used", (text, line) => {
  const { config, problems } = parse(text);
  expect(config).toBeUndefined();
  expect(problems.map(({ source, span }) => source.position(span.start).line)).toContain(line);
});

test("an alias is understood, with a warning that names the current id", () => {
  const { config, problems } = parse("rules: { latest-tag: error }");
  expect([...config!.rules.keys()]).toEqual(["image-tag-latest"]);
  expect(problems).toMatchObject([
    { severity: "warning", message: 'Rule "latest-tag" is now called "image-tag-latest"', span: { start: 9, end: 19 } },
  ]);
});

test("a hostile configuration gives a hundred problems, quickly", () => {
  const text = `rules:\n${Array.from({ length: 3000 }, (_, i) => `  unknown-rule-${i}: error\n`).join("")}`;
  expect(parse(text).problems).toHaveLength(100);
});

test.each([
  ["min-replicas=off", "min-replicas", { severity: "off", options: {} }],
  ["latest-tag=error", "image-tag-latest", { severity: "error", options: {} }],
  ["min-replicas=[warning, {replicas: 3}]", "min-replicas", { severity: "warning", options: { replicas: 3 } }],
])("--rule %s", (flag, id, choice) => {
  expect(parseRuleFlag(flag, SAMPLE_RULES)).toEqual({ id, choice });
});

test.each([
  ["min-replicas", '"min-replicas" sets no severity'],
  ["min-replicas=", 'Rule "min-replicas" has no severity'],
  ["min-replica=error", 'Unknown rule "min-replica"'],
  ["min-replicas=fatal", 'Rule "min-replicas" is set to "fatal", which is no severity'],
  ["=error", 'Unknown rule ""'],
])("--rule %s is refused", (flag, message) => {
  expect(parseRuleFlag(flag, SAMPLE_RULES)).toMatchObject({ message });
});

test.each(["min-replicas=[", 'a"b=\n---\n- x', "x=\u0000", "a=*b"])("--rule %j does not throw", (flag) => {
  expect(parseRuleFlag(flag, SAMPLE_RULES)).toHaveProperty("message");
});
