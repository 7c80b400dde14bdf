import { defineRule, isLongRunning } from "../../src/rule-api.js";

export default defineRule({
  id: "liveness-probe-missing",
  category: "reliability",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "A container that runs on must have a liveness probe.",
  why: `The kubelet restarts a container that exits, but one that hangs goes on unnoticed. A careless liveness probe does
    harm too, since it restarts containers that are merely busy: hence this rule is strict.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"],

  messages: {
    missing: (d: { container: string; pod: string }) => ({
      text: `${d.container} of ${d.pod} has no liveness probe, so it is not restarted when it hangs`,
      help: "Add a livenessProbe that fails only when a restart is the remedy",
    }),
  },

  check({ type, pod, path, spec, ref }, { report }) {
    if (type !== "container" || spec.livenessProbe !== undefined || !isLongRunning(pod)) return;
    report("missing", { at: `${path}.livenessProbe`, data: { container: ref, pod: pod.ref } });
  },

  examples: {
    bad: {
      "a Deployment": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
                - name: shop   #! missing
                  image: shop:1.4`,
    },
    good: {
      "what ends, and what is probed": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - {name: migrate, image: "shop:1.4"}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          initContainers:
            - {name: wait, image: "wait:1.4"}
          containers:
            - {name: shop, image: "shop:1.4", livenessProbe: {httpGet: {path: /live, port: 8080}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: test}
        spec:
          restartPolicy: Never
          containers:
            - {name: test, image: "shop:1.4"}`,
    },
  },
});
