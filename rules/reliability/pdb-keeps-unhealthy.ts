import { defineRule } from "../../src/rule-api.js";

/** The minor in which the field is served by default. */
const SERVED_FROM = 27;

export default defineRule({
  id: "pdb-keeps-unhealthy",
  category: "reliability",
  preset: "strict",
  since: "0.1.0",
  kinds: ["PodDisruptionBudget"],
  summary: "A PodDisruptionBudget lets Pods go that are not ready anyway.",
  why: `Unless \`unhealthyPodEvictionPolicy\` is AlwaysAllow, Pods that are running and not ready may be evicted only while the budget has as
    many healthy ones as it asks for. A crashing application then keeps its node from being drained, though an eviction
    would do no harm.`,
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy"],

  messages: {
    keeps: (d: { budget: string }) => ({
      text: `${d.budget} keeps Pods that are not ready from being evicted while too few others are`,
      help: "Set unhealthyPodEvictionPolicy: AlwaysAllow",
    }),
  },

  check(budget, { report, minor }) {
    if (minor < SERVED_FROM || budget.version !== "v1" || budget.spec === undefined) return;
    const { unhealthyPodEvictionPolicy = "IfHealthyBudget" } = budget.spec as { unhealthyPodEvictionPolicy?: string };
    if (unhealthyPodEvictionPolicy !== "IfHealthyBudget") return;
    report("keeps", { at: "spec.unhealthyPodEvictionPolicy", data: { budget: budget.ref } });
  },

  examples: {
    bad: {
      "the default": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web}
        spec:   #! keeps
          maxUnavailable: 1
          selector: {matchLabels: {app: web}}`,
    },
    good: {
      "always allowed; before there was a choice": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web}
        spec:
          maxUnavailable: 1
          unhealthyPodEvictionPolicy: AlwaysAllow
          selector: {matchLabels: {app: web}}`,
    },
  },
});
