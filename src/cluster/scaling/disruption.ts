import type { PodDisruptionBudget } from "kubernetes-types/policy/v1.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster, PodMatches } from "../cluster.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Resource } from "../resource.js";
import { autoscalersOf } from "./autoscalers.js";

/** The Pods that a budget covers, as far as the manifests tell their number. */
export interface CoveredPods {
  /** One of each workload; of variants of one in several folders, the one with most replicas. */
  readonly pods: readonly PodTemplate[];
  /** The fewest replicas these have together; undefined where the manifests do not tell. */
  readonly replicas: number | undefined;
}

/** The kinds whose controllers the budget can ask for their replicas. */
const SCALED = new Set(["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"]);

export function podsCoveredBy(cluster: Cluster, budget: Resource<PodDisruptionBudget>): CoveredPods {
  const matches = cluster.podsMatching(budget.spec?.selector ?? {}, budget.namespace);
  const known = covered.get(matches) ?? countReplicas(cluster, matches);
  covered.set(matches, known);
  return known;
}

/** Budgets with the same selector cover the same Pods. */
const covered = new WeakMap<PodMatches, CoveredPods>();

function countReplicas(cluster: Cluster, { matched, possible }: PodMatches): CoveredPods {
  const largest = new Map<string, { readonly pod: PodTemplate; readonly replicas: number | undefined }>();
  for (const pod of matched) {
    const { owner } = pod;
    const key = `${owner.kind}/${owner.name}`;
    const replicas = replicasOf(cluster, owner);
    const known = largest.get(key);
    if (!known || (known.replicas !== undefined && (replicas === undefined || replicas > known.replicas)))
      largest.set(key, { pod, replicas });
  }
  let replicas: number | undefined = possible.length > 0 ? undefined : 0;
  for (const entry of largest.values())
    replicas = replicas === undefined || entry.replicas === undefined ? undefined : replicas + entry.replicas;
  return { pods: [...largest.values()].map(({ pod }) => pod), replicas };
}

/** The replicas a workload has at the least: with an autoscaler, its minimum (one where not given). */
function replicasOf(cluster: Cluster, workload: Resource): number | undefined {
  if (workload.kind === "Pod") return 1;
  if (!SCALED.has(workload.kind)) return undefined;
  const { replicas } = (workload.spec ?? {}) as { replicas?: unknown };
  if (isPlaceholder(replicas)) return undefined;
  const scalers = autoscalersOf(cluster, workload);
  if (
    scalers.some(
      ({ resource, minReplicas }) => resource.kind !== "HorizontalPodAutoscaler" || isPlaceholder(minReplicas),
    )
  )
    return undefined;
  if (scalers.length > 0) return Math.max(...scalers.map(({ minReplicas }) => minReplicas ?? 1));
  return typeof replicas === "number" ? replicas : 1;
}

/** A count or a percentage as a budget reads it; undefined where it is neither. */
export function readAmount(value: unknown): { readonly count?: number; readonly percent?: number } | undefined {
  if (typeof value === "number") return { count: value };
  const match = typeof value === "string" ? /^(\d+)%$/.exec(value) : null;
  return match ? { percent: Number(match[1]) } : undefined;
}

/**
 * How many of `replicas` must stay up. Percentages are rounded up, of `minAvailable` and of `maxUnavailable`:
 * https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages.
 */
export function requiredAvailable(
  spec: { readonly minAvailable?: unknown; readonly maxUnavailable?: unknown },
  replicas: number,
): number | undefined {
  const least = readAmount(spec.minAvailable);
  if (least) return least.count ?? Math.ceil((least.percent! * replicas) / 100);
  const most = readAmount(spec.maxUnavailable);
  if (most) return Math.max(0, replicas - (most.count ?? Math.ceil((most.percent! * replicas) / 100)));
  return undefined;
}
