import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "progress-deadline-too-short",
  category: "reliability",
  since: "0.1.0",
  kinds: ["Deployment"],
  summary: "A roll-out has the time that its Pods need to become ready.",
  why: `A Deployment that makes no progress for \`progressDeadlineSeconds\`, 600 where none are given, counts as failed: \`kubectl rollout
    status\` ends with an error, and pipelines roll back. No Pod is ready before the delay of its readiness or startup probe is over, and
    until then nothing is progress.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment"],

  messages: {
    short: (d: { deployment: string; seconds: number; deadline: string }) => ({
      text: `${d.deployment} has no Pod ready before ${d.seconds} seconds, and its roll-out counts as failed after ${d.deadline}`,
      help: "Raise progressDeadlineSeconds, or lower the delays of the probes",
    }),
  },

  check(deployment, { cluster, report }) {
    const given = deployment.spec?.progressDeadlineSeconds;
    const deadline = given ?? 600;
    let delay = 0;
    for (const { type, spec } of cluster.podTemplateOf(deployment)?.containers ?? [])
      if (type === "container")
        delay = Math.max(
          delay,
          spec.readinessProbe?.initialDelaySeconds ?? 0,
          spec.startupProbe?.initialDelaySeconds ?? 0,
        );
    // A Pod that becomes ready is progress: minReadySeconds count anew, and the API server sees to those.
    if (delay === 0 || delay < deadline) return;
    report("short", {
      at: given === undefined ? "spec.template.spec.containers" : "spec.progressDeadlineSeconds",
      on: "key",
      data: {
        deployment: deployment.ref,
        seconds: delay,
        deadline: given === undefined ? "600, the default of progressDeadlineSeconds" : `${given}`,
      },
    });
  },

  examples: {
    bad: {
      "two minutes to start, of which one is given": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          progressDeadlineSeconds: 60   #! short
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  readinessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 120}`,
    },
    good: {
      "time enough": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          minReadySeconds: 30
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  readinessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 120}`,
    },
  },
});
