import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "probe-timeout-above-period",
  category: "reliability",
  since: "0.1.0",
  each: "container",
  summary: "A probe's timeout must not exceed its period.",
  why: `Probes of one container are made one after another, \`periodSeconds\` apart. With a longer timeout a slow answer
    delays the next probe, so failures are counted later than \`periodSeconds\` and \`failureThreshold\` promise.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
  ],

  messages: {
    above: (d: { container: string; probe: string; timeout: number; period: string }) => ({
      text: `${d.container} gives its ${d.probe} ${d.timeout} seconds to answer, longer than ${d.period}`,
      help: "Lower timeoutSeconds or raise periodSeconds",
    }),
  },

  check({ path, spec, ref, type }, { report }) {
    if (type === "initContainer") return;
    for (const name of ["livenessProbe", "readinessProbe", "startupProbe"] as const) {
      const probe = spec[name];
      const timeout = probe?.timeoutSeconds ?? 1;
      // 0 means the default.
      const period = probe?.periodSeconds || 10;
      if (timeout <= period) continue;
      report("above", {
        at: `${path}.${name}.timeoutSeconds`,
        data: {
          container: ref,
          probe: name,
          timeout,
          period: probe?.periodSeconds ? `its period of ${period}` : "its period, 10 by default",
        },
      });
    }
  },

  examples: {
    bad: {
      "half a minute, every ten seconds": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              livenessProbe:
                httpGet: {path: /live, port: 8080}
                timeoutSeconds: 30   #! above
              readinessProbe:
                httpGet: {path: /ready, port: 8080}
                periodSeconds: 2
                timeoutSeconds: 5   #! above`,
    },
    good: {
      "no longer than the period": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop:1.4
              livenessProbe: {httpGet: {path: /live, port: 8080}, timeoutSeconds: 10}`,
    },
  },
});
