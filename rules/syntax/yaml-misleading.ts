import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "yaml-misleading",
  category: "syntax",
  severity: "warning",
  since: "0.1.0",
  each: "yamlProblem",
  codes: ["missing-space-after-colon", "slash-comment", "smart-quote", "no-break-space", "template-placeholder"],
  having: "warning",
  summary: "A text must mean to YAML what it looks like.",
  why: `\`key:value\` without a space is one word, typographic quotes and no-break spaces are letters. The decoder takes
    such a text without complaint, and a value is not what its author sees.`,
  references: ["https://yaml.org/spec/1.1/#id903915"],
  messages: {
    misleading: (d: { message: string; help?: string }) => ({ text: d.message, help: d.help }),
  },
  check({ message, help }, { report }) {
    report("misleading", { at: "", data: { message, help } });
  },
  examples: {
    bad: {
      "a value in typographic quotes": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          greeting: “hello”   #! misleading
      `,
      "a mapping that is one word": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          level:debug   #! misleading
      `,
    },
    good: {
      "typographic quotes within a text": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          greeting: "They say “hello”"
          address: http://shop
      `,
    },
  },
});
