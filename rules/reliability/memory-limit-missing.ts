import { defineRule, hasAmount } from "../../src/rule-api.js";

export default defineRule({
  id: "memory-limit-missing",
  category: "reliability",
  since: "0.1.0",
  each: "container",
  summary: "A container that requests memory must have a memory limit.",
  why: `Memory cannot be taken back: a container without a limit that leaks takes the node's memory until the kernel kills
    something, which may be a neighbour. What has neither request nor limit is reported by memory-request-missing.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits"],

  messages: {
    missing: (d: { container: string; pod: string }) => ({
      text: `${d.container} of ${d.pod} has no memory limit, so a leak takes the memory of the whole node`,
      help: "Set resources.limits.memory to the most it may use",
    }),
  },

  check(container, { cluster, report }) {
    // An init container is gone before the Pod serves, and what it needs is seldom known.
    if (container.type !== "container" && container.type !== "sidecar") return;
    // Without a request either, memory-request-missing speaks: a limit would give both.
    if (hasAmount(container, cluster, "limits", "memory") || !hasAmount(container, cluster, "requests", "memory"))
      return;
    report("missing", {
      at: `${container.path}.resources.limits.memory`,
      data: { container: container.ref, pod: container.pod.ref },
    });
  },

  examples: {
    bad: {
      "a request alone": `
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
                  resources:   #! missing
                    requests:
                      memory: 256Mi`,
    },
    good: {
      "a LimitRange of the namespace fills it in": `
        apiVersion: v1
        kind: LimitRange
        metadata: {name: defaults}
        spec:
          limits:
            - {type: Container, max: {memory: 256Mi}}
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
