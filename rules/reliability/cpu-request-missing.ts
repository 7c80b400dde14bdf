import { defineRule, hasAmount } from "../../src/rule-api.js";

export default defineRule({
  id: "cpu-request-missing",
  category: "reliability",
  since: "0.1.0",
  each: "container",
  summary: "A container must request CPU.",
  why: `The scheduler fits Pods by their requests, and a busy node shares its CPUs in proportion to them. A container that
    requests none is placed anywhere and gets next to nothing where others want more. A CPU limit alone will do: the
    request defaults to it.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits"],

  messages: {
    missing: (d: { container: string; pod: string }) => ({
      text: `${d.container} of ${d.pod} requests no CPU, so a busy node leaves it next to none`,
      help: "Set resources.requests.cpu to what it needs in ordinary use",
    }),
  },

  check(container, { cluster, report }) {
    // An init container is gone before the Pod serves, and what it needs is seldom known.
    if (container.type !== "container" && container.type !== "sidecar") return;
    if (hasAmount(container, cluster, "requests", "cpu")) return;
    // One that requests nothing at all is told so by memory-request-missing.
    if (!hasAmount(container, cluster, "requests", "memory")) return;
    report("missing", {
      at: `${container.path}.resources.requests.cpu`,
      data: { container: container.ref, pod: container.pod.ref },
    });
  },

  examples: {
    bad: {
      "memory alone": `
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
                      memory: 256Mi`,
    },
    good: {
      "no resources at all, which memory-request-missing says": `
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
                  image: shop:1.4`,
      "a LimitRange of the namespace fills it in": `
        apiVersion: v1
        kind: LimitRange
        metadata: {name: defaults}
        spec:
          limits:
            - {type: Container, defaultRequest: {cpu: 100m}}
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
          resources: {requests: {cpu: 1}}
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
            - {name: shop, image: "shop:1.4", resources: {limits: {cpu: 1}}}`,
    },
  },
});
