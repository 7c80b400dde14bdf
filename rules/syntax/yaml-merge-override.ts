import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "yaml-merge-override",
  category: "syntax",
  severity: "note",
  preset: "strict",
  since: "0.1.0",
  each: "yamlProblem",
  codes: ["merge-override"],
  summary: "A key must not be given both by a merge key and beside it.",
  why: `kubectl and most deployment tools turn YAML into JSON themselves, and the override works as meant where the key
    follows the \`<<\`. The API server, sent the YAML itself, refuses it under strict validation; and a key before the
    \`<<\` is overwritten by it, against what YAML says.`,
  references: ["https://yaml.org/type/merge.html"],
  messages: {
    override: (d: { message: string; help?: string }) => ({ text: d.message, help: d.help }),
  },
  check({ message, help }, { report }) {
    report("override", { at: "", data: { message, help } });
  },
  examples: {
    bad: {
      "a label of its own": `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
          annotations: &common {team: shop, tier: web}
          labels:
            <<: *common
            tier: data   #! override
      `,
    },
    good: {
      "keys that the merged mapping does not have": `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
          annotations: &common {team: shop}
          labels: {<<: *common, tier: data}
      `,
    },
  },
});
