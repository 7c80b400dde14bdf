import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "ignore-unused",
  category: "style",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  each: "unusedIgnore",
  summary: "A `kubeproof-ignore` must silence something.",
  why: `An ignore that outlives its finding hides the next one at its place, and one with a misspelt rule never
    worked.`,
  messages: {
    unused: (d: { rule: string }) => ({
      text: `Nothing here is reported by rule "${d.rule}", so this ignore silences nothing`,
      help: "Remove it",
    }),
    unknown: (d: { rule: string }) => ({
      text: `No rule is called "${d.rule}", so this ignore silences nothing`,
      help: `"kubeproof rules" lists the rules`,
    }),
    unnamed: () => ({
      text: "This ignore names no rule, so it silences nothing",
      help: "Write `# kubeproof-ignore RULE -- reason`",
    }),
  },
  check({ rule, known }, { report }) {
    if (rule === "") report("unnamed", { at: "", data: undefined });
    else report(known ? "unused" : "unknown", { at: "", data: { rule } });
  },
  examples: {
    bad: {
      "the finding is gone": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          level: debug   # kubeproof-ignore ignore-unused -- left over #! unused
      `,
      "no such rule, and no rule at all": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          # kubeproof-ignore ignore-unusde #! unknown
          level: debug
          # kubeproof-ignore #! unnamed
          color: blue
      `,
    },
    good: {
      "a comment about something else": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop}
        data:
          level: debug   # ignored in production
      `,
    },
  },
});
