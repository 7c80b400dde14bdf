import { areAppliedTogether, defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "priority-class-default-twice",
  category: "correctness",
  since: "0.1.0",
  each: "cluster",
  summary: "One PriorityClass at most is the default of the cluster.",
  why: `The class with \`globalDefault: true\` gives Pods without a class their priority. There is one; the API server refuses a second.`,
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass"],

  messages: {
    second: (d: { second: string; first: string }) => ({
      text: `${d.second} is the global default like ${d.first}; the API server refuses the second of them`,
    }),
  },

  check(cluster, { report }) {
    const defaults = cluster.ofKind("PriorityClass").filter(({ object }) => object.globalDefault === true);
    const [first, ...others] = defaults;
    for (const second of others)
      if (second.name !== first!.name && areAppliedTogether(cluster, first!, second))
        report("second", {
          object: second,
          at: "globalDefault",
          data: { second: second.ref, first: first!.ref },
          related: [{ object: first!, at: "globalDefault", note: "the first" }],
        });
  },

  examples: {
    bad: {
      "two defaults": `
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: normal}
        value: 1000
        globalDefault: true
        ---
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: low}
        value: 10
        globalDefault: true   #! second`,
    },
    good: {
      "one, and another cluster's": `
        # file: prod/classes.yaml
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: normal}
        value: 1000
        globalDefault: true
        ---
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: low}
        value: 10
        # file: dev/classes.yaml
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: dev}
        value: 1
        globalDefault: true`,
    },
  },
});
