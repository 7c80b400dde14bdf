import type { ApiObject } from "../../../apis/kind-rules.js";
import type { StatefulSet } from "../../../apis/types/apps.v1.generated.js";
import type { PersistentVolumeClaim, Pod } from "../../../apis/types/core.v1.generated.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";
import { refusalOf } from "./pods-from-template.js";
import { claimNames, ordinalOf, ordinalsOf } from "./stateful-names.js";

/** Makes the claims of one ordinal that are not there; why one was refused. */
export function makeClaims(set: StatefulSet, ordinal: number, cluster: SimulatedCluster): string | undefined {
  const names = claimNames(set, ordinal);
  for (const [i, template] of (set.spec.volumeClaimTemplates ?? []).entries()) {
    const { claim: name } = names[i]!;
    if (cluster.objects.get("persistentvolumeclaims", set.metadata.namespace, name) !== undefined) continue;
    const claim = JSON.parse(
      JSON.stringify({
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: {
          name,
          namespace: set.metadata.namespace,
          labels: { ...template.metadata.labels, ...set.spec.selector?.matchLabels },
          annotations: template.metadata.annotations,
        },
        spec: template.spec,
      }),
    ) as ApiObject;
    const verdict = cluster.create(claim);
    if (!verdict.allowed) return refusalOf(claim, verdict);
  }
  return undefined;
}

/**
 * Makes owners of the claims what is to take them along: the set, when it is deleted; the Pod, when the set is scaled
 * below it.
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention
 */
export function ownClaims(set: StatefulSet, pod: Pod, cluster: SimulatedCluster): void {
  const { whenDeleted, whenScaled } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  const ordinal = ordinalOf(set, pod);
  const { first, end } = ordinalsOf(set.spec);
  const condemned = ordinal < first || ordinal >= end;
  for (const { claim: name } of claimNames(set, ordinal)) {
    const claim = cluster.objects.get("persistentvolumeclaims", set.metadata.namespace, name);
    if (claim === undefined) continue;
    setOwner(claim, pod, whenScaled === "Delete" && condemned, cluster);
    const current = cluster.objects.get("persistentvolumeclaims", set.metadata.namespace, name);
    if (current !== undefined)
      setOwner(current, set, whenDeleted === "Delete" && !(whenScaled === "Delete" && condemned), cluster);
  }
}

function setOwner(
  claim: PersistentVolumeClaim,
  { apiVersion = "", kind = "", metadata: { name = "", uid = "" } }: ApiObject,
  wanted: boolean,
  cluster: SimulatedCluster,
): void {
  const owners = claim.metadata.ownerReferences ?? [];
  const is = owners.some((owner) => owner.uid === uid);
  if (is === wanted) return;
  const left = wanted ? [...owners, { apiVersion, kind, name, uid }] : owners.filter((owner) => owner.uid !== uid);
  const ownerReferences = left.length > 0 ? left : undefined;
  cluster.update("persistentvolumeclaims", { ...claim, metadata: { ...claim.metadata, ownerReferences } });
}
