import { type BrokenLimit, defineRule, limitsBrokenBy, limitsBrokenByClaimOf, list } from "../../src/rule-api.js";

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
    refused: (d: { owner: string; range: string; faults: string[] }) => ({
      text: `LimitRange "${d.range}" refuses ${d.owner}: ${list(d.faults)}`,
    }),
    noPods: (d: { owner: string; range: string; faults: string[] }) => ({
      text: `LimitRange "${d.range}" refuses the Pods of ${d.owner}: ${list(d.faults)}`,
    }),
    noClaims: (d: { owner: string; range: string; faults: string[] }) => ({
      text: `LimitRange "${d.range}" refuses the claims of ${d.owner}: ${list(d.faults)}`,
    }),
  },

  check(resource, { cluster, report }) {
    const tell = (message: "refused" | "noPods" | "noClaims", broken: readonly BrokenLimit[]): void => {
      const [first] = broken;
      if (first === undefined) return;
      const data = { owner: resource.ref, range: first.by, faults: broken.map(({ text }) => text) };
      report(message, { at: first.at, data });
    };
    const pod = cluster.podTemplateOf(resource);
    if (pod && resource.kind !== "PodTemplate")
      tell(resource.kind === "Pod" ? "refused" : "noPods", limitsBrokenBy(pod, cluster));
    if (resource.is("PersistentVolumeClaim"))
      tell("refused", limitsBrokenByClaimOf(resource, resource.object, "", cluster));
    if (resource.is("StatefulSet"))
      for (const [i, claim] of (resource.spec?.volumeClaimTemplates ?? []).entries())
        tell("noClaims", limitsBrokenByClaimOf(resource, claim, `spec.volumeClaimTemplates[${i}]`, cluster));
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
                  requests: {storage: 50Gi}   #! noClaims`,
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
