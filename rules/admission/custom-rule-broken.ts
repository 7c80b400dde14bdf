import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "custom-rule-broken",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["custom-rule"],
  summary: "Objects of a custom kind keep the rules that its definition has in CEL.",
  why: `A CustomResourceDefinition can ask for more than types: expressions that each object has to fulfil. The API
    server evaluates them and refuses an object that breaks one.`,
  references: [
    "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules",
  ],

  messages: { broken: wordCause },

  check(cause, { report }) {
    report("broken", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "fewer replicas than the least": `
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
                      properties: {least: {type: integer}, replicas: {type: integer}}
                      x-kubernetes-validations:
                        - rule: self.replicas >= self.least
                          message: there are at least as many replicas as spec.least says
        ---
        apiVersion: example.com/v1
        kind: Shop
        metadata: {name: web}
        spec: {least: 3, replicas: 1}   #! broken`,
    },
    good: {
      "as many as that": `
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
                      properties: {least: {type: integer}, replicas: {type: integer}}
                      x-kubernetes-validations: [{rule: self.replicas >= self.least}]
        ---
        apiVersion: example.com/v1
        kind: Shop
        metadata: {name: web}
        spec: {least: 3, replicas: 3}`,
    },
  },
});
