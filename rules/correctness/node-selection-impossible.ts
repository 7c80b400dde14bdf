import { defineRule, impossibleSelection, list } from "../../src/rule-api.js";

export default defineRule({
  id: "node-selection-impossible",
  category: "correctness",
  since: "0.1.0",
  each: "podTemplate",
  summary: "What a Pod asks of its node does not contradict itself.",
  why: `\`nodeSelector\` and required node affinity have to hold both, and so have all expressions of a term; only terms are
    alternatives. Where they ask for different values of one label no node fits, and the Pod stays pending.`,
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity"],

  messages: {
    contradiction: (d: { owner: string; requirements: string[] }) => ({
      text: `${d.owner} is never scheduled: no node has ${list(d.requirements)}`,
      help: "Keep one of them; alternatives are terms of their own",
    }),
  },

  check(pod, { cluster, report }) {
    const found = impossibleSelection(pod.spec);
    if (found === undefined || cluster.mayBePatched(pod.owner, found.key)) return;
    if (cluster.mayBePatched(pod.owner, "nodeSelector") || cluster.mayBePatched(pod.owner, "nodeAffinity")) return;
    report("contradiction", {
      at: `${pod.specPath}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`,
      on: "key",
      data: { owner: pod.ref, requirements: [...found.requirements] },
    });
  },

  examples: {
    bad: {
      "another value than nodeSelector; two values at once": `
        apiVersion: v1
        kind: Pod
        metadata: {name: cache}
        spec:
          nodeSelector: {disk: ssd}
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:   #! contradiction
                  - matchExpressions: [{key: disk, operator: NotIn, values: [ssd]}]
          containers: [{name: cache, image: "redis:8.0"}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:   #! contradiction
                  - matchExpressions:
                      - {key: topology.kubernetes.io/zone, operator: In, values: [eu-1]}
                      - {key: topology.kubernetes.io/zone, operator: In, values: [eu-2]}
          containers: [{name: web, image: "shop/web:1.4"}]`,
    },
    good: {
      "alternatives, values in common, a placeholder": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          nodeSelector: {disk: ssd}
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions: [{key: disk, operator: In, values: [hdd]}]
                  - matchExpressions:
                      - {key: zone, operator: In, values: [eu-1, eu-2]}
                      - {key: zone, operator: NotIn, values: [eu-2]}
                      - {key: cores, operator: Gt, values: ["4"]}
                      - {key: cores, operator: Lt, values: ["64"]}
          containers: [{name: web, image: "shop/web:1.4"}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: cache}
        spec:
          nodeSelector: {disk: "\${DISK}"}
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions: [{key: disk, operator: In, values: [hdd]}]
          containers: [{name: cache, image: "redis:8.0"}]`,
    },
  },
});
