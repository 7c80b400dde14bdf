import {
  defineRule,
  describeClosest,
  describeNamespace,
  describeSelector,
  isEmptySelector,
  selectionIn,
} from "../../src/rule-api.js";

export default defineRule({
  id: "pdb-selects-no-pods",
  category: "references",
  since: "0.1.0",
  kinds: ["PodDisruptionBudget"],
  summary: "A PodDisruptionBudget covers some Pod.",
  why: `A budget that selects nothing protects nothing: the Pods it was meant for are evicted all at once when nodes are
    drained. In policy/v1 an empty selector covers every Pod of the namespace, and a missing one none.`,
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],

  messages: {
    nothing: (d: { budget: string; selector: string; where: string; closest: string | undefined }) => ({
      text: `${d.budget} covers no Pod: no template in ${d.where} has labels ${d.selector}`,
      help: d.closest,
    }),
    noSelector: (d: { budget: string }) => ({
      text: `${d.budget} has no selector, so it covers no Pod`,
      help: "Select the labels of the Pods to protect; an empty selector {} covers the whole namespace",
    }),
  },

  check(budget, { cluster, report }) {
    const { selector } = budget.spec ?? {};
    if (!selector) {
      if (budget.spec) report("noSelector", { at: "spec.selector", data: { budget: budget.ref } });
      return;
    }
    if (isEmptySelector(selector)) return;
    const found = selectionIn(cluster, selector, budget, budget.name);
    if (found.state !== "none") return;
    const { closest } = found;
    const unmet = closest?.unmet.length === 1 ? closest.unmet[0] : undefined;
    report("nothing", {
      at: unmet ? `spec.selector.${unmet.at}` : "spec.selector",
      data: {
        budget: budget.ref,
        selector: describeSelector(selector),
        where: describeNamespace(budget.namespace),
        closest: closest && describeClosest(closest),
      },
      related: closest && [{ object: closest.pod, at: closest.pod.labelsPath, note: "the closest labels" }],
    });
  },

  examples: {
    bad: {
      "a slip in the value": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: shop}
        spec:
          minAvailable: 1
          selector:
            matchLabels:
              app: wbe            #! nothing
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: app, image: "web:1.4"}]}`,
      "no selector is not every Pod": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: all}
        spec:                     #! noSelector
          maxUnavailable: 1`,
    },
    good: {
      "every Pod of the namespace": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: all}
        spec:
          maxUnavailable: 1
          selector: {}`,
    },
  },
});
