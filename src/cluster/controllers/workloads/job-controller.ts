import type { Job } from "../../../apis/types/batch.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { controllerOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { Adoption } from "./adoption.js";
import { type BackoffRecord, isTracked, JOBS, JobRound, releaseFromTracking } from "./job-round.js";
import { secondsOf } from "./pod-state.js";

const JOB_CONTROLLER = "kubernetes.io/job-controller";
/** What admission writes where only the cluster knows the uid. */
const UNKNOWN_UID = "00000000-0000-0000-0000-000000000000";
const ORPHAN = "orphan ";

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
export const jobController = (): Controller => {
  const adoption = new Adoption<"jobs.batch", "pods">("pods", "Job", ({ spec }) => spec.selector);
  const backoff = new Map<string, BackoffRecord>();
  return {
    name: JOBS,
    watches: {
      "jobs.batch": ({ before, after }, enqueue, cluster) => {
        adoption.noticeOwner({ resource: "jobs.batch", before, after }, enqueue);
        if (after === undefined && before !== undefined)
          for (const pod of cluster.objects.controlledBy("pods", before.metadata.uid ?? ""))
            enqueue(ORPHAN + keyOf(pod));
      },
      pods: (change, enqueue) => {
        adoption.noticeDependent(change, enqueue);
        const { after } = change;
        if (after?.metadata.deletionTimestamp !== undefined && isTracked(after)) enqueue(ORPHAN + keyOf(after));
      },
    },
    reconcile: (key, cluster) => {
      if (key.startsWith(ORPHAN)) {
        releaseOrphan(key.slice(ORPHAN.length), cluster);
        return;
      }
      const found = cluster.objects.find("jobs.batch", key);
      if (found === undefined) return;
      if (found.spec.managedBy !== undefined && found.spec.managedBy !== JOB_CONTROLLER) return;
      const job = withOwnUid(found, cluster);
      const end = endOf(job);
      if (end !== undefined) {
        expire(job, end, cluster);
        return;
      }
      const { uid = "" } = job.metadata;
      const record = backoff.get(uid) ?? { failures: 0, lastFailure: 0 };
      backoff.set(uid, record);
      new JobRound(job, adoption.claim(job, cluster), cluster, record).run();
    },
  };
};

/** A Pod whose Job is gone is not counted any more. */
function releaseOrphan(key: string, cluster: SimulatedCluster): void {
  const pod = cluster.objects.find("pods", key);
  const owner = pod && controllerOf(pod);
  if (pod === undefined || (owner !== undefined && owner.kind !== "Job")) return;
  const job = owner && cluster.objects.get("jobs.batch", pod.metadata.namespace, owner.name);
  if (job === undefined || job.metadata.uid !== owner?.uid) releaseFromTracking(pod, cluster);
}

/** A Job's generated selector and labels hold its uid. */
function withOwnUid(job: Job, cluster: SimulatedCluster): Job {
  const { spec, metadata } = job;
  const labels = spec.selector?.matchLabels ?? {};
  if (!Object.values(labels).includes(UNKNOWN_UID)) return job;
  const named = (given: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(given).map(([key, value]) => [key, value === UNKNOWN_UID ? metadata.uid! : value]),
    );
  const { template } = spec;
  const own: Job = {
    ...job,
    spec: {
      ...spec,
      selector: { ...spec.selector, matchLabels: named(labels) },
      template: { ...template, metadata: { ...template.metadata, labels: named(template.metadata.labels) } },
    },
  };
  cluster.update("jobs.batch", own);
  return own;
}

/** When a Job has ended, in seconds; undefined of one that goes on. */
export function endOf({ status }: Job): number | undefined {
  const last = status?.conditions?.find(
    ({ type, status: is }) => (type === "Complete" || type === "Failed") && is === "True",
  );
  return last && secondsOf(last.lastTransitionTime);
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/ */
function expire(job: Job, end: number, cluster: SimulatedCluster): void {
  const { ttlSecondsAfterFinished } = job.spec;
  if (ttlSecondsAfterFinished === undefined || job.metadata.deletionTimestamp !== undefined) return;
  const due = end + ttlSecondsAfterFinished;
  if (due > cluster.now) cluster.loop.wakeAt(due, JOBS, keyOf(job));
  else cluster.delete("jobs.batch", job, "Foreground");
}
