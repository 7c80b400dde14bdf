import { hasEnded, isPodReady } from "../../../apis/core/pod-status.js";
import type { Job, JobCondition } from "../../../apis/types/batch.v1.generated.js";
import type { Pod } from "../../../apis/types/core.v1.generated.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { metSuccessRule, pendingIndexes, readIndexes, writeIndexes } from "./job-indexes.js";
import { judgeFailure } from "./pod-failure-policy.js";
import { isActive, secondsOf } from "./pod-state.js";
import { makePods } from "./pods-from-template.js";
import { podsToDelete } from "./scale-down.js";

export const JOBS = "jobs";
/** Keeps a Pod until its Job has counted it. */
const TRACKING = "batch.kubernetes.io/job-tracking";
const INDEX = "batch.kubernetes.io/job-completion-index";
const FAILURES = "batch.kubernetes.io/job-index-failure-count";
const FIRST_BACKOFF = 10;
const LONGEST_BACKOFF = 600;

/** How often Pods of a Job have failed since one succeeded. */
export interface BackoffRecord {
  failures: number;
  lastFailure: number;
}

/** How a Job comes to its end. */
interface Ending {
  readonly succeeds: boolean;
  readonly reason: string;
  readonly message: string;
}

export const isTracked = ({ metadata }: Pod): boolean => metadata.finalizers?.includes(TRACKING) ?? false;

export function releaseFromTracking(pod: Pod, cluster: SimulatedCluster): void {
  const current = cluster.objects.get("pods", pod.metadata.namespace, pod.metadata.name ?? "");
  if (current === undefined || !isTracked(current)) return;
  const left = current.metadata.finalizers?.filter((other) => other !== TRACKING) ?? [];
  const finalizers = left.length > 0 ? left : undefined;
  cluster.update("pods", { ...current, metadata: { ...current.metadata, finalizers } });
}

const delayAfter = (failures: number): number =>
  failures <= 0 ? 0 : Math.min(FIRST_BACKOFF * 2 ** Math.min(failures - 1, 10), LONGEST_BACKOFF);

const indexOf = ({ metadata }: Pod): number => Number(metadata.annotations?.[INDEX] ?? Number.NaN);
const failuresOf = ({ metadata }: Pod): number => Number(metadata.annotations?.[FAILURES] ?? 0);

