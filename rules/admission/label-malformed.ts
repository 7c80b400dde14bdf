import { defineRule, wordCause } from "../../src/rule-api.js";

export default defineRule({
  id: "label-malformed",
  category: "admission",
  since: "0.1.0",
  each: "cause",
  families: ["label"],
  summary: "Labels, annotations and selectors have keys and values of the allowed form.",
  why: `A key is a name of at most 63 letters, digits, hyphens, underscores and dots, perhaps with a domain and a
    slash before it; a label's value has the same form or is empty. The API server refuses anything else;
    annotations may have any value.`,
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set"],

  messages: { malformed: wordCause },

  check(cause, { report }) {
    report("malformed", { at: cause.at || "metadata.name", on: cause.on, data: cause });
  },

  examples: {
    bad: {
      "a value with a blank, a key with two slashes": `
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          labels:
            team: Web Shop   #! malformed
            example.com/shop/tier: web   #! malformed
        spec:
          selector: {app: web}
          ports: [{port: 80}]`,
    },
    good: {
      "an annotation holds any text": `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web
          annotations: {example.com/owner: "Web Shop <shop@example.com>"}
          labels: {version: "\${VERSION}"}`,
    },
  },
});
