import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import type { Resource } from "../resource.js";
import { autoscalersOf } from "./autoscalers.js";

/** How many Pods a workload has at any time, roll-outs aside. */
export interface ReplicaRange {
  readonly least: number;
  /** More than `least` where an autoscaler says so. */
  readonly most: number;
}

const SCALED = new Set(["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"]);

/** The replicas that manifests give a workload; undefined where they do not tell, and for kinds without replicas. */
export function replicaRange(cluster: Cluster, workload: Resource): ReplicaRange | undefined {
  if (workload.kind === "Pod") return { least: 1, most: 1 };
  if (!SCALED.has(workload.kind) || workload.builtInKind === undefined) return undefined;
  const { replicas = 1 } = (workload.spec ?? {}) as { replicas?: unknown };
  if (typeof replicas !== "number" || cluster.mayBePatched(workload, "replicas")) return undefined;
  if (workload.doubtful.some((path) => path.endsWith("replicas"))) return undefined;
  const scalers = autoscalersOf(cluster, workload);
  if (scalers.length === 0) return { least: replicas, most: replicas };
  const [scaler] = scalers;
  const { resource, minReplicas = 1, maxReplicas } = scaler!;
  if (scalers.length > 1 || resource.kind !== "HorizontalPodAutoscaler" || maxReplicas === undefined) return undefined;
  if (isPlaceholder(minReplicas) || isPlaceholder(maxReplicas) || maxReplicas < minReplicas) return undefined;
  return { least: minReplicas, most: maxReplicas };
}
