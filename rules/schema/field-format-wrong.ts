import { defineRule, fieldWords } from "../../src/rule-api.js";

const FORMATS: Readonly<Record<string, { readonly expected: string; readonly help: string }>> = {
  quantity: { expected: "a quantity", help: "Write a number, with a suffix if need be: 500m, 2, 128Mi, 1G" },
  base64: { expected: "base64", help: "Encode the value, or write it as it is under stringData where there is one" },
  "date-time": { expected: "a date and time", help: "Write it as 2024-01-31T12:00:00Z" },
  "date-time with microseconds": {
    expected: "a date and time with microseconds",
    help: "Write it as 2024-01-31T12:00:00.000000Z",
  },
};

export default defineRule({
  id: "field-format-wrong",
  category: "schema",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["bad-format"],
  summary: "A string must have the format that its field prescribes.",
  why: "The API server cannot decode the object and refuses it. Suffixes of quantities are case-sensitive: Ki, not KI.",
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/"],

  messages: {
    format: (d: { field: string; expected: string; value: string; help?: string }) => ({
      text: `${d.field} takes ${d.expected}, but is "${d.value}"`,
      help: d.help,
    }),
    secretFormat: (d: { field: string; expected: string; help?: string }) => ({
      text: `${d.field} takes ${d.expected}, which its value is not`,
      help: d.help,
    }),
  },

  check({ path: at, format, value, remedy }, { report }) {
    const { expected, help } = FORMATS[format] ?? { expected: format, help: undefined };
    const data = { field: fieldWords(at), expected, help: remedy ? `Did you mean to ${remedy}?` : help };
    const short = value.length > 60 ? `${value.slice(0, 57)}...` : value;
    // The value of a Secret is not repeated.
    if (value === "" && format === "base64") report("secretFormat", { at, data });
    else report("format", { at, data: { ...data, value: short } });
  },

  examples: {
    bad: {
      "an amount of memory": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              resources:
                limits:
                  memory: 512mb   #! format
                  cpu: half       #! format`,
      "a Secret in plain text": `
        apiVersion: v1
        kind: Secret
        metadata: {name: shop}
        data:
          password: open sesame   #! secretFormat`,
    },
    good: {
      "amounts in any notation": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: shop, image: "shop:1.4", resources: {limits: {memory: 1.5Gi, cpu: 500m}, requests: {memory: 1e9, cpu: .5}}}`,
      "plain text where it may stand": `
        apiVersion: v1
        kind: Secret
        metadata: {name: shop}
        stringData: {password: open sesame}`,
    },
  },
});
