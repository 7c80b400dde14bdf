import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

export default defineRule({
  id: "priority-class-missing",
  category: "references",
  since: "0.1.0",
  each: "podTemplate",
  summary: "The PriorityClass of a Pod must exist.",
  why: `The API server refuses a Pod whose PriorityClass is not there; a workload is accepted and stays without Pods.`,
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#pod-priority"],

  messages: { missing: wordMissingTarget },

  check(pod, { cluster, report }) {
    for (const missing of missingTargets(cluster, pod.owner, ({ kind }) => kind === "PriorityClass"))
      report("missing", missing);
  },

  examples: {
    bad: {
      "a slip in the name of a built-in class": `
        apiVersion: v1
        kind: Pod
        metadata: {name: agent}
        spec:
          priorityClassName: system-nodes-critical   #! missing
          containers: [{name: agent, image: "agent:1.4"}]`,
      "a class that nobody makes": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec:
              priorityClassName: important   #! missing
              containers: [{name: api, image: "api:1.4"}]`,
    },
    good: {
      "built in, and of the input": `
        apiVersion: v1
        kind: Pod
        metadata: {name: agent}
        spec:
          priorityClassName: system-node-critical
          containers: [{name: agent, image: "agent:1.4"}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          priorityClassName: important
          containers: [{name: api, image: "api:1.4"}]
        ---
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: important}
        value: 1000`,
    },
  },
});
