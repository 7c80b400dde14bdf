import type { Example, Rule, RuleOption } from "./rule.js";

/** A rule's documentation as Markdown: what `kubeproof rules ID` shows and `docs/rules/` holds. */
export function ruleDocument(rule: Rule): string {
  const sections = [
    `# ${rule.id}`,
    rule.summary,
    `| category | severity | preset | since |\n|---|---|---|---|\n| ${rule.category} | ${rule.severity} | ${rule.preset} | ${rule.since} |`,
    `## Why\n\n${rule.why}`,
  ];
  const options = Object.entries(rule.options);
  if (options.length > 0)
    sections.push(`## Options\n\n${options.map(([name, option]) => optionLine(name, option)).join("\n")}`);
  sections.push(
    ...exampleSections("Reported", rule.examples.bad),
    ...exampleSections("Not reported", rule.examples.good),
  );
  if (rule.aliases.length > 0) sections.push(`Formerly ${rule.aliases.map((alias) => `\`${alias}\``).join(", ")}.`);
  if (rule.references.length > 0)
    sections.push(`## References\n\n${rule.references.map((url) => `- <${url}>`).join("\n")}`);
  return `${sections.join("\n\n")}\n`;
}

const optionLine = (name: string, option: RuleOption): string =>
  `- \`${name}\` (default \`${JSON.stringify(option.default)}\`${option.values ? `; one of ${option.values.map((v) => `\`${v}\``).join(", ")}` : ""}): ${option.summary}`;

function exampleSections(title: string, examples: Readonly<Record<string, Example>>): string[] {
  const entries = Object.entries(examples);
  if (entries.length === 0) return [];
  return [
    `## ${title}`,
    ...entries.map(([name, example]) => {
      const settings =
        typeof example === "string"
          ? []
          : [
              example.kubernetesVersion && `Kubernetes ${example.kubernetesVersion}`,
              example.options && `options \`${JSON.stringify(example.options)}\``,
            ].filter(Boolean);
      return `${capital(name)}${settings.length > 0 ? ` (${settings.join(", ")})` : ""}:\n\n\`\`\`yaml\n${exampleText(example)}\`\`\``;
    }),
  ];
}

/** The manifests of an example without the indentation of the source around it; the `#!` marks become `# <-`. */
export function exampleText(example: Example): string {
  const text = typeof example === "string" ? example : example.manifests;
  const lines = text.replace(/^\n/, "").replace(/\s+$/, "").split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return `${lines.map((line) => line.slice(indent).replace(/\s*#! .*$/, "  # <- reported")).join("\n")}\n`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The table of all rules, by category. */
export function ruleIndex(rules: readonly Rule[]): string {
  const categories = [...new Set(rules.map((rule) => rule.category))];
  const tables = categories.map((category) => {
    const rows = rules
      .filter((rule) => rule.category === category)
      .map(
        (rule) =>
          `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.preset} | ${rule.summary.replaceAll("|", "\\|")} |`,
      );
    return `## ${category}\n\n| rule | severity | preset | what must hold |\n|---|---|---|---|\n${rows.join("\n")}`;
  });
  return `# Rules\n\n\`kubeproof rules ID\` shows one of these pages on the terminal.\n\n${tables.join("\n\n")}\n`;
}
