// Made by scripts/generate-api-types.mjs.
import type * as BatchV1 from "./batch.v1.generated.js";
import type * as CoreV1 from "./core.v1.generated.js";
import type * as MetaV1 from "./meta.v1.generated.js";

export interface CronJob {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: CronJobSpec;
  status: CronJobStatus;
}

export interface CronJobSpec {
  concurrencyPolicy?: string;
  failedJobsHistoryLimit?: number;
  jobTemplate: JobTemplateSpec;
  schedule: string;
  startingDeadlineSeconds?: number;
  successfulJobsHistoryLimit?: number;
  suspend?: boolean;
  timeZone?: string;
}

export interface CronJobStatus {
  active?: CoreV1.ObjectReference[];
  lastScheduleTime?: string;
  lastSuccessfulTime?: string;
}

export interface JobTemplateSpec {
  metadata: MetaV1.ObjectMeta;
  spec: BatchV1.JobSpec;
}