/** One look at one Job: https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
export class JobRound {
  readonly #indexed: boolean;
  readonly #completions: number;
  readonly #active: readonly Pod[];
  readonly #conditions: JobCondition[];
  readonly #succeededIndexes = new Set<number>();
  readonly #failedIndexes = new Set<number>();
  /** Of each index that waits to be tried again, the Pod that failed last: it is kept for its count of failures. */
  readonly #kept = new Map<number, Pod>();
  #ending: Ending | undefined;
  #succeeded = 0;
  #failed: number;
  #startTime: string | undefined;

  constructor(
    private readonly job: Job,
    private readonly pods: readonly Pod[],
    private readonly cluster: SimulatedCluster,
    private readonly backoff: BackoffRecord,
  ) {
    this.#indexed = job.spec.completionMode === "Indexed";
    this.#completions = job.spec.completions ?? 0;
    this.#active = pods.filter(isActive);
    this.#conditions = (job.status?.conditions ?? []).map((condition) => ({ ...condition }));
    this.#failed = job.status?.failed ?? 0;
    this.#startTime = job.status?.startTime;
  }

  run(): void {
    const { job, cluster } = this;
    if (this.#startTime === undefined && !job.spec.suspend) this.#startTime = cluster.timestamp;
    const fresh = this.pods.filter((pod) => isTracked(pod) && this.#isValid(pod));
    const [succeeded, failed] = [fresh.filter(hasSucceeded), fresh.filter(this.#hasFailed)];
    this.#noteFailures(succeeded.length, failed);
    this.#succeeded = (job.status?.succeeded ?? 0) + succeeded.length;
    const counted = failed.filter((pod) => judgeFailure(job.spec.podFailurePolicy, pod).counts).length;
    this.#ending = this.#earlierEnding() ?? this.#policyEnding() ?? this.#limitEnding(this.#failed + counted);
    if (this.#indexed) this.#lookAtIndexes(succeeded, failed);
    let active = this.#active.length;
    if (this.#ending !== undefined) for (const pod of this.#active) cluster.delete("pods", pod);
    else if (job.metadata.deletionTimestamp === undefined) {
      active = this.#manage();
      this.#ending = this.#completion(active);
      if (this.#ending === undefined) this.#suspendOrResume();
    }
    this.#count();
    this.#report(this.#ending === undefined ? active : 0);
  }

  #isValid = (pod: Pod): boolean => !this.#indexed || (indexOf(pod) >= 0 && indexOf(pod) < this.#completions);

  #replacesOnlyFailed(): boolean {
    return this.job.spec.podReplacementPolicy === "Failed";
  }

  /** A Pod that is being deleted counts as failed, unless the Job waits for it. */
  #hasFailed = ({ metadata, status }: Pod): boolean =>
    status?.phase === "Failed" ||
    (!this.#replacesOnlyFailed() && metadata.deletionTimestamp !== undefined && status?.phase !== "Succeeded");

  #noteFailures(succeeded: number, failed: readonly Pod[]): void {
    if (succeeded > 0) this.backoff.failures = 0;
    else if (failed.length > 0) {
      this.backoff.failures += failed.length;
      this.backoff.lastFailure = this.cluster.now;
    }
  }

  #earlierEnding(): Ending | undefined {
    const known = this.#conditions.find(
      ({ type, status }) => (type === "SuccessCriteriaMet" || type === "FailureTarget") && status === "True",
    );
    return known && { succeeds: known.type === "SuccessCriteriaMet", reason: known.reason!, message: known.message! };
  }

  #policyEnding(): Ending | undefined {
    const { podFailurePolicy } = this.job.spec;
    if (podFailurePolicy === undefined) return undefined;
    for (const pod of this.pods.filter(this.#hasFailed)) {
      const { message } = judgeFailure(podFailurePolicy, pod);
      if (message !== undefined) return failure("PodFailurePolicy", message);
    }
    return undefined;
  }

  #limitEnding(failed: number): Ending | undefined {
    const { backoffLimit = 6, activeDeadlineSeconds, suspend } = this.job.spec;
    if (failed > backoffLimit) return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit");
    if (activeDeadlineSeconds === undefined || suspend || this.#startTime === undefined) return undefined;
    const end = secondsOf(this.#startTime) + activeDeadlineSeconds;
    if (this.cluster.now >= end) return failure("DeadlineExceeded", "Job was active longer than specified deadline");
    this.cluster.loop.wakeAt(end, JOBS, keyOf(this.job));
    return undefined;
  }

  #lookAtIndexes(succeeded: readonly Pod[], failed: readonly Pod[]): void {
    const { spec, status } = this.job;
    for (const index of readIndexes(status?.completedIndexes, this.#completions)) this.#succeededIndexes.add(index);
    for (const pod of succeeded) this.#succeededIndexes.add(indexOf(pod));
    this.#succeeded = this.#succeededIndexes.size;
    if (spec.backoffLimitPerIndex !== undefined) this.#lookAtFailedIndexes(failed, spec.backoffLimitPerIndex);
    const rule = metSuccessRule(spec.successPolicy, this.#completions, this.#succeededIndexes);
    if (rule >= 0)
      this.#ending ??= { succeeds: true, reason: "SuccessPolicy", message: `Matched rules at index ${rule}` };
  }

  #lookAtFailedIndexes(failed: readonly Pod[], limit: number): void {
    const { spec, status } = this.job;
    for (const index of readIndexes(status?.failedIndexes, this.#completions)) this.#failedIndexes.add(index);
    for (const pod of failed) {
      const { action, counts } = judgeFailure(spec.podFailurePolicy, pod);
      if (action === "FailIndex" || (counts && failuresOf(pod) >= limit)) this.#failedIndexes.add(indexOf(pod));
    }
    const count = this.#failedIndexes.size;
    if (spec.maxFailedIndexes !== undefined && count > spec.maxFailedIndexes)
      this.#ending ??= failure(
        "MaxFailedIndexesExceeded",
        "Job has exceeded the specified maximal number of failed indexes",
      );
    else if (count > 0 && count + this.#succeededIndexes.size >= this.#completions)
      this.#ending ??= failure("FailedIndexes", "Job has failed indexes");
    const active = new Set(this.#active.map(indexOf));
    for (const pod of failed) {
      const index = indexOf(pod);
      if (this.#succeededIndexes.has(index) || this.#failedIndexes.has(index) || active.has(index)) continue;
      const known = this.#kept.get(index);
      if (known === undefined || failuresOf(known) <= failuresOf(pod)) this.#kept.set(index, pod);
    }
  }

  /** Makes and deletes Pods; how many are active then, as the Job's status tells it. */
  #manage(): number {
    const { spec } = this.job;
    const active = this.#active.length;
    if (spec.suspend) {
      for (const pod of this.#active) this.#drop(pod);
      return 0;
    }
    const wanted = this.#wantedActive(active);
    const surplus = this.#surplus(Math.max(active - wanted, 0));
    if (surplus.length > 0) {
      for (const pod of surplus) this.#drop(pod);
      return active - surplus.length;
    }
    const terminating = this.#replacesOnlyFailed() ? this.#terminating(this.pods) : 0;
    const missing = wanted - terminating - active;
    return missing > 0 ? this.#make(missing, active) : active;
  }

  #wantedActive(active: number): number {
    const { completions, parallelism = 1 } = this.job.spec;
    if (completions === undefined) return this.#succeeded > 0 ? active : parallelism;
    return Math.max(Math.min(completions - this.#succeeded, parallelism), 0);
  }

  /** Of several Pods of one index, one stays. */
  #surplus(least: number): Pod[] {
    const surplus: Pod[] = [];
    let rest: Pod[] = [...this.#active];
    if (this.#indexed) {
      const seen = new Set<number>();
      rest = [];
      for (const pod of this.#active)
        if (!this.#isValid(pod) || seen.has(indexOf(pod))) surplus.push(pod);
        else {
          seen.add(indexOf(pod));
          rest.push(pod);
        }
    }
    const more = least - surplus.length;
    return more > 0 ? [...surplus, ...podsToDelete(rest, more, [], this.cluster.now)] : surplus;
  }

  #make(missing: number, active: number): number {
    const { job, cluster } = this;
    const { spec } = job;
    if (spec.backoffLimitPerIndex === undefined && this.#isWaiting(this.backoff.failures, this.backoff.lastFailure))
      return 0;
    if (!this.#indexed) {
      const before = cluster.created;
      const refused = makePods(cluster, job, spec.template, missing, { finalizers: [TRACKING] });
      if (refused !== undefined) cluster.loop.retry(JOBS, keyOf(job));
      return active + (cluster.created - before);
    }
    const going = new Set(this.pods.filter((pod) => !hasSucceeded(pod) && !this.#hasFailed(pod)).map(indexOf));
    const pending = pendingIndexes(missing, this.#completions, [this.#succeededIndexes, this.#failedIndexes, going]);
    const ready = pending.filter((index) => {
      const last = this.#kept.get(index);
      return last === undefined || !this.#isWaiting(failuresOf(last) + 1, this.#endOf(last));
    });
    if (ready.length === 0 && pending.length > 0) return 0;
    let made = 0;
    for (const index of ready) {
      if (this.#makeIndex(index) !== undefined) {
        cluster.loop.retry(JOBS, keyOf(job));
        break;
      }
      made++;
    }
    return active + made;
  }

  #makeIndex(index: number): string | undefined {
    const { job, cluster } = this;
    const { name } = job.metadata;
    const last = this.#kept.get(index);
    const ignored = last !== undefined && !judgeFailure(job.spec.podFailurePolicy, last).counts;
    const failures = last === undefined ? 0 : failuresOf(last) + (ignored ? 0 : 1);
    const annotations: Record<string, string> = { [INDEX]: String(index) };
    if (job.spec.backoffLimitPerIndex !== undefined) annotations[FAILURES] = String(failures);
    const refused = makePods(cluster, job, job.spec.template, 1, {
      generateName: `${name}-${index}-`,
      labels: { [INDEX]: String(index) },
      annotations,
      finalizers: [TRACKING],
      spec: { hostname: `${name}-${index}` },
    });
    if (refused === undefined) this.#kept.delete(index);
    return refused;
  }

  #isWaiting(failures: number, since: number): boolean {
    const until = since + delayAfter(failures);
    if (failures <= 0 || until <= this.cluster.now) return false;
    this.cluster.loop.wakeAt(until, JOBS, keyOf(this.job));
    return true;
  }

  #endOf({ metadata, status }: Pod): number {
    const ready = status?.conditions?.find(({ type }) => type === "Ready")?.lastTransitionTime;
    return secondsOf(ready ?? metadata.deletionTimestamp ?? metadata.creationTimestamp, this.cluster.now);
  }

  /** Deletes a Pod without counting it. */
  #drop(pod: Pod): void {
    releaseFromTracking(pod, this.cluster);
    this.cluster.delete("pods", pod);
  }

  #completion(active: number): Ending | undefined {
    const { completions } = this.job.spec;
    const done = completions === undefined ? this.#succeeded > 0 : this.#succeeded >= completions;
    if (!done || active > 0) return undefined;
    return { succeeds: true, reason: "CompletionsReached", message: "Reached expected number of succeeded pods" };
  }

  #suspendOrResume(): void {
    const known = this.#conditions.find(({ type }) => type === "Suspended");
    if (this.job.spec.suspend) this.#setCondition("Suspended", "True", "JobSuspended", "Job suspended");
    else if (known !== undefined && known.status !== "False") {
      this.#setCondition("Suspended", "False", "JobResumed", "Job resumed");
      this.#startTime = this.cluster.timestamp;
    }
  }

  /** Counts what has ended, and lets it go. */
  #count(): void {
    const { spec } = this.job;
    for (const pod of this.pods) {
      if (!isTracked(pod)) continue;
      const [succeeded, failed] = [hasSucceeded(pod), this.#hasFailed(pod)];
      const over = this.#ending !== undefined || this.job.metadata.deletionTimestamp !== undefined;
      const waits = failed && this.#kept.get(indexOf(pod)) === pod;
      if (!over && !succeeded && (!failed || waits)) continue;
      const fails = !succeeded && (failed || (this.#ending !== undefined && !this.#ending.succeeds));
      if (fails && this.#isValid(pod) && judgeFailure(spec.podFailurePolicy, pod).counts) this.#failed++;
      releaseFromTracking(pod, this.cluster);
    }
  }

  #report(active: number): void {
    const { job, cluster } = this;
    const left = [...cluster.objects.controlledBy("pods", job.metadata.uid ?? "")];
    const terminating = this.#terminating(left);
    let completionTime = job.status?.completionTime;
    if (this.#ending !== undefined) {
      const { succeeds, reason, message } = this.#ending;
      this.#setCondition(succeeds ? "SuccessCriteriaMet" : "FailureTarget", "True", reason, message);
      if (terminating === 0) {
        this.#setCondition(succeeds ? "Complete" : "Failed", "True", reason, message);
        if (succeeds) completionTime ??= cluster.timestamp;
      }
    }
    cluster.updateStatus("jobs.batch", job, {
      startTime: this.#startTime,
      completionTime,
      active,
      ready: left.filter((pod) => isActive(pod) && isPodReady(pod)).length,
      succeeded: this.#succeeded,
      failed: this.#failed,
      terminating,
      completedIndexes: this.#indexed ? writeIndexes(this.#succeededIndexes) || undefined : undefined,
      failedIndexes: job.spec.backoffLimitPerIndex === undefined ? undefined : writeIndexes(this.#failedIndexes),
      conditions: this.#conditions.length > 0 ? this.#conditions : undefined,
    });
  }

  #terminating(pods: readonly Pod[]): number {
    return pods.filter((pod) => !isActive(pod) && !hasEnded(pod)).length;
  }

  #setCondition(type: string, status: string, reason: string, message: string): void {
    const known = this.#conditions.findIndex((condition) => condition.type === type);
    const before = this.#conditions[known];
    if (before?.status === status && before.reason === reason) return;
    const { timestamp } = this.cluster;
    const condition = { type, status, reason, message, lastTransitionTime: timestamp, lastProbeTime: timestamp };
    if (known < 0) this.#conditions.push(condition);
    else this.#conditions[known] = condition;
  }
}

const failure = (reason: string, message: string): Ending => ({ succeeds: false, reason, message });
const hasSucceeded = ({ status }: Pod): boolean => status?.phase === "Succeeded";
