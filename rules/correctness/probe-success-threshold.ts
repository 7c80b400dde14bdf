import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "probe-success-threshold",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "Liveness and startup probes must have a `successThreshold` of 1.",
  why: `One success is all that a liveness or startup probe can mean, so the API server refuses any other threshold.
    Only a readiness probe may ask for several successes in a row.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
  ],

  messages: {
    threshold: (d: { container: string; probe: string; threshold: number }) => ({
      text: `${d.container} has a ${d.probe} with successThreshold ${d.threshold}; the API server takes only 1`,
      help: "Leave successThreshold out",
    }),
  },

  check({ path, spec, ref, type }, { report }) {
    if (type === "initContainer") return;
    for (const probe of ["livenessProbe", "startupProbe"] as const) {
      const threshold = spec[probe]?.successThreshold;
      // 0 is the same as leaving it out.
      if (threshold === undefined || threshold === 0 || threshold === 1) continue;
      const at = `${path}.${probe}.successThreshold`;
      report("threshold", {
        at,
        data: { container: ref, probe, threshold },
        fix: { description: "Set successThreshold to 1", safe: false, edits: [{ at, value: "1" }] },
      });
    }
  },

  examples: {
    bad: {
      "three successes": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop/shop:1.4
              livenessProbe:
                httpGet: {path: /live, port: 8080}
                successThreshold: 3   #! threshold`,
    },
    good: {
      "a readiness probe may ask for more": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop/shop:1.4
              livenessProbe: {tcpSocket: {port: 8080}, successThreshold: 1}
              readinessProbe: {tcpSocket: {port: 8080}, successThreshold: 3}`,
    },
  },
});
