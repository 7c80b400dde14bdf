import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "yaml-unread-text",
  category: "syntax",
  since: "0.1.0",
  each: "yamlProblem",
  codes: ["unread-text"],
  having: "warning",
  summary: "Nothing may stand behind the end of a document.",
  why: `The decoder stops where the document ends and does not look at what follows up to the next \`---\`. A line that
    stands further left than the first one ends the document, so everything from there on is lost without a word.`,
  references: ["https://yaml.org/spec/1.1/#id897596"],
  messages: {
    unread: (d: { message: string; help?: string }) => ({ text: d.message, help: d.help }),
  },
  check({ message, help }, { report }) {
    report("unread", { at: "", data: { message, help } });
  },
  examples: {
    bad: {
      "the first line is indented, the rest is not": `
          apiVersion: v1
          kind: ConfigMap
        metadata: {name: shop}   #! unread
      `,
    },
    good: {
      "a document that is indented as a whole": `
        ---
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: shop}
      `,
    },
  },
});
