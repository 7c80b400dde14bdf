import { RULES } from "../../rules/index.js";
import { nearestName } from "../diagnostics/nearest-name.js";
import type { Rule } from "../engine/rule.js";
import { exampleText, ruleDocument } from "../engine/rule-document.js";
import type { ExitCode, Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";

/** `kubeproof rules [ID]`: the list, or one rule with its reason, options and examples. */
export function rulesCommand(line: CommandLine, host: Host): ExitCode {
  const json = line.values.get("output")?.[0] === "json";
  const [id] = line.operands;
  if (id === undefined) {
    host.out(json ? `${JSON.stringify(RULES.map(asJson), null, 2)}\n` : listing(RULES));
    return 0;
  }
  const rule = RULES.find((r) => r.id === id || r.aliases.includes(id));
  if (!rule) {
    const nearest = nearestName(
      id,
      RULES.map((r) => r.id),
    );
    throw new UsageError(
      `No rule is called "${id}"; ${nearest ? `did you mean "${nearest}"?` : `"kubeproof rules" lists them`}`,
    );
  }
  host.out(json ? `${JSON.stringify(asJson(rule), null, 2)}\n` : ruleDocument(rule));
  return 0;
}

function listing(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map((rule) => rule.id.length));
  const categories = [...new Set(rules.map((rule) => rule.category))];
  return categories
    .map((category) => {
      const rows = rules.filter((rule) => rule.category === category);
      return `${category}\n${rows.map((rule) => `  ${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.preset.padEnd(11)}  ${rule.summary}`).join("\n")}\n`;
    })
    .join("\n");
}

const asJson = (rule: Rule) => ({
  id: rule.id,
  category: rule.category,
  severity: rule.severity,
  preset: rule.preset,
  since: rule.since,
  summary: rule.summary,
  why: rule.why,
  references: rule.references,
  aliases: rule.aliases,
  options: rule.options,
  url: rule.url,
  examples: {
    bad: Object.fromEntries(Object.entries(rule.examples.bad).map(([name, example]) => [name, exampleText(example)])),
    good: Object.fromEntries(Object.entries(rule.examples.good).map(([name, example]) => [name, exampleText(example)])),
  },
});
