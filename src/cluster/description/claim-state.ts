import type { PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import type { Simulation } from "../simulation/simulate.js";

/** What a claim waits for, as far as the input tells. */
export function whyUnbound(
  { spec, status }: PersistentVolumeClaim,
  objects: Simulation["cluster"]["objects"],
): string | undefined {
  if (status?.phase === "Lost") return `its volume "${spec.volumeName}" is gone`;
  const name = spec.storageClassName;
  if (!name)
    return spec.volumeName
      ? `waits for volume "${spec.volumeName}"`
      : "no volume fits, and it names no class that could make one";
  const storageClass = objects.get("storageclasses.storage.k8s.io", undefined, name);
  if (storageClass === undefined) return `no volume fits, and StorageClass "${name}" is not in the input`;
  const { provisioner, volumeBindingMode } = storageClass;
  if (provisioner === "kubernetes.io/no-provisioner") return "no volume fits, and its class makes none";
  const waits = volumeBindingMode === "WaitForFirstConsumer" ? "when a Pod that uses it has a node, " : "";
  return `${waits}"${provisioner}" makes a volume; that is not part of the simulation`;
}
