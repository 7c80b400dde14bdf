import type { CronJob, Job } from "../../../apis/types/batch.v1.generated.js";
import type { ObjectReference } from "../../../apis/types/core.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { keyOf } from "../../simulation/resources.js";
import { controlledBy, type SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { nextRuns } from "./cron-runs.js";
import { endOf } from "./job-controller.js";
import { secondsOf } from "./pod-state.js";

const NAME = "cronjobs";
const SCHEDULED_AT = "batch.kubernetes.io/cronjob-scheduled-timestamp";
/** Of runs that were missed, so many are looked at. */
const MOST_MISSED = 100;

/** https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ */
export const cronJobController = (): Controller => ({
  name: NAME,
  watches: {
    "cronjobs.batch": ({ after }, enqueue) => {
      if (after !== undefined) enqueue(keyOf(after));
    },
    "jobs.batch": ({ before, after }, enqueue) => {
      for (const owner of (after ?? before)?.metadata.ownerReferences ?? [])
        if (owner.kind === "CronJob") enqueue(`${(after ?? before)?.metadata.namespace}/${owner.name}`);
    },
  },
  reconcile: (key, cluster) => {
    const cronJob = cluster.objects.find("cronjobs.batch", key);
    if (cronJob === undefined || cronJob.metadata.deletionTimestamp !== undefined) return;
    forgetOld(cronJob, cluster);
    const lastScheduleTime = cronJob.spec.suspend ? undefined : runWhatIsDue(cronJob, cluster);
    report(cronJob, lastScheduleTime ?? cronJob.status?.lastScheduleTime, cluster);
  },
});

const jobsOf = ({ metadata }: CronJob, { objects }: SimulatedCluster): Job[] => [
  ...objects.controlledBy("jobs.batch", metadata.uid ?? ""),
];

/** Starts the newest run that is due, and asks to be woken for the next; the time of the run that was started. */
function runWhatIsDue(cronJob: CronJob, cluster: SimulatedCluster): string | undefined {
  const { spec, status, metadata } = cronJob;
  const { now } = cluster;
  let since = secondsOf(status?.lastScheduleTime ?? metadata.creationTimestamp, now);
  const { startingDeadlineSeconds } = spec;
  if (startingDeadlineSeconds !== undefined) since = Math.max(since, now - startingDeadlineSeconds);
  let due: number | undefined;
  for (let looked = 0; ; looked++) {
    const [next] = nextRuns(cronJob, due ?? since, 1);
    if (next === undefined) break;
    if (next > now) {
      cluster.loop.wakeAt(next, NAME, keyOf(cronJob));
      break;
    }
    due = next;
    if (looked === MOST_MISSED) break;
  }
  if (due === undefined) return undefined;
  const active = jobsOf(cronJob, cluster).filter((job) => endOf(job) === undefined);
  if (spec.concurrencyPolicy === "Forbid" && active.length > 0) return undefined;
  if (spec.concurrencyPolicy === "Replace") for (const job of active) cluster.delete("jobs.batch", job);
  return startJob(cronJob, due, cluster) ? timeText(due) : undefined;
}

const timeText = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");

/** A run's Job is named after its minute, so that no run is started twice. */
function startJob(cronJob: CronJob, due: number, cluster: SimulatedCluster): boolean {
  const { metadata, spec } = cronJob;
  const { metadata: template, spec: jobSpec } = spec.jobTemplate;
  const job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: `${metadata.name}-${Math.floor(due / 60)}`,
      namespace: metadata.namespace,
      labels: template?.labels,
      annotations: { ...template?.annotations, [SCHEDULED_AT]: timeText(due) },
      ownerReferences: [controlledBy(cronJob)],
    },
    spec: jobSpec,
  };
  return cluster.create(JSON.parse(JSON.stringify(job)) as Job).allowed;
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits */
function forgetOld(cronJob: CronJob, cluster: SimulatedCluster): void {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec;
  const ended = jobsOf(cronJob, cluster).filter((job) => endOf(job) !== undefined);
  const hasFailed = (job: Job) =>
    job.status?.conditions?.some(({ type, status }) => type === "Failed" && status === "True") ?? false;
  for (const [jobs, limit] of [
    [ended.filter((job) => !hasFailed(job)), successfulJobsHistoryLimit],
    [ended.filter(hasFailed), failedJobsHistoryLimit],
  ] as const)
    if (limit !== undefined)
      for (const job of jobs.slice(0, Math.max(jobs.length - limit, 0))) cluster.delete("jobs.batch", job);
}

function report(cronJob: CronJob, lastScheduleTime: string | undefined, cluster: SimulatedCluster): void {
  const jobs = jobsOf(cronJob, cluster);
  const active = jobs
    .filter((job) => endOf(job) === undefined)
    .map(
      ({ apiVersion, kind, metadata: { name, namespace, uid } }): ObjectReference => ({
        apiVersion,
        kind,
        name,
        namespace,
        uid,
      }),
    );
  const completed = jobs.flatMap(({ status }) => status?.completionTime ?? []).sort();
  cluster.updateStatus("cronjobs.batch", cronJob, {
    active: active.length > 0 ? active : undefined,
    lastScheduleTime,
    lastSuccessfulTime: completed.at(-1) ?? cronJob.status?.lastSuccessfulTime,
  });
}
