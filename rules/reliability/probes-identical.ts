import { defineRule } from "../../src/rule-api.js";

const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc"] as const;

/** What a probe asks, whatever the order of its fields. */
const describe = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

export default defineRule({
  id: "probes-identical",
  category: "reliability",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A liveness probe must not restart a container as soon as its readiness probe fails.",
  why: `Readiness takes a busy container out of service for a while; liveness kills it. Where both ask the same with the
    same patience, a container is never just taken out: load that makes it slow restarts it, which makes the rest
    slower still.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"],

  messages: {
    identical: (d: { container: string }) => ({
      text: `${d.container} asks the same in its liveness and readiness probe, so being busy restarts it`,
      help: "Give the liveness probe an endpoint of its own, or a higher failureThreshold",
    }),
  },

  check({ path, spec, ref, pod }, { report }) {
    const { livenessProbe: live, readinessProbe: ready } = spec;
    if (!live || !ready) return;
    const handler = HANDLERS.find((name) => live[name] !== undefined);
    if (!handler || describe(live[handler]) !== describe(ready[handler])) return;
    const patience = (probe: typeof live): number => (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3);
    if (patience(live) > patience(ready)) return;
    report("identical", {
      at: `${path}.livenessProbe`,
      on: "key",
      data: { container: ref },
      related: [{ object: pod.owner, at: `${path}.readinessProbe`, note: "asks the same" }],
    });
  },

  examples: {
    bad: {
      "one endpoint for both": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              livenessProbe:   #! identical
                httpGet: {path: /health, port: 8080}
              readinessProbe:
                httpGet: {port: 8080, path: /health}`,
    },
    good: {
      "another endpoint, or more patience": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: shop:1.4
              livenessProbe: {httpGet: {path: /live, port: 8080}}
              readinessProbe: {httpGet: {path: /ready, port: 8080}}
            - name: b
              image: shop:1.4
              livenessProbe: {tcpSocket: {port: 8080}, failureThreshold: 10}
              readinessProbe: {tcpSocket: {port: 8080}}`,
    },
  },
});
