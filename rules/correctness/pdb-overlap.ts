import { areAppliedTogether, defineRule, isEmptySelector, type Resource } from "../../src/rule-api.js";

const MOST_LOOKS = 200_000;

export default defineRule({
  id: "pdb-overlap",
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  each: "cluster",
  summary: "A Pod is covered by one PodDisruptionBudget.",
  why: `The eviction API cannot answer for a Pod with two budgets: it fails with an error, so the node it is on cannot be
    drained, whatever the budgets allow.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets"],

  messages: {
    overlap: (d: { budget: string; other: string; pod: string }) => ({
      text: `${d.budget} and ${d.other} both cover the Pods of ${d.pod}, which then cannot be evicted`,
      help: "Narrow one of the two selectors",
    }),
  },

  check(cluster, { report }) {
    // Per workload, the budgets seen so far.
    const covered = new Map<Resource, Resource[]>();
    // Thousands of budgets for everything in a namespace are no real input: what is looked at stays bounded.
    let looks = 0;
    for (const budget of cluster.ofKind("PodDisruptionBudget")) {
      const { selector } = budget.spec ?? {};
      if (!selector) continue;
      const matched = isEmptySelector(selector)
        ? cluster.podsIn(budget.namespace)
        : cluster.podsMatching(selector, budget.namespace).matched;
      let said = false;
      for (const pod of matched) {
        if (++looks > MOST_LOOKS) return;
        const earlier = covered.get(pod.owner) ?? [];
        covered.set(pod.owner, earlier);
        const other = earlier.find((each) => each.name !== budget.name && areAppliedTogether(cluster, each, budget));
        if (earlier.length < 8) earlier.push(budget);
        // A budget for all and one of a workload without a namespace may be meant for different ones.
        if (said || !other || pod.namespace !== budget.namespace) continue;
        said = true;
        report("overlap", {
          object: budget,
          at: "spec.selector",
          data: { budget: budget.ref, other: other.ref, pod: pod.ref },
          related: [
            { object: other, at: "spec.selector", note: "the other budget" },
            { object: pod, at: pod.labelsPath, note: "covered by both" },
          ],
        });
      }
    }
  },

  examples: {
    bad: {
      "by application, and by tier": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: a}
        spec:
          maxUnavailable: 1
          selector: {matchLabels: {app: web}}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: b}
        spec:
          maxUnavailable: 1
          selector:                       #! overlap
            matchLabels: {tier: front}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web, tier: front}}
            spec: {containers: [{name: app, image: "web:1.4"}]}`,
    },
    good: {
      "one for each workload": `
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: a}
        spec:
          maxUnavailable: 1
          selector: {matchLabels: {app: web}}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: b}
        spec:
          maxUnavailable: 1
          selector: {matchLabels: {app: api}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: app, image: "web:1.4"}]}`,
    },
  },
});
