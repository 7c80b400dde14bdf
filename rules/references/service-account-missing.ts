import { defineRule, missingTargets, wordMissingTarget } from "../../src/rule-api.js";

export default defineRule({
  id: "service-account-missing",
  category: "references",
  since: "0.1.0",
  each: "podTemplate",
  summary: "The ServiceAccount that a Pod runs as must exist.",
  why: `The API server refuses a Pod whose ServiceAccount is not there; a workload is accepted and stays without Pods.`,
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"],

  messages: { missing: wordMissingTarget },

  check(pod, { cluster, report }) {
    const { serviceAccountName } = pod.spec;
    const missing = missingTargets(
      cluster,
      pod.owner,
      // The older field counts only where the newer is absent.
      ({ fact }) => fact.at === "serviceAccountName" || (fact.at === "serviceAccount" && !serviceAccountName),
    );
    for (const details of missing) report("missing", details);
  },

  examples: {
    bad: {
      "a slip in the name": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: operator}
        spec:
          selector: {matchLabels: {app: operator}}
          template:
            metadata: {labels: {app: operator}}
            spec:
              serviceAccountName: opertor   #! missing
              containers: [{name: operator, image: "operator:1.4"}]
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: operator}`,
    },
    good: {
      "every namespace has the account `default`": `
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          serviceAccountName: default
          containers: [{name: web, image: "web:1.4"}]`,
      "what an operator makes for its object": `
        apiVersion: v1
        kind: Pod
        metadata: {name: backup}
        spec:
          serviceAccountName: shop-instance
          containers: [{name: backup, image: "backup:1.4"}]
        ---
        apiVersion: postgres-operator.crunchydata.com/v1beta1
        kind: PostgresCluster
        metadata: {name: shop}
        spec: {}`,
    },
  },
});
