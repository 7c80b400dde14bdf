import type { ApiObject } from "../../../apis/kind-rules.js";
import type { PersistentVolume } from "../../../apis/types/core.v1.generated.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";

const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
/** The control plane itself deletes only what it might have made for a test. */
const DELETABLE_PATH = /^\/tmp\/.+/;

/**
 * What becomes of a volume whose claim is gone. Nothing here plays the drivers that delete what they have made; a volume
 * that none has made, and the control plane cannot delete by itself, has failed.
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming
 */
export function reclaim(volume: PersistentVolume, cluster: SimulatedCluster): void {
  const { metadata, spec, status } = volume;
  if (spec.persistentVolumeReclaimPolicy === "Recycle") {
    if (spec.nfs !== undefined || spec.hostPath !== undefined) scrub(volume, cluster);
    else fail("No plugin recycles volumes of this type");
  } else if (spec.persistentVolumeReclaimPolicy === "Delete") {
    const provisioner = metadata.annotations?.[PROVISIONED_BY];
    if (provisioner && !provisioner.startsWith("kubernetes.io/")) return;
    if (spec.hostPath !== undefined && DELETABLE_PATH.test(spec.hostPath.path))
      cluster.delete("persistentvolumes", volume);
    else fail("No plugin deletes volumes of this type");
  }

  function fail(message: string): void {
    cluster.updateStatus("persistentvolumes", volume, { ...status, phase: "Failed", message });
  }
}

const RECYCLERS_NAMESPACE = "default";

/** A Pod empties the volume; only when it has done so may another claim have it. */
function scrub({ metadata, spec }: PersistentVolume, cluster: SimulatedCluster): void {
  const name = `recycler-for-${metadata.name}`;
  const there = cluster.objects.get("pods", RECYCLERS_NAMESPACE, name);
  if (there !== undefined) return;
  const { nfs, hostPath } = spec;
  cluster.create({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: RECYCLERS_NAMESPACE },
    spec: {
      restartPolicy: "Never",
      activeDeadlineSeconds: 60,
      volumes: [{ name: "vol", ...(nfs === undefined ? { hostPath } : { nfs }) }],
      containers: [
        {
          name: "pv-recycler",
          image: "registry.k8s.io/build-image/debian-base:bookworm-v1.0.4",
          command: ["/bin/sh"],
          args: ["-c", "find /scrub -mindepth 1 -delete"],
          volumeMounts: [{ name: "vol", mountPath: "/scrub" }],
        },
      ],
    },
  } as ApiObject);
}
