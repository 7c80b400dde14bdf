import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "yaml-encoding",
  category: "syntax",
  since: "0.1.0",
  each: "yamlProblem",
  codes: ["bad-character", "bad-encoding"],
  summary: "A manifest must be UTF-8 (or UTF-16 with a byte order mark) without control characters.",
  why: `The decoder refuses control characters anywhere, in comments too, and bytes that are no text. They are
    invisible in most editors and come from copied terminal output or a wrongly saved file.`,
  references: ["https://yaml.org/spec/1.1/#id868518"],
  messages: {
    problem: (d: { message: string; help?: string }) => ({ text: d.message, help: d.help }),
  },
  check({ message, help }, { report }) {
    report("problem", { at: "", data: { message, help } });
  },
  examples: {
    bad: {
      "an escape character from a copied terminal": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          prompt: "\u001b[1mshop"   #! problem
      `,
    },
    good: {
      "written as an escape": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          prompt: "\\u001b[1mshop"
      `,
    },
  },
});
