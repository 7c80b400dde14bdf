import { defineRule } from "../../src/rule-api.js";

const LONG_RUNNING = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"];

export default defineRule({
  id: "pod-restart-policy",
  category: "correctness",
  since: "0.1.0",
  each: "podTemplate",
  summary: "A Pod template's `restartPolicy` must be one that its workload can work with.",
  why: `A Job ends, so its Pods must not be restarted forever: \`restartPolicy\` has to be OnFailure or Never, and its
    default, Always, is refused too. Workloads that run on have no use for a Pod that ends: they take Always only.`,
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template",
    "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template",
  ],

  messages: {
    job: (d: { owner: string }) => ({
      text: `${d.owner} restarts its Pods always; the API server refuses it`,
      help: "Set restartPolicy to OnFailure or Never",
    }),
    jobMissing: (d: { owner: string }) => ({
      text: `${d.owner} sets no restartPolicy, and the API server refuses the default, Always`,
      help: "Set restartPolicy to OnFailure or Never",
    }),
    longRunning: (d: { owner: string; policy: string; kind: string }) => ({
      text: `${d.owner} has restartPolicy "${d.policy}"; the API server takes only Always in a ${d.kind}`,
      help: "Leave restartPolicy out, or use a Job for Pods that end",
    }),
  },

  check(pod, { report }) {
    const { owner } = pod;
    const kind = owner.builtInKind ?? "";
    const policy = pod.spec.restartPolicy;
    const at = `${pod.specPath}.restartPolicy`;
    if (kind === "Job" || kind === "CronJob") {
      if (!policy) report("jobMissing", { at, data: { owner: owner.ref } });
      else if (policy === "Always") report("job", { at, data: { owner: owner.ref } });
    } else if (LONG_RUNNING.includes(kind) && (policy === "Never" || policy === "OnFailure")) {
      // Any other word is an unsupported value of the field itself.
      report("longRunning", { at, data: { owner: owner.ref, policy, kind } });
    }
  },

  examples: {
    bad: {
      "Jobs without an end": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate}
        spec:
          template:
            spec:
              restartPolicy: Always   #! job
              containers:
                - {name: migrate, image: "shop/migrate:1.4"}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: backup}
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              template:
                spec:   #! jobMissing
                  containers:
                    - {name: backup, image: "shop/backup:1.4"}`,
      "a Deployment of Pods that end": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec:
              restartPolicy: OnFailure   #! longRunning
              containers:
                - {name: api, image: "shop/api:1.4"}`,
    },
    good: {
      "a Job that retries, a Pod that runs once": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate}
        spec:
          template:
            spec:
              restartPolicy: OnFailure
              containers:
                - {name: migrate, image: "shop/migrate:1.4"}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: once}
        spec:
          restartPolicy: Never
          containers:
            - {name: once, image: "shop/once:1.4"}`,
    },
  },
});
