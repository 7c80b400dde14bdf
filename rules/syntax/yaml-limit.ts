import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "yaml-limit",
  category: "syntax",
  since: "0.1.0",
  each: "yamlProblem",
  codes: ["excessive-aliasing", "too-deep", "too-large"],
  summary: "A manifest must stay within the decoder's limits on nesting and aliases.",
  why: `A few lines of nested aliases stand for billions of nodes. The API server refuses such a text, and so does
    kubeproof, rather than spend its memory on it.`,
  references: ["https://github.com/kubernetes/kubernetes/issues/83253"],
  messages: {
    problem: (d: { message: string; help?: string }) => ({ text: d.message, help: d.help }),
  },
  check({ message, help }, { report }) {
    report("problem", { at: "", data: { message, help } });
  },
  examples: {
    bad: {
      "aliases of aliases": `
        a: &a [x, x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]   #! problem
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
      `,
    },
    good: {
      "a handful of aliases": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop, labels: &labels {app: shop}, annotations: *labels}
      `,
    },
  },
});
