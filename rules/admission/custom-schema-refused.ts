import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "custom-schema-refused",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["custom-schema"],
  summary: "The schema of a CustomResourceDefinition is structural.",
  why: `The API server stores custom objects by their schema: it needs a type for every field, in one place, and
    knows only some of the words of OpenAPI. It refuses a definition whose schema has others.`,
  references: [
    "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema",
  ],

  messages: { refused: wordCause },

  check(cause, { report }) {
    report("refused", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "a field without a type": `
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: shops.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: shops, singular: shop, kind: Shop, listKind: ShopList}
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:   #! refused
                      properties:
                        replicas: {type: integer}`,
    },
    good: {
      "a type for every field": `
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: shops.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: shops, singular: shop, kind: Shop, listKind: ShopList}
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
                      properties: {replicas: {type: integer}}`,
    },
  },
});
