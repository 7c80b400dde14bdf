import type { HorizontalPodAutoscaler } from "kubernetes-types/autoscaling/v2.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { Cluster } from "../cluster.js";
import { currentGroup } from "../kinds.js";
import type { Resource } from "../resource.js";

/** What sets the replicas of a workload in its manifest's stead. */
export interface Autoscaler {
  readonly resource: Resource;
  /** As written; undefined where not given. */
  readonly minReplicas: number | undefined;
  readonly maxReplicas: number | undefined;
}

/** The object that an autoscaler scales, as its `scaleTargetRef` names it. */
export interface ScaleTarget {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** The target of a HorizontalPodAutoscaler; undefined where it is not given in full or yet to be filled in. */
export function scaleTargetOf(autoscaler: Resource<HorizontalPodAutoscaler>): ScaleTarget | undefined {
  const { apiVersion = "", kind, name } = autoscaler.spec?.scaleTargetRef ?? {};
  if (!kind || !name || [apiVersion, kind, name].some(isPlaceholder)) return undefined;
  const slash = apiVersion.indexOf("/");
  return { group: currentGroup(slash < 0 ? "" : apiVersion.slice(0, slash), kind), kind, name };
}

const indexes = new WeakMap<Cluster, ReadonlyMap<string, Autoscaler[]>>();

/** Every autoscaler by the kind and name of its target: the group is often wrong, and then the controller finds nothing. */
function indexOf(cluster: Cluster): ReadonlyMap<string, Autoscaler[]> {
  const known = indexes.get(cluster);
  if (known) return known;
  const index = new Map<string, Autoscaler[]>();
  const add = (kind: string, name: string, autoscaler: Autoscaler): void => {
    const list = index.get(`${kind}/${name}`);
    if (list) list.push(autoscaler);
    else index.set(`${kind}/${name}`, [autoscaler]);
  };
  for (const resource of cluster.ofKind("HorizontalPodAutoscaler")) {
    const target = scaleTargetOf(resource);
    const { minReplicas, maxReplicas } = resource.spec ?? {};
    if (target) add(target.kind, target.name, { resource, minReplicas, maxReplicas });
  }
  // https://keda.sh/docs/latest/reference/scaledobject-spec/: it makes a HorizontalPodAutoscaler of its own.
  for (const resource of cluster.ofGroupKind("keda.sh", "ScaledObject")) {
    const spec = resource.spec as
      | { scaleTargetRef?: { kind?: unknown; name?: unknown }; minReplicaCount?: unknown; maxReplicaCount?: unknown }
      | undefined;
    const { kind = "Deployment", name } = spec?.scaleTargetRef ?? {};
    const integer = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
    if (typeof kind === "string" && typeof name === "string")
      add(kind, name, {
        resource,
        minReplicas: integer(spec?.minReplicaCount),
        maxReplicas: integer(spec?.maxReplicaCount),
      });
  }
  indexes.set(cluster, index);
  return index;
}

/** What scales a workload, with a namespace that can be the workload's. */
export const autoscalersOf = (cluster: Cluster, workload: Resource): readonly Autoscaler[] =>
  (indexOf(cluster).get(`${workload.kind}/${workload.name}`) ?? []).filter(
    ({ resource }) =>
      resource.namespace === workload.namespace || resource.namespace === "" || workload.namespace === "",
  );
