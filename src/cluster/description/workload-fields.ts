import type { ApiObject } from "../../apis/kind-rules.js";
import type { DaemonSet, Deployment, StatefulSet } from "../../apis/types/apps.v1.generated.js";
import type { CronJob, Job } from "../../apis/types/batch.v1.generated.js";
import type { Pod, PodTemplateSpec } from "../../apis/types/core.v1.generated.js";
import type { LabelSelector } from "../../apis/types/meta.v1.generated.js";
import { nextRuns } from "../controllers/workloads/cron-runs.js";
import { planRollout } from "../controllers/workloads/plan-rollout.js";
import { describeSelector } from "../selection/selectors.js";
import { controllerOf } from "../simulation/object-store.js";
import type { Simulation } from "../simulation/simulate.js";
import { type Field, group, lines, pairs, text } from "./description.js";
import { conditionField, podTable, templateFields } from "./pod-fields.js";

const RUNS_TOLD = 5;

export function deploymentFields(object: Deployment, simulation: Simulation): Field[] {
  const { spec, status } = object;
  const {
    replicas = 0,
    updatedReplicas = 0,
    readyReplicas = 0,
    availableReplicas = 0,
    unavailableReplicas = 0,
  } = status ?? {};
  return [
    ...selector(spec.selector),
    ...text(
      "Replicas",
      `${spec.replicas ?? 1} desired, ${updatedReplicas} updated, ${replicas} in all, ${readyReplicas} ready, ${availableReplicas} available, ${unavailableReplicas} unavailable`,
    ),
    ...text("Paused", spec.paused || undefined),
    ...rollout(object, simulation),
    ...template(spec.template, object, simulation),
    ...conditionField(status?.conditions),
    ...podTable("Pods", podsBelow(object, simulation)),
  ];
}

export function statefulSetFields(object: StatefulSet, simulation: Simulation): Field[] {
  const { spec, status } = object;
  return [
    ...selector(spec.selector),
    ...text("Service Name", spec.serviceName),
    ...text("Pod Management", spec.podManagementPolicy),
    ...text(
      "Replicas",
      `${spec.replicas ?? 1} desired, ${status?.replicas ?? 0} in all, ${status?.readyReplicas ?? 0} ready`,
    ),
    ...rollout(object, simulation),
    ...template(spec.template, object, simulation),
    ...lines(
      "Volume Claims",
      (spec.volumeClaimTemplates ?? []).map(
        ({ metadata, spec: claim }) =>
          `${metadata.name}: ${claim?.resources?.requests?.storage ?? "?"}, class ${claim?.storageClassName ?? "<default>"}, ${(claim?.accessModes ?? []).join(", ")}`,
      ),
    ),
    ...podTable("Pods", podsBelow(object, simulation)),
  ];
}

export function daemonSetFields(object: DaemonSet, simulation: Simulation): Field[] {
  const { spec, status } = object;
  const {
    desiredNumberScheduled = 0,
    currentNumberScheduled = 0,
    numberReady = 0,
    numberMisscheduled = 0,
  } = status ?? {};
  return [
    ...selector(spec.selector),
    ...text(
      "Nodes",
      `${desiredNumberScheduled} wanted, ${currentNumberScheduled} with a Pod, ${numberReady} ready, ${numberMisscheduled} with one that does not belong there`,
    ),
    ...rollout(object, simulation),
    ...template(spec.template, object, simulation),
    ...podTable("Pods", podsBelow(object, simulation)),
  ];
}

type ReplicaOwner = ApiObject & {
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: LabelSelector | Record<string, string>;
    readonly template?: PodTemplateSpec;
  };
  readonly status?: {
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly conditions?: Parameters<typeof conditionField>[0];
  };
};

/** Of a ReplicaSet, and of a ReplicationController, whose selector has labels alone. */
export function replicaFields(object: ReplicaOwner, simulation: Simulation): Field[] {
  const { spec = {}, status = {} } = object;
  const isOld = object.kind === "ReplicationController";
  return [
    ...selector(isOld ? { matchLabels: spec.selector as Record<string, string> } : (spec.selector as LabelSelector)),
    ...text(
      "Replicas",
      `${spec.replicas ?? 1} desired, ${status.replicas ?? 0} in all, ${status.readyReplicas ?? 0} ready`,
    ),
    ...(spec.template === undefined ? [] : template(spec.template, object, simulation)),
    ...conditionField(status.conditions),
    ...podTable("Pods", podsBelow(object, simulation)),
  ];
}

