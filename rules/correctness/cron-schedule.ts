import { checkSchedule, defineRule, isPlaceholder } from "../../src/rule-api.js";

export default defineRule({
  id: "cron-schedule",
  category: "correctness",
  since: "0.1.0",
  kinds: ["CronJob"],
  summary: "A CronJob's schedule must be one that the controller can read, and that some day fits.",
  why: `The API server refuses a schedule that is not five fields (minute, hour, day of month, month, day of week) or a
    descriptor such as @daily. There is no field for seconds, Sunday is 0 and not 7, and the time zone goes
    into \`timeZone\`. A schedule such as \`0 0 30 2 *\` is accepted and never runs.`,
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax"],

  messages: {
    malformed: (d: { owner: string; schedule: string; mistake: string; remedy: string | undefined }) => ({
      text: `${d.owner} has schedule "${d.schedule}", ${d.mistake}; the API server refuses it`,
      help: d.remedy,
    }),
    never: (d: { owner: string; schedule: string; mistake: string }) => ({
      text: `${d.owner} has schedule "${d.schedule}", ${d.mistake}, so it never runs`,
    }),
  },

  check(cronJob, { report }) {
    const schedule = cronJob.spec?.schedule;
    // A missing one is a required field.
    if (!schedule || isPlaceholder(schedule)) return;
    const found = checkSchedule(schedule);
    if (!found) return;
    const { mistake, remedy } = found;
    const data = { owner: cronJob.ref, schedule, mistake, remedy };
    report(found.never ? "never" : "malformed", { at: "spec.schedule", data });
  },

  examples: {
    bad: {
      "seconds, a seventh day, a time zone": `
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: a}
        spec:
          schedule: "0 30 2 * * *"   #! malformed
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: b}
        spec:
          schedule: "30 2 * * 7"   #! malformed
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: c}
        spec:
          schedule: "CRON_TZ=UTC 30 2 * * *"   #! malformed`,
      "a day that never comes": `
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: a}
        spec:
          schedule: "0 0 31 4,6 *"   #! never`,
    },
    good: {
      "fields, names, steps, a descriptor, a placeholder": `
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: a}
        spec: {schedule: "*/15 8-18 ? JAN,jul MON-FRI", timeZone: Europe/Berlin}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: b}
        spec: {schedule: "@every 1h30m"}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: c}
        spec: {schedule: "\${MINUTE} 2 * * *"}`,
    },
  },
});
