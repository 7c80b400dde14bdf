import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "yaml-suspicious-character",
  category: "syntax",
  severity: "warning",
  since: "0.1.0",
  each: "yamlProblem",
  codes: ["smart-quote", "no-break-space"],
  summary: "Quotes and spaces must be the ones YAML knows.",
  why: `Word processors and web pages turn quotes and spaces into look-alikes. To YAML they are ordinary letters, so
    they become part of the value.`,
  references: ["https://yaml.org/spec/1.1/#id903915"],
  messages: {
    suspicious: (d: { message: string; help?: string }) => ({ text: d.message, help: d.help }),
  },
  check({ message, help }, { report }) {
    report("suspicious", { at: "", data: { message, help } });
  },
  examples: {
    bad: {
      "a value in typographic quotes": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          greeting: “hello”   #! suspicious
      `,
    },
    good: {
      "typographic quotes within a text": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          greeting: "They say “hello”"
      `,
    },
  },
});
