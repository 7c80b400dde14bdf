import { defineRule } from "../../src/rule-api.js";

/** How often the controller looks at its CronJobs. */
const CHECKED_EVERY = 10;

export default defineRule({
  id: "cron-job-start-deadline",
  category: "reliability",
  since: "0.1.0",
  kinds: ["CronJob"],
  summary: "A CronJob may start as late as its controller looks at it.",
  why: `With \`startingDeadlineSeconds\` a run that could not start for so long is left out. The controller looks every ten seconds, so
    with less than that a run is missed although nothing was in its way.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline"],

  messages: {
    short: (d: { cronJob: string; seconds: number }) => ({
      text: `${d.cronJob} leaves out runs that are ${d.seconds} seconds late, and its controller looks every ${CHECKED_EVERY}`,
      help: "Set startingDeadlineSeconds to a minute or more",
    }),
  },

  check(cronJob, { report }) {
    const seconds = cronJob.spec?.startingDeadlineSeconds;
    if (typeof seconds !== "number" || seconds < 0 || seconds >= CHECKED_EVERY) return;
    report("short", { at: "spec.startingDeadlineSeconds", data: { cronJob: cronJob.ref, seconds } });
  },

  examples: {
    bad: {
      "five seconds": `
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: backup}
        spec:
          schedule: "0 3 * * *"
          startingDeadlineSeconds: 5   #! short
          jobTemplate:
            spec:
              template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4"}]}}`,
    },
    good: {
      "an hour": `
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: backup}
        spec:
          schedule: "0 3 * * *"
          startingDeadlineSeconds: 3600
          jobTemplate:
            spec:
              template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:1.4"}]}}`,
    },
  },
});
