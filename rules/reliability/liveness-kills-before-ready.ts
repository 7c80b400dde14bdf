import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "liveness-kills-before-ready",
  category: "reliability",
  since: "0.1.0",
  each: "container",
  summary: "A liveness probe gives a container the time to start that its readiness probe gives it.",
  why: `A readiness probe with a delay says how long the container takes to start. Where the liveness probe has failed often enough
    before that, the container is restarted again and again and is never ready. A startup probe holds the others back
    for as long as the start takes.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes",
  ],

  messages: {
    early: (d: { container: string; killed: number; asked: number }) => ({
      text: `${d.container} is restarted when its liveness probe fails for the first ${d.killed} seconds, before its readiness probe asks at all, after ${d.asked}`,
      help: "Add a startupProbe, or raise the initialDelaySeconds of the liveness probe",
    }),
  },

  check({ path, spec, ref, type }, { report }) {
    const { livenessProbe: liveness, readinessProbe: readiness, startupProbe } = spec;
    if (type === "initContainer" || !liveness || !readiness || startupProbe) return;
    // 0 means the default.
    const failures = liveness.failureThreshold || 3;
    const killed = (liveness.initialDelaySeconds ?? 0) + (failures - 1) * (liveness.periodSeconds || 10);
    const asked = readiness.initialDelaySeconds ?? 0;
    if (killed >= asked) return;
    report("early", { at: `${path}.livenessProbe`, on: "key", data: { container: ref, killed, asked } });
  },

  examples: {
    bad: {
      "a minute to start, of which 20 seconds are given": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop/shop:1.4
              readinessProbe: {httpGet: {path: /ready, port: 8080}, initialDelaySeconds: 60}
              livenessProbe:   #! early
                httpGet: {path: /live, port: 8080}`,
    },
    good: {
      "a startup probe, or time enough": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: shop/shop:1.4
              startupProbe: {httpGet: {path: /live, port: 8080}, failureThreshold: 30}
              readinessProbe: {httpGet: {path: /ready, port: 8080}, initialDelaySeconds: 60}
              livenessProbe: {httpGet: {path: /live, port: 8080}}
            - name: b
              image: shop/shop:1.4
              readinessProbe: {httpGet: {path: /ready, port: 8081}, initialDelaySeconds: 60}
              livenessProbe: {httpGet: {path: /live, port: 8081}, initialDelaySeconds: 45}`,
    },
  },
});
