import { defineRule, didYouMean, typeWords } from "../../src/rule-api.js";

export default defineRule({
  id: "field-unknown",
  category: "schema",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["unknown-field"],
  summary: "Every field must be one that its type has, at the level where it stands.",
  why: `Under strict validation the API server refuses the object; otherwise it drops the field with a warning, and what it
    was meant to set stays at its default. Names are case-sensitive.`,
  references: ["https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"],

  messages: {
    unknown: (d: { field: string; type: string; nearest?: string }) => ({
      text: `Unknown field "${d.field}" in ${typeWords(d.type)}`,
      help: didYouMean(d.nearest),
    }),
    misplaced: (d: { field: string; type: string; belongsTo: string }) => ({
      text: `Unknown field "${d.field}" in ${typeWords(d.type)}`,
      help: `It belongs at ${d.belongsTo}`,
    }),
  },

  check({ path, field, parentType: type, nearest, belongsTo }, { report }) {
    if (belongsTo !== undefined) return report("misplaced", { at: path, on: "key", data: { field, type, belongsTo } });
    report("unknown", {
      at: path,
      on: "key",
      data: { field, type, nearest },
      fix:
        nearest === undefined
          ? undefined
          : { description: `Rename to "${nearest}"`, safe: false, edits: [{ at: path, key: nearest }] },
    });
  },

  examples: {
    bad: {
      "a misspelt field": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          contaners:   #! unknown
            - {name: shop, image: "shop:1.4"}`,
      "fields at the wrong level": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              replicas: 3   #! misplaced
              containers:
                - name: shop
                  image: shop:1.4
                  securityContext:
                    runAsNonRoot: true
                    ports: [{containerPort: 8080}]   #! misplaced`,
      "a custom resource, with its definition in the input": `
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
                  properties: {spec: {type: object, properties: {size: {type: integer}}}}
        ---
        apiVersion: example.com/v1
        kind: Shop
        metadata: {name: corner}
        spec:
          sise: 3   #! unknown`,
    },
    good: {
      "maps take any key": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop, labels: {contaners: "yes"}}
        data: {ports: "80"}`,
    },
  },
});
