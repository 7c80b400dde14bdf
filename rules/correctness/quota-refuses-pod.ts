import { defineRule, list, quotasThatRefuse } from "../../src/rule-api.js";

export default defineRule({
  id: "quota-refuses-pod",
  category: "correctness",
  since: "0.1.0",
  each: "podTemplate",
  summary: "The quotas of a namespace take a Pod at all.",
  why: `Where a ResourceQuota limits CPU or memory, every container has to say what it asks for, or the Pod is refused, unless a
    LimitRange fills it in. So is a Pod that asks for more than the whole quota. The API server takes the workload all the same, and its
    controller tries in vain.`,
  references: ["https://kubernetes.io/docs/concepts/policy/resource-quotas/"],

  messages: {
    refused: (d: { owner: string; faults: string[] }) => ({ text: `${d.owner} is refused: ${list(d.faults)}` }),
    noPods: (d: { owner: string; faults: string[] }) => ({ text: `${d.owner} gets no Pods: ${list(d.faults)}` }),
  },

  check(pod, { cluster, report }) {
    if (pod.owner.kind === "PodTemplate") return;
    const refusals = quotasThatRefuse(pod, cluster);
    if (refusals.length === 0) return;
    const faults = refusals.map(({ text }) => text);
    const named = pod.containers.find(({ name }) => faults[0]!.includes(`"${name}"`));
    report(pod.owner.kind === "Pod" ? "refused" : "noPods", {
      at: named ? `${named.path}.resources` : `${pod.specPath}.containers`,
      data: { owner: pod.ref, faults },
      related: refusals.map(({ quota }) => ({ object: quota, at: "spec.hard", note: "the quota" })),
    });
  },

  examples: {
    bad: {
      "a container that does not say what it asks for": `
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: shop, namespace: shop}
        spec: {hard: {requests.cpu: "4", limits.memory: 8Gi}}
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
                    requests: {cpu: 100m}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: import, namespace: shop}
        spec:
          containers:   #! refused
            - name: import
              image: shop/import:1.4
              resources: {limits: {cpu: "8", memory: 2Gi}}`,
    },
    good: {
      "a LimitRange fills it in; a quota of what Pods do not take": `
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: shop, namespace: shop}
        spec: {hard: {requests.cpu: "4"}}
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: {name: shop, namespace: shop}
        spec: {limits: [{type: Container, defaultRequest: {cpu: 100m}}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec: {containers: [{name: web, image: "shop/web:1.4"}]}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: tools, namespace: tools}
        spec: {hard: {configmaps: "20", pods: "5"}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: tools}
        spec: {containers: [{name: web, image: "shop/web:1.4"}]}`,
    },
  },
});
