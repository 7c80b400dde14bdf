import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "yaml-duplicate-key",
  category: "syntax",
  since: "0.1.0",
  each: "yamlProblem",
  codes: ["duplicate-key"],
  summary: "A key must stand once in its mapping.",
  why: `The API server keeps the last value and drops the others, under strict validation it refuses the object.
    kubectl drops them too, without a word, so what was written first never has an effect.`,
  references: ["https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"],
  messages: {
    duplicate: (d: { message: string; help?: string }) => ({ text: d.message, help: d.help }),
  },
  check({ message, help }, { report }) {
    report("duplicate", { at: "", data: { message, help } });
  },
  examples: {
    bad: {
      "two sets of labels": `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
          labels: {app: shop}
          labels: {tier: web}   #! duplicate
      `,
    },
    good: {
      "the same key in different mappings": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data: {name: shop}
      `,
    },
  },
});
