import { type KindTable, rulesFor } from "../kind-rules.js";
import { CRON_JOB } from "./cron-job.js";
import { JOB } from "./job.js";

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
export const BATCH: KindTable = {
  "batch/v1 CronJob": rulesFor(CRON_JOB),
  "batch/v1 Job": rulesFor(JOB),
};
