import { isPodReady } from "../../apis/core/pod-status.js";
import type { ApiObject } from "../../apis/kind-rules.js";
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from "../../apis/types/apps.v1.generated.js";
import type { CronJob, Job } from "../../apis/types/batch.v1.generated.js";
import type { Pod, ReplicationController } from "../../apis/types/core.v1.generated.js";
import { nextRuns } from "../../cluster/controllers/workloads/cron-runs.js";
import { controllerOf } from "../../cluster/simulation/object-store.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";
import { byNamespace, type Mark, type Row } from "./overview.js";
import { type PodsByWorkload, placesText, podLines, qosText, reasonsText } from "./pods-by-workload.js";

/** How far a workload got, and what its conditions say. */
interface Progress {
  readonly mark: Mark;
  readonly text: string;
  readonly notes?: readonly string[];
}

type Pods = readonly Pod[];

const PROGRESS = {
  "deployments.apps": (object: Deployment): Progress => {
    const { spec, status, metadata } = object;
    const failed = conditionNotes(status?.conditions, { ReplicaFailure: "True", Progressing: "False" });
    const paused = spec.paused ? ["it is paused: changes of its template wait"] : [];
    return replicas(status?.readyReplicas, spec.replicas ?? 1, [...failed, ...paused], metadata);
  },
  "statefulsets.apps": ({ spec, status, metadata }: StatefulSet) =>
    replicas(status?.readyReplicas, spec.replicas ?? 1, conditionNotes(status?.conditions, {}), metadata),
  "daemonsets.apps": ({ status, metadata }: DaemonSet): Progress => {
    const wanted = status?.desiredNumberScheduled ?? 0;
    const misplaced = status?.numberMisscheduled ?? 0;
    const notes = misplaced > 0 ? [`${misplaced} of its Pods are on nodes where they do not belong`] : [];
    if (wanted === 0) return { mark: "none", text: "no node wants it", notes };
    return replicas(status?.numberReady, wanted, notes, metadata);
  },
  "replicasets.apps": ({ spec, status, metadata }: ReplicaSet) =>
    replicas(
      status?.readyReplicas,
      spec.replicas ?? 1,
      conditionNotes(status?.conditions, { ReplicaFailure: "True" }),
      metadata,
    ),
  replicationcontrollers: ({ spec, status, metadata }: ReplicationController) =>
    replicas(
      status?.readyReplicas,
      spec?.replicas ?? 1,
      conditionNotes(status?.conditions, { ReplicaFailure: "True" }),
      metadata,
    ),
  "jobs.batch": jobProgress,
  "cronjobs.batch": (object: CronJob, _: Pods, { cluster }: Simulation): Progress => {
    const { spec } = object;
    const schedule = `${spec.schedule}${spec.timeZone ? ` ${spec.timeZone}` : ""}`;
    if (spec.suspend) return { mark: "none", text: `suspended, ${schedule}` };
    const [next] = nextRuns(object, cluster.now, 1);
    return next === undefined
      ? { mark: "warning", text: schedule, notes: ["its schedule fits no day: it never runs"] }
      : { mark: "good", text: schedule };
  },
  pods: (pod: Pod): Progress => {
    const { phase = "Pending" } = pod.status;
    const ready = isPodReady(pod);
    const done = phase === "Succeeded";
    return { mark: ready || done ? "good" : "bad", text: ready ? "ready" : done ? "completed" : phase };
  },
} as const;

/** The workloads, each with its Pods; those that another one makes are part of that. By namespace. */
export function workloadRows(simulation: Simulation, pods: PodsByWorkload): Map<string, Row[]> {
  const { objects } = simulation.cluster;
  const hasNodes = !objects.list("nodes").next().done;
  const rows: [string, Row][] = [];
  for (const [resource, progressOf] of Object.entries(PROGRESS))
    for (const object of [...objects.list(resource)].sort((a, b) => order(a, b))) {
      if (pods.topOf(object) !== object) continue;
      const own = pods.of(object);
      const {
        mark,
        text,
        notes = [],
      } = (progressOf as (o: ApiObject, p: Pods, s: Simulation) => Progress)(object, own, simulation);
      const { kind, metadata } = object;
      const orphaned = resource === "pods" && controllerOf(object) !== undefined;
      const row: Row = {
        key: `${kind}/${metadata.name}`,
        mark,
        cells: [`${kind} ${metadata.name}`, text, qosText(own), placesText(own, simulation)],
        notes: [
          ...notes,
          ...(orphaned
            ? [`its controller, ${controllerOf(object)?.kind} "${controllerOf(object)?.name}", is not there`]
            : []),
          ...reasonsText(own, hasNodes),
        ],
        details: resource === "pods" ? [] : podLines(own, simulation),
      };
      rows.push([metadata.namespace ?? "", row]);
    }
  return byNamespace(rows);
}

const order = (a: ApiObject, b: ApiObject): number => ((a.metadata.name ?? "") < (b.metadata.name ?? "") ? -1 : 1);

function replicas(
  ready = 0,
  wanted: number,
  notes: readonly string[],
  { deletionTimestamp }: ApiObject["metadata"],
): Progress {
  const going = deletionTimestamp === undefined ? [] : ["it is being deleted, and held back by its finalizers"];
  const mark = ready < wanted ? "bad" : notes.length > 0 ? "warning" : wanted === 0 ? "none" : "good";
  return { mark, text: wanted === 0 ? "scaled to 0" : `${ready}/${wanted} ready`, notes: [...notes, ...going] };
}

function jobProgress(object: Job): Progress {
  const { spec, status } = object;
  const { succeeded = 0, failed = 0, active = 0 } = status ?? {};
  const wanted = spec.completions ?? spec.parallelism ?? 1;
  const is = (type: string) => status?.conditions?.find((each) => each.type === type && each.status === "True");
  const failure = is("Failed");
  if (failure !== undefined)
    return { mark: "bad", text: `failed, ${failed} of its Pods`, notes: [`${failure.reason}: ${failure.message}`] };
  if (is("Complete") !== undefined) return { mark: "good", text: `${succeeded}/${wanted} complete` };
  if (spec.suspend) return { mark: "none", text: "suspended" };
  const ready = status?.ready ?? 0;
  const text = `${succeeded}/${wanted} complete, ${active} running`;
  return {
    mark: active > 0 && ready < active ? "bad" : "good",
    text: ready < active ? `${active - ready} of ${active} wait` : text,
  };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The messages of conditions that have the given status. */
const conditionNotes = (conditions: readonly Condition[] = [], bad: Readonly<Record<string, string>>): string[] =>
  conditions
    .filter(({ type, status }) => bad[type] === status)
    .map(({ type, reason, message }) => (message ? `${reason ?? type}: ${message}` : (reason ?? type)));
