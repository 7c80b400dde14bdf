import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "pdb-limits-exclusive",
  category: "correctness",
  since: "0.1.0",
  kinds: ["PodDisruptionBudget"],
  summary: "A PodDisruptionBudget has either `minAvailable` or `maxUnavailable`.",
  why: `The API server refuses a budget with both.`,
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget"],

  messages: {
    both: (d: { budget: string }) => ({
      text: `${d.budget} has both minAvailable and maxUnavailable; the API server refuses it`,
      help: "Keep one; maxUnavailable follows the number of replicas",
    }),
  },

  check(budget, { report }) {
    const { minAvailable, maxUnavailable } = budget.spec ?? {};
    if (minAvailable === undefined || maxUnavailable === undefined) return;
    report("both", {
      at: "spec.maxUnavailable",
      data: { budget: budget.ref },
      related: [{ object: budget, at: "spec.minAvailable", note: "the other limit" }],
    });
  },

  examples: {
    bad: {
      "both limits": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop}
        spec:
          minAvailable: 1
          maxUnavailable: 1          #! both
          selector: {matchLabels: {app: shop}}`,
    },
    good: {
      "one limit": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop}
        spec:
          maxUnavailable: 25%
          selector: {matchLabels: {app: shop}}`,
    },
  },
});
