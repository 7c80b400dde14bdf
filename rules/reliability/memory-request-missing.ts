import { defineRule, hasAmount } from "../../src/rule-api.js";

export default defineRule({
  id: "memory-request-missing",
  category: "reliability",
  since: "0.1.0",
  each: "container",
  summary: "A container must request memory.",
  why: `The scheduler fits Pods by their requests, and a node that runs out of memory first kills what uses more than it
    requested. A container that requests none is the first to go. A memory limit alone will do: the request defaults
    to it.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits"],

  messages: {
    neither: (d: { container: string; pod: string }) => ({
      text: `${d.container} of ${d.pod} requests neither memory nor CPU, so a node short of memory kills it first`,
      help: "Set resources.requests to what it needs in ordinary use, and resources.limits.memory to the most it may use",
    }),
    missing: (d: { container: string; pod: string }) => ({
      text: `${d.container} of ${d.pod} requests no memory, so a node short of memory kills it first`,
      help: "Set resources.requests.memory, and resources.limits.memory to the most it may use",
    }),
  },

  check(container, { cluster, report }) {
    // An init container is gone before the Pod serves, and what it needs is seldom known.
    if (container.type !== "container" && container.type !== "sidecar") return;
    if (hasAmount(container, cluster, "requests", "memory")) return;
    report(hasAmount(container, cluster, "requests", "cpu") ? "missing" : "neither", {
      at: `${container.path}.resources.requests.memory`,
      data: { container: container.ref, pod: container.pod.ref },
    });
  },

  examples: {
    bad: {
      "CPU alone": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
                - name: shop
                  image: shop:1.4
                  resources:
                    requests:   #! missing
                      cpu: 100m`,
      "no resources at all": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
                - name: shop   #! neither
                  image: shop:1.4`,
    },
    good: {
      "a LimitRange of the namespace fills it in": `
        apiVersion: v1
        kind: LimitRange
        metadata: {name: defaults}
        spec:
          limits:
            - {type: Container, default: {memory: 256Mi}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: shop, image: "shop:1.4"}`,
      "the Pod as a whole has it": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          resources: {limits: {memory: 1Gi}}
          containers:
            - {name: shop, image: "shop:1.4"}`,
      "an init container": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          initContainers:
            - {name: wait, image: "wait:1.4"}
          containers:
            - {name: shop, image: "shop:1.4", resources: {limits: {memory: 256Mi}}}`,
    },
  },
});
