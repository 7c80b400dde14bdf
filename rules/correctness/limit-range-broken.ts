import { defineRule, limitsBrokenBy, limitsBrokenByClaimOf, list } from "../../src/rule-api.js";

export default defineRule({
  id: "limit-range-broken",
  category: "correctness",
  since: "0.1.0",
  each: "resource",
  summary: "Pods and claims keep the bounds of the LimitRanges in their namespace.",
  why: `A LimitRange sets the least and the most that a container, a Pod or a claim of its namespace asks for. The API server takes a
    workload that breaks it, and refuses its Pods. What the LimitRange fills in counts as if it were written; a minimum or a maximum also asks for the
    request or the limit to be there.`,
  references: ["https://kubernetes.io/docs/concepts/policy/limit-range/"],

  messages: {
    refused: (d: { owner: string; faults: string[] }) => ({ text: `${d.owner} is refused: ${list(d.faults)}` }),
    noPods: (d: { owner: string; faults: string[] }) => ({ text: `${d.owner} gets no Pods: ${list(d.faults)}` }),
  },

  check(resource, { cluster, report }) {
    const pod = cluster.podTemplateOf(resource);
    if (pod && resource.kind !== "PodTemplate") {
      const broken = limitsBrokenBy(pod, cluster);
      const [first] = broken;
      if (first)
        report(resource.kind === "Pod" ? "refused" : "noPods", {
          at: first.at,
          data: { owner: resource.ref, faults: broken.map(({ text }) => text) },
        });
    }
    const claims = resource.is("PersistentVolumeClaim")
      ? [{ claim: resource.object, path: "" }]
      : resource.is("StatefulSet")
        ? (resource.spec?.volumeClaimTemplates ?? []).map((claim, i) => ({
            claim,
            path: `spec.volumeClaimTemplates[${i}]`,
          }))
        : [];
    for (const { claim, path } of claims) {
      const broken = limitsBrokenByClaimOf(resource, claim, path, cluster);
      const [first] = broken;
      if (first)
        report(path === "" ? "refused" : "noPods", {
          at: first.at,
          data: { owner: resource.ref, faults: broken.map(({ text }) => text) },
        });
    }
  },

  examples: {
    bad: {
      "a container that is too large, one without a limit": `
        apiVersion: v1
        kind: LimitRange
        metadata: {name: sizes, namespace: shop}
        spec:
          limits:
            - type: Container
              max: {memory: 1Gi}
              default: {memory: 256Mi}
            - type: PersistentVolumeClaim
              max: {storage: 10Gi}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  resources:   #! noPods
                    limits: {memory: 2Gi}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: shop}
        spec:
          accessModes: [ReadWriteOnce]
          resources:
            requests: {storage: 20Gi}   #! refused
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db, namespace: shop}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: "postgres:17"}]}
          volumeClaimTemplates:
            - metadata: {name: data}
              spec:
                accessModes: [ReadWriteOnce]
                resources:
                  requests: {storage: 50Gi}   #! noPods`,
    },
    good: {
      "defaults make up for what is not written": `
        apiVersion: v1
        kind: LimitRange
        metadata: {name: sizes, namespace: shop}
        spec:
          limits:
            - type: Container
              min: {cpu: 10m}
              max: {memory: 1Gi}
              default: {memory: 256Mi}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec: {containers: [{name: web, image: "shop/web:1.4"}]}`,
      "another namespace, a placeholder": `
        apiVersion: v1
        kind: LimitRange
        metadata: {name: sizes, namespace: shop}
        spec: {limits: [{type: Container, max: {memory: 1Gi}}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: tools}
        spec: {containers: [{name: web, image: "shop/web:1.4", resources: {limits: {memory: 4Gi}}}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec: {containers: [{name: web, image: "shop/web:1.4", resources: {limits: {memory: "\${MEMORY}"}}}]}`,
    },
  },
});
