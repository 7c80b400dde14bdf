import type { Deployment, DeploymentCondition, ReplicaSet } from "../../../apis/types/apps.v1.generated.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { secondsOf } from "./pod-state.js";
import { leewayOf } from "./rollout.js";

/** What one look at a Deployment did to its new ReplicaSet. */
export interface Progress {
  /** The name of the set that was made. */
  readonly created?: string;
  /** Why none could be made. */
  readonly refused?: string;
  /** A set of another template has the name. */
  readonly collision?: boolean;
}

/** The sets a status is about. */
interface Sets {
  readonly all: readonly ReplicaSet[];
  readonly latest: ReplicaSet | undefined;
  readonly progress: Progress | undefined;
}

type Counts = Omit<Deployment["status"], "conditions">;
type News = Pick<DeploymentCondition, "status" | "reason" | "message">;

const COMPLETE = "NewReplicaSetAvailable";
const TIMED_OUT = "ProgressDeadlineExceeded";
const PAUSED = "DeploymentPaused";
/** Stands for no deadline at all. */
const NEVER = 2_147_483_647;

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status */
export function conditionsOf(
  deployment: Deployment,
  counts: Counts,
  sets: Sets,
  cluster: SimulatedCluster,
): DeploymentCondition[] | undefined {
  const { spec } = deployment;
  const known = deployment.status?.conditions ?? [];
  const { replicas = 1 } = spec;
  const enough = (counts.availableReplicas ?? 0) >= replicas - leewayOf(spec).unavailable;
  const failed = sets.all
    .flatMap(({ status }) => status?.conditions ?? [])
    .find(({ type }) => type === "ReplicaFailure");
  const failure = spec.paused ? known.find(({ type }) => type === "ReplicaFailure") : failed;
  const news: readonly (readonly [string, News | undefined])[] = [
    ["Progressing", hasDeadline(spec) ? progressing(deployment, counts, sets, cluster) : undefined],
    [
      "Available",
      enough
        ? saying("True", "MinimumReplicasAvailable", "Deployment has minimum availability")
        : saying("False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability"),
    ],
    ["ReplicaFailure", failure && saying(failure.status, failure.reason, failure.message)],
  ];
  const conditions = news.flatMap(([type, said]) => {
    if (said === undefined) return [];
    const before = known.find((condition) => condition.type === type);
    const lastTransitionTime = before?.status === said.status ? before.lastTransitionTime : cluster.timestamp;
    const same = before?.status === said.status && before.reason === said.reason;
    const progresses = type === "Progressing" && hasProgressed(deployment.status ?? {}, counts);
    const lastUpdateTime = same && !progresses ? before!.lastUpdateTime : cluster.timestamp;
    return [{ type, ...said, lastTransitionTime, lastUpdateTime }];
  });
  return conditions.length > 0 ? conditions : undefined;
}

const saying = (status: string, reason: string | undefined, message: string | undefined): News => ({
  status,
  reason,
  message,
});

/** A Deployment that can have no new ReplicaSet is told so, and looked at no further. */
export function refusedStatus(
  { spec, status }: Deployment,
  refusal: string,
  { timestamp }: SimulatedCluster,
): Deployment["status"] {
  if (!hasDeadline(spec)) return status ?? {};
  const known = status?.conditions ?? [];
  const before = known.find(({ type }) => type === "Progressing");
  const lastTransitionTime = before?.status === "False" ? before.lastTransitionTime : timestamp;
  const said = saying("False", "ReplicaSetCreateError", `Failed to create new replica set: ${refusal}`);
  const lastUpdateTime = before?.reason === said.reason ? before!.lastUpdateTime : timestamp;
  const condition = { type: "Progressing", ...said, lastTransitionTime, lastUpdateTime };
  return { ...status, conditions: [...known.filter((other) => other !== before), condition] };
}

const hasDeadline = ({ progressDeadlineSeconds }: Deployment["spec"]): boolean =>
  progressDeadlineSeconds !== undefined && progressDeadlineSeconds !== NEVER;

function progressing(
  deployment: Deployment,
  counts: Counts,
  { latest, progress }: Sets,
  { now }: SimulatedCluster,
): News | undefined {
  const { spec, status = {} } = deployment;
  const before = status.conditions?.find(({ type }) => type === "Progressing");
  if (before?.reason === TIMED_OUT && spec.paused) return before;
  if (spec.paused) return saying("Unknown", PAUSED, "Deployment is paused");
  let current: News | undefined =
    before?.reason === PAUSED ? saying("Unknown", "DeploymentResumed", "Deployment is resumed") : before;
  const set =
    latest === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${latest.metadata.name}"`;
  if (progress?.created !== undefined)
    current = saying("True", "NewReplicaSetCreated", `Created new replica set "${progress.created}"`);
  else if (current === undefined && latest !== undefined)
    current = saying("True", "FoundNewReplicaSet", `Found new replica set "${latest.metadata.name}"`);
  if (counts.replicas === counts.updatedReplicas && current?.reason === COMPLETE) return current;
  const { replicas = 1 } = spec;
  if (counts.updatedReplicas === replicas && counts.replicas === replicas && counts.availableReplicas === replicas)
    return saying("True", COMPLETE, `${set} has successfully progressed`);
  if (hasProgressed(status, counts)) return saying("True", "ReplicaSetUpdated", `${set} is progressing`);
  const since = before === undefined ? now : secondsOf(before.lastUpdateTime);
  const late = current === before && since + (spec.progressDeadlineSeconds ?? 0) < now;
  if (
    before !== undefined &&
    (before.reason === TIMED_OUT || (late && before.reason !== COMPLETE && before.reason !== PAUSED))
  )
    return saying("False", TIMED_OUT, `${set} has timed out progressing`);
  return current;
}

function hasProgressed(before: Deployment["status"] | Record<string, never>, after: Counts): boolean {
  const number = (value: number | undefined) => value ?? 0;
  const old = ({ replicas, updatedReplicas }: Counts) => number(replicas) - number(updatedReplicas);
  return (
    number(after.updatedReplicas) > number(before.updatedReplicas) ||
    old(after) < old(before) ||
    number(after.readyReplicas) > number(before.readyReplicas) ||
    number(after.availableReplicas) > number(before.availableReplicas)
  );
}

/** How long to wait until the deadline of a Deployment that makes no progress has passed; undefined where none runs. */
export function secondsToDeadline(
  { progressDeadlineSeconds, paused }: Deployment["spec"],
  conditions: readonly DeploymentCondition[] | undefined,
  now: number,
): number | undefined {
  const current = conditions?.find(({ type }) => type === "Progressing");
  if (current === undefined || progressDeadlineSeconds === undefined || progressDeadlineSeconds === NEVER)
    return undefined;
  if (paused || current.reason === COMPLETE || current.reason === TIMED_OUT) return undefined;
  return Math.max(secondsOf(current.lastUpdateTime) + progressDeadlineSeconds + 1 - now, 0.001);
}
