import { defineRule, describeNamespace, duplicatesIn } from "../../src/rule-api.js";

export default defineRule({
  id: "duplicate-object",
  category: "correctness",
  since: "0.1.0",
  each: "cluster",
  summary: "A file holds an object once.",
  why: `Objects are told apart by group, kind, namespace and name, whatever the version. \`kubectl apply\` takes them one after
    the other, so the later silently overwrites the earlier; \`kubectl create\` is refused the second.`,
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"],

  messages: {
    again: (d: { object: string; where: string; identical: boolean }) => ({
      text: d.identical
        ? `${d.object} is in this file twice${d.where}`
        : `${d.object} is in this file twice${d.where}; the later overwrites the first`,
      help: d.identical ? "Remove one of the two" : "Rename one of the two, or remove it",
    }),
  },

  check(cluster, { report }) {
    for (const { first, again, sameFile, identical } of duplicatesIn(cluster)) {
      if (!sameFile) continue;
      report("again", {
        object: again,
        at: "metadata.name",
        data: {
          object: again.ref,
          where: again.namespace ? ` for ${describeNamespace(again.namespace)}` : "",
          identical,
        },
        related: [{ object: first, at: "metadata.name", note: "the first one" }],
      });
    }
  },

  examples: {
    bad: {
      "a copied document kept its name": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop, namespace: prod}
        data: {LOG_LEVEL: info}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop           #! again
          namespace: prod
        data: {LOG_LEVEL: debug}`,
      "another version is the same object": `
        apiVersion: autoscaling/v1
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: shop           #! again
        spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}`,
    },
    good: {
      "another namespace, another kind, a generated name": `
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop, namespace: prod}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: shop, namespace: dev}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: prod}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {generateName: import-}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {generateName: import-}`,
    },
  },
});
