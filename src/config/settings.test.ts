import { SourceFile } from "../source/source-file.js";
import { type CommandLineSettings, parseConfig, resolveSettings } from "./index.js";
import { pathWithin } from "./paths.js";
import { SAMPLE_RULES } from "./testing/sample-rules.js";

const PLACE = { folder: "/home/me/shop", workingDirectory: "/home/me/shop/k8s" };

/** `id: severity {options}` of the rules that are on for a file. */
function settingsFor(text: string | undefined, path = "a.yaml", commandLine: CommandLineSettings = {}) {
  const config = text === undefined ? undefined : parseConfig(new SourceFile("c", text), SAMPLE_RULES).config;
  if (text !== undefined && !config) throw new Error("the configuration has errors");
  const { setting } = resolveSettings(config, SAMPLE_RULES, commandLine, PLACE);
  return Object.fromEntries(SAMPLE_RULES.flatMap((rule) => [[rule.id, setting(rule, path)?.severity ?? "off"]]));
}

test.each([
  [undefined, "warning", "warning", "off"],
  ["", "warning", "warning", "off"],
  ["extends: []", "off", "off", "off"],
  ["extends: minimal", "warning", "off", "off"],
  ["extends: [minimal, recommended]", "warning", "warning", "off"],
  ["extends: [strict]", "warning", "warning", "warning"],
  ["rules: { image-tag-latest: off, min-replicas: error, labels-missing: on }", "off", "error", "warning"],
  ["extends: []\nrules: { image-tag-latest: note }", "note", "off", "off"],
])("%j", (text, ...severities) => {
  expect(Object.values(settingsFor(text))).toEqual(severities);
});

const LAYERED = `
rules: { min-replicas: [error, { replicas: 3 }] }
overrides:
  - files: ["k8s/dev/**"]
    rules: { min-replicas: off, image-tag-latest: off }
  - files: ["**/dev/important/**", "!**/*.tmp.yaml"]
    rules: { min-replicas: note }
`;

test.each([
  ["prod/a.yaml", "error"],
  ["./prod/../dev/a.yaml", "off"],
  ["dev/important/a.yaml", "note"],
  ["dev/important/a.tmp.yaml", "off"],
  ["/home/me/shop/k8s/dev/a.yaml", "off"],
  ["../other/dev/important/a.yaml", "note"],
  ["/elsewhere/k8s/dev/a.yaml", "error"],
  ["-", "error"],
])("overrides go by the path from the configuration: %s", (path, severity) => {
  expect(settingsFor(LAYERED, path)["min-replicas"]).toBe(severity);
});

test("a Markdown text: mistakes are warnings, what an example leaves out is left to strict", () => {
  const [first] = SAMPLE_RULES as [(typeof SAMPLE_RULES)[number]];
  const mistake = { ...first, category: "schema", severity: "error" } as const;
  const at = (rule: typeof first, path: string, text = "") => {
    const { config } = parseConfig(new SourceFile("c", text), SAMPLE_RULES);
    return resolveSettings(config, [rule], {}, PLACE).setting(rule, path)?.severity;
  };
  expect([at(mistake, "README.md"), at(mistake, "a.yaml")]).toEqual(["warning", "error"]);
  expect([at(first, "README.md"), at(first, "a.yaml")]).toEqual([undefined, "warning"]);
  expect(at(first, "docs/a.markdown", "extends: strict")).toBe("warning");
  expect(at(mistake, "README.md", `rules: { ${first.id}: error }`)).toBe("error");
  const overridden = `overrides: [{ files: ["**/*.md"], rules: { ${first.id}: note } }]`;
  expect([at(first, "README.md", overridden), at(first, "a.yaml", overridden)]).toEqual(["note", "warning"]);
});

test("the command line wins over everything", () => {
  const choice = { severity: "warning", options: { replicas: 9 } } as const;
  const commandLine: CommandLineSettings = { minor: 30, presets: ["minimal"], rules: [{ id: "min-replicas", choice }] };
  const { config } = parseConfig(new SourceFile("c", `kubernetesVersion: "1.33"${LAYERED}`), SAMPLE_RULES);
  const settings = resolveSettings(config, SAMPLE_RULES, commandLine, PLACE);
  const rule = SAMPLE_RULES.find(({ id }) => id === "min-replicas")!;
  expect(settings.setting(rule, "dev/a.yaml")).toEqual({ severity: "warning", options: { replicas: 9 } });
  expect(settings.minor).toBe(30);
  expect(resolveSettings(config, SAMPLE_RULES).minor).toBe(33);
  expect(resolveSettings(undefined, SAMPLE_RULES).minor).toBe(34);
});

test("options not set keep their defaults, and a severity alone keeps the options", () => {
  const { config } = parseConfig(new SourceFile("c", LAYERED), SAMPLE_RULES);
  const settings = resolveSettings(config, SAMPLE_RULES, {}, PLACE);
  const rule = SAMPLE_RULES.find(({ id }) => id === "min-replicas")!;
  expect(settings.setting(rule, "dev/important/a.yaml")).toEqual({ severity: "note", options: { replicas: 3 } });
  expect(resolveSettings(undefined, SAMPLE_RULES).setting(rule, "a")).toEqual({
    severity: "warning",
    options: { replicas: 2 },
  });
});

test("exclude goes by the path from the configuration", () => {
  const { config } = parseConfig(new SourceFile("c", 'exclude: ["k8s/charts", "**/*.json"]'), SAMPLE_RULES);
  const { excludes, exclude } = resolveSettings(config, SAMPLE_RULES, {}, PLACE);
  expect(["charts", "charts/a.yaml", "a.json", "a.yaml", "k8s/charts/a.yaml"].filter(excludes)).toEqual([
    "charts",
    "charts/a.yaml",
    "a.json",
  ]);
  expect(exclude).toEqual(["k8s/charts", "**/*.json"]);
});

test.each([
  ["/a/b", "c.yaml", "/a/b", "c.yaml"],
  ["/a", "c.yaml", "/a/b", "b/c.yaml"],
  ["/a/b", "../c.yaml", "/a/b", "../c.yaml"],
  ["/", "x", "/tmp", "tmp/x"],
  ["C:/repo", "k8s/a.yaml", "C:/repo", "k8s/a.yaml"],
  ["C:/repo", "C:/repo/a.yaml", "D:/", "a.yaml"],
  ["/a/b", "/a/bc/d", "/", "../bc/d"],
])("pathWithin(%s, %s, %s) is %s", (folder, path, workingDirectory, expected) => {
  expect(pathWithin(folder, path, workingDirectory)).toBe(expected);
});
