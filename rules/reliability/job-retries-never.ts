import { defineRule, isPlaceholder } from "../../src/rule-api.js";

export default defineRule({
  id: "job-retries-never",
  category: "reliability",
  since: "0.1.0",
  kinds: ["Job", "CronJob"],
  summary: "A Job whose containers are to be restarted on failure may fail once.",
  why: `Restarts of containers count as retries of the Job. With \`backoffLimit: 0\` and \`restartPolicy: OnFailure\` the container is
    started again and the Job has failed at that very moment: it deletes the Pod that has just been restarted, and its
    logs with it.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy"],

  messages: {
    contradiction: (d: { job: string }) => ({
      text: `${d.job} restarts its containers on failure, and has failed with the first restart: its backoffLimit is 0`,
      help: "Set restartPolicy: Never, which keeps the failed Pod and its logs, or allow retries",
    }),
  },

  check(job, { cluster, report }) {
    const spec = job.is("CronJob") ? job.spec?.jobTemplate?.spec : job.is("Job") ? job.spec : undefined;
    if (spec?.backoffLimit !== 0 || spec.template?.spec?.restartPolicy !== "OnFailure" || isPlaceholder(job.name))
      return;
    if (cluster.mayBePatched(job, "backoffLimit") || cluster.mayBePatched(job, "restartPolicy")) return;
    const path = job.kind === "CronJob" ? "spec.jobTemplate.spec" : "spec";
    report("contradiction", {
      at: `${path}.backoffLimit`,
      data: { job: job.ref },
      related: [{ object: job, at: `${path}.template.spec.restartPolicy`, note: "restarts" }],
    });
  },

  examples: {
    bad: {
      "restarted, and failed": `
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: backup}
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              backoffLimit: 0   #! contradiction
              template:
                spec: {restartPolicy: OnFailure, containers: [{name: backup, image: "shop/backup:1.4"}]}`,
    },
    good: {
      "once and no more; six times, the default": `
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import}
        spec:
          backoffLimit: 0
          template: {spec: {restartPolicy: Never, containers: [{name: import, image: "shop/import:1.4"}]}}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: export}
        spec:
          template: {spec: {restartPolicy: OnFailure, containers: [{name: export, image: "shop/export:1.4"}]}}`,
    },
  },
});