export function jobFields(object: Job, simulation: Simulation): Field[] {
  const { spec, status } = object;
  const { active = 0, succeeded = 0, failed = 0 } = status ?? {};
  return [
    ...(spec.selector ? selector(spec.selector) : []),
    ...text("Parallelism", spec.parallelism),
    ...text("Completions", spec.completions ?? "<unset>"),
    ...text("Completion Mode", spec.completionMode),
    ...text("Backoff Limit", spec.backoffLimit),
    ...text("Active Deadline", spec.activeDeadlineSeconds === undefined ? undefined : `${spec.activeDeadlineSeconds}s`),
    ...text(
      "Removed After",
      spec.ttlSecondsAfterFinished === undefined ? undefined : `${spec.ttlSecondsAfterFinished}s`,
    ),
    ...text("Suspended", spec.suspend || undefined),
    ...text("Pods", `${active} active, ${succeeded} succeeded, ${failed} failed`),
    ...template(spec.template, object, simulation),
    ...conditionField(status?.conditions),
    ...podTable("Its Pods", podsBelow(object, simulation)),
  ];
}

/** `at`: seconds since 1970, from when on runs are told. */
export function cronJobFields(object: CronJob, simulation: Simulation, at: number): Field[] {
  const { spec } = object;
  const runs = spec.suspend ? [] : nextRuns(object, at, RUNS_TOLD);
  const zone = spec.timeZone ?? "UTC";
  const { jobTemplate } = spec;
  return [
    ...text("Schedule", spec.schedule),
    ...text("Time Zone", spec.timeZone ?? "<the controller manager's, taken as UTC>"),
    ...text("Concurrency Policy", spec.concurrencyPolicy),
    ...text("Suspended", spec.suspend || undefined),
    ...text(
      "Starting Deadline",
      spec.startingDeadlineSeconds === undefined ? undefined : `${spec.startingDeadlineSeconds}s`,
    ),
    ...text("Successful Jobs Kept", spec.successfulJobsHistoryLimit),
    ...text("Failed Jobs Kept", spec.failedJobsHistoryLimit),
    ...lines(
      "Next Runs",
      runs.length > 0
        ? runs.map((run) => momentText(run, zone))
        : [spec.suspend ? "none while it is suspended" : "never"],
    ),
    ...(jobTemplate.spec?.template === undefined ? [] : template(jobTemplate.spec.template, object, simulation)),
  ];
}

/** `2025-01-01T03:00:00Z (04:00 Europe/Berlin)`. */
function momentText(seconds: number, timeZone: string): string {
  const date = new Date(seconds * 1000);
  const utc = date.toISOString().replace(".000Z", "Z");
  if (timeZone === "UTC" || timeZone === "Etc/UTC") return utc;
  try {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" });
    return `${utc} (${format.format(date)} ${timeZone})`;
  } catch {
    return utc;
  }
}

const selector = (value: LabelSelector | undefined): Field[] => text("Selector", value && describeSelector(value));

function template({ metadata, spec }: PodTemplateSpec, owner: ApiObject, simulation: Simulation): Field[] {
  if (spec === undefined) return [];
  return group("Pod Template", [
    ...lines("Labels", pairs(metadata?.labels)),
    ...lines("Annotations", pairs(metadata?.annotations)),
    ...templateFields({ metadata, spec } as Pod, owner.metadata.namespace ?? "default", simulation),
  ]);
}

/** What changing the template would do: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#updating-a-deployment */
function rollout(object: Deployment | StatefulSet | DaemonSet, { cluster }: Simulation): Field[] {
  const nodes = [...cluster.objects.list("nodes")].length;
  const { strategy, pods, surge, unavailable, steps, stepCount, ordinals } = planRollout(object, nodes);
  const limits =
    strategy === "RollingUpdate"
      ? `${pods + surge} ${pods + surge === 1 ? "Pod" : "Pods"} at most, ${Math.max(pods - unavailable, 0)} available at least`
      : undefined;
  const shown = steps.map((step) => `${step.old} old + ${step.new} new`);
  const more = stepCount === undefined || stepCount > steps.length ? ["..."] : [];
  return [
    ...text("Strategy", strategy),
    ...text("Update Limits", limits),
    ...text(
      "Update Order",
      ordinals && `ordinal ${ordinals.from}${ordinals.from === ordinals.to ? "" : ` down to ${ordinals.to}`}`,
    ),
    ...text(
      "Update Steps",
      shown.length > 0 ? `${stepCount ?? "many"}: ${[...shown, ...more].join(" → ")}` : undefined,
    ),
  ];
}

/** The Pods that an object makes, itself or by others. */
function podsBelow({ metadata }: ApiObject, { cluster }: Simulation, depth = 0): Pod[] {
  const pods: Pod[] = [];
  for (const { resource, object } of cluster.objects.ownedBy(metadata.uid ?? "")) {
    if (controllerOf(object)?.uid !== metadata.uid) continue;
    if (resource === "pods") pods.push(object as Pod);
    else if (depth < 4) pods.push(...podsBelow(object, { cluster } as Simulation, depth + 1));
  }
  return pods;
}
