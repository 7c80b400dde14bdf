import { defineRule, fieldWords } from "../../src/rule-api.js";

export default defineRule({
  id: "list-item-null",
  category: "schema",
  severity: "warning",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["null-value"],
  summary: "An item of a list or an entry of a map must have a value.",
  why: `The API server reads a null item or entry as an empty value of its type: an empty string, zero, an object with no
    fields. A dash or a key with nothing after it is more often a value forgotten.`,

  messages: {
    null: (d: { field: string; expected: string }) => ({
      text: `${d.field} is null, where ${d.expected} belongs; the API server reads it as an empty one`,
      help: "Give it a value, or remove it",
    }),
  },

  check({ path: at, expected, refused }, { report }) {
    // Where the server refuses it: field-type-wrong.
    if (!refused) report("null", { at, data: { field: fieldWords(at), expected } });
  },

  examples: {
    bad: {
      "a label and an argument without a value": `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
          labels:
            app:   #! null
        spec:
          containers:
            - name: shop
              image: shop:1.4
              args:
                - --verbose
                -   #! null`,
    },
    good: {
      "a field without a value is as good as absent": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              args:`,
    },
  },
});
