import { lint } from "../src/engine/lint.js";
import type { LintResult } from "../src/engine/lint-result.js";
import type { Example, Rule } from "../src/engine/rule.js";
import { readText } from "../src/input/index.js";
import { DEFAULT_MINOR, parseMinor } from "../src/schema/index.js";

/** Removes the indentation that an example has from the source around it. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").replace(/\s+$/, "\n").split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join("\n");
}

/** Runs rules over an example, each at its own severity. */
export function lintExample(rules: readonly Rule[], example: Example): LintResult {
  const {
    manifests,
    options = {},
    kubernetesVersion = undefined,
  } = typeof example === "string" ? { manifests: example } : example;
  return lint(readText("example.yaml", dedent(manifests)), {
    minor: kubernetesVersion ? parseMinor(kubernetesVersion)! : DEFAULT_MINOR,
    rules,
    setting: (rule) => ({
      severity: rule.severity,
      options: {
        ...Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default])),
        ...options,
      },
    }),
    externals: [],
  });
}

/** `line: messageId` for each `#! messageId` of an example, sorted. */
export function expectedFindings(example: Example): string[] {
  const text = dedent(typeof example === "string" ? example : example.manifests);
  return text
    .split("\n")
    .flatMap((line, i) =>
      (/#! (.+)$/.exec(line)?.[1] ?? "")
        .split(/,\s*/)
        .filter(Boolean)
        .map((id) => `${i + 1}: ${id}`),
    )
    .sort();
}
