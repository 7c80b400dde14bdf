import { defineRule, hasAmount } from "../../src/rule-api.js";

export default defineRule({
  id: "cpu-limit-missing",
  category: "reliability",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container that requests CPU must have a CPU limit.",
  why: `Without a limit a container may use every idle CPU of its node, so its speed depends on its neighbours. Many leave CPU
    limits out on purpose, since a limit also throttles what could run on idle CPUs: hence this rule is strict. What
    has neither request nor limit is reported by cpu-request-missing.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits"],

  messages: {
    missing: (d: { container: string; pod: string }) => ({
      text: `${d.container} of ${d.pod} has no CPU limit, so its speed depends on its neighbours`,
      help: "Set resources.limits.cpu",
    }),
  },

  check(container, { cluster, report }) {
    // An init container is gone before the Pod serves, and what it needs is seldom known.
    if (container.type !== "container" && container.type !== "sidecar") return;
    // Without a request either, cpu-request-missing speaks: a limit would give both.
    if (hasAmount(container, cluster, "limits", "cpu") || !hasAmount(container, cluster, "requests", "cpu")) return;
    report("missing", {
      at: `${container.path}.resources.limits.cpu`,
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
                      cpu: 100m`,
    },
    good: {
      "a LimitRange of the namespace fills it in": `
        apiVersion: v1
        kind: LimitRange
        metadata: {name: defaults}
        spec:
          limits:
            - {type: Container, default: {cpu: 1}}
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
          resources: {limits: {cpu: 1}}
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
