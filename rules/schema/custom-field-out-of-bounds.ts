import { defineRule, fieldWords } from "../../src/rule-api.js";

export default defineRule({
  id: "custom-field-out-of-bounds",
  category: "schema",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["constraint"],
  summary: "A custom resource must keep the bounds that its definition sets.",
  why: `A CustomResourceDefinition can bound numbers, lengths and texts, and ask for one of several alternatives. The API
    server refuses a custom resource that does not keep to it.`,
  references: [
    "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation",
  ],

  messages: {
    bounds: (d: { field: string; expected: string; found: string }) => ({
      text: `${d.field} takes ${d.expected}, but is ${d.found}`,
    }),
  },

  check({ path: at, expected, found }, { report }) {
    report("bounds", { at, data: { field: fieldWords(at), expected, found } });
  },

  examples: {
    bad: {
      "a number too large, a text of another form": `
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: shops.example.com}
        spec:
          group: example.com
          names: {kind: Shop, plural: shops}
          scope: Namespaced
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      properties:
                        size: {type: integer, minimum: 1, maximum: 10}
                        code: {type: string, pattern: "^[A-Z]{3}$"}
        ---
        apiVersion: example.com/v1
        kind: Shop
        metadata: {name: corner}
        spec:
          size: 11    #! bounds
          code: abc   #! bounds`,
    },
    good: {
      "no definition, no bounds": `
        apiVersion: example.com/v1
        kind: Shop
        metadata: {name: corner}
        spec: {size: 11}`,
    },
  },
});
