import { defineRule } from "../../src/rule-api.js";

export default defineRule({
  id: "job-suspended",
  category: "reliability",
  severity: "note",
  preset: "strict",
  since: "0.1.0",
  kinds: ["CronJob", "Job"],
  summary: "Jobs and CronJobs are not suspended in their manifests.",
  why: `A suspended CronJob starts no Jobs and a suspended Job no Pods, and neither does a Job whose parallelism is 0, until somebody changes it. What was meant
    for a while is easily forgotten in a manifest, most of all that of a backup.`,
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-suspension",
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#suspending-a-job",
  ],

  messages: {
    suspended: (d: { owner: string; what: string }) => ({ text: `${d.owner} is suspended and starts no ${d.what}` }),
    parallelism: (d: { owner: string }) => ({ text: `${d.owner} has a parallelism of 0 and starts no Pods` }),
  },

  check(job, { cluster, report }) {
    const { suspend } = job.spec ?? {};
    // Queues of jobs start what is suspended.
    if (Object.keys(job.labels).some((key) => key.startsWith("kueue.x-k8s.io/"))) return;
    if (suspend === true && !cluster.mayBePatched(job, "suspend"))
      report("suspended", { at: "spec.suspend", data: { owner: job.ref, what: job.kind === "Job" ? "Pods" : "Jobs" } });
    else if (job.is("Job") && job.spec?.parallelism === 0 && !cluster.mayBePatched(job, "parallelism"))
      report("parallelism", { at: "spec.parallelism", data: { owner: job.ref } });
  },

  examples: {
    bad: {
      "a backup that is not made, an import that does not begin": `
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: backup}
        spec:
          schedule: "0 3 * * *"
          suspend: true   #! suspended
          jobTemplate:
            spec:
              template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4"}]}}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import}
        spec:
          parallelism: 0   #! parallelism
          template: {spec: {restartPolicy: Never, containers: [{name: import, image: "shop/import:1.4"}]}}`,
    },
    good: {
      "one that runs, one that waits in a queue": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import}
        spec:
          template: {spec: {restartPolicy: Never, containers: [{name: import, image: "shop/import:1.4"}]}}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: train, labels: {kueue.x-k8s.io/queue-name: gpus}}
        spec:
          suspend: true
          template: {spec: {restartPolicy: Never, containers: [{name: train, image: "shop/train:1.4"}]}}`,
    },
  },
});
