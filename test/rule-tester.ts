import { lint } from "../src/engine/lint.js";
import type { LintResult } from "../src/engine/lint-result.js";
import type { Example, Rule } from "../src/engine/rule.js";
import { type Input, readText } from "../src/input/index.js";
import { DEFAULT_MINOR, parseMinor } from "../src/schema/index.js";

/** Removes the indentation that an example has from the source around it. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").replace(/\s+$/, "\n").split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join("\n");
}

/**
 * An example as an input. Lines `# file: PATH` begin further files; each keeps its lines and offsets in the example, for
 * what stands before it is blank.
 */
function readExample(text: string): Input {
  const starts = [...text.matchAll(/^# file: (\S+)$/gm)].map((match) => ({ path: match[1]!, at: match.index }));
  if (starts.length === 0) return readText("example.yaml", text);
  const inputs = starts.map(({ path, at }, i) =>
    readText(path, text.slice(0, at).replace(/[^\n]/g, " ") + text.slice(at, starts[i + 1]?.at)),
  );
  return {
    files: inputs.flatMap(({ files }) => files),
    documents: inputs.flatMap(({ documents }) => documents),
    manifests: inputs.flatMap(({ manifests }) => manifests),
    skipped: inputs.flatMap(({ skipped }) => skipped),
    externals: inputs.flatMap(({ externals }) => externals),
    unreadable: inputs.flatMap(({ unreadable }) => unreadable),
  };
}

/** Runs rules over an example, each at its own severity. */
export function lintExample(rules: readonly Rule[], example: Example): LintResult {
  const {
    manifests,
    options = {},
    kubernetesVersion = undefined,
  } = typeof example === "string" ? { manifests: example } : example;
  return lint(readExample(dedent(manifests)), {
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
