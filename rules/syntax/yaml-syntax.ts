import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "yaml-syntax",
  category: "syntax",
  since: "0.1.0",
  each: "yamlProblem",
  codes: [
    "syntax",
    "tab-indentation",
    "bad-indentation",
    "missing-space-after-colon",
    "unclosed-quote",
    "unclosed-bracket",
    "slash-comment",
    "unknown-anchor",
    "bad-merge",
    "bad-key",
    "bad-tag",
    "bad-escape",
    "not-finite",
    "template-placeholder",
  ],
  having: "error",
  summary: "A manifest must be YAML as the API server reads it.",
  why: `The API server decodes YAML 1.1 with a few turns of its own. A text that it cannot decode is refused as a
    whole, and everything below the mistake is read as something else than it looks.`,
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/"],
  messages: {
    problem: (d: { message: string; help?: string }) => ({ text: d.message, help: d.help }),
  },
  check({ message, help }, { report }) {
    report("problem", { at: "", data: { message, help } });
  },
  examples: {
    bad: {
      "a bracket that is never closed": `
        apiVersion: v1
        kind: Pod
        metadata:
          name: shop
        spec:
          containers:
            - name: shop
              image: shop:1.4
              args: ["--port", "80"   #! problem
      `,
      "an alias without its anchor": `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          level: *level   #! problem
      `,
    },
    good: {
      "anchors, merge keys and flow collections are YAML": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop, labels: &labels {app: shop}, annotations: *labels}
      `,
    },
  },
});
