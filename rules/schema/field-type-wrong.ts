import { defineRule, fieldWords, writtenAt } from "../../src/rule-api.js";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export default defineRule({
  id: "field-type-wrong",
  category: "schema",
  since: "0.1.0",
  each: "schemaProblem",
  codes: ["wrong-type", "null-value"],
  summary: "Every value must have its field's type.",
  why: `The API server cannot decode the object and refuses it. Most often a text that looks like a number or a boolean
    (\`1.0\`, \`yes\`, \`on\`) lacks its quotes: labels, annotations and environment variables are always strings.`,
  references: ["https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"],

  messages: {
    wrong: (d: { field: string; expected: string; found: string; remedy?: string }) => ({
      text: `${d.field} takes ${d.expected}, but is ${d.found}`,
      help: d.remedy && capital(d.remedy),
    }),
    null: (d: { field: string; expected: string }) => ({
      text: `${d.field} takes ${d.expected}, but is null; the API server refuses it`,
      help: "Give it a value, or remove it",
    }),
  },

  check(problem, { report, resource }) {
    const { path: at, expected } = problem;
    const field = fieldWords(at);
    if (problem.code === "null-value") {
      // Where it is read as a zero value: list-item-null.
      if (problem.refused) report("null", { at, data: { field, expected } });
      return;
    }
    const { remedy } = problem;
    // A secret value is only told by its type.
    const shown = /^(the number .*|true|false)$/.test(problem.found) ? writtenAt(resource, at) : undefined;
    const found = shown && problem.found.startsWith("the number") ? `the number ${shown}` : problem.found;
    const quoted = remedy === "quote it" ? true : remedy === "remove the quotes" ? false : undefined;
    const description = quoted ? "Quote it" : "Remove the quotes";
    report("wrong", {
      at,
      data: { field, expected, found, remedy: shown && quoted ? `quote it: "${shown}"` : remedy },
      // The server refuses it as it is, and the text stays what the author wrote.
      fix: quoted === undefined ? undefined : { description, safe: true, edits: [{ at, quoted }] },
    });
  },

  examples: {
    bad: {
      "values that look like numbers": `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
          labels:
            version: 1.0   #! wrong
        spec:
          containers:
            - name: shop
              image: shop:1.4
              env:
                - {name: DEBUG, value: true}   #! wrong
              args: [--port, 8080]   #! wrong`,
      "a text for a number, a mapping for a list": `
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports:   #! wrong
            port: 80
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          terminationGracePeriodSeconds: "30"   #! wrong
          containers: [{name: shop, image: "shop:1.4"}]`,
      "a null in a custom resource's list": `
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
                    tags: {type: array, items: {type: string}}
        ---
        apiVersion: example.com/v1
        kind: Shop
        metadata: {name: corner}
        tags:
          - food
          - ~   #! null`,
    },
    good: {
      "whole floats, amounts, and strings that are quoted": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, labels: {version: "1.0"}}
        spec:
          terminationGracePeriodSeconds: 3e1
          containers:
            - {name: shop, image: "shop:1.4", resources: {limits: {cpu: 0.5, memory: 1Gi}}}`,
      "a value that is filled in later": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          hostNetwork: \${HOST_NETWORK}
          containers: [{name: shop, image: "shop:1.4"}]`,
    },
  },
});
