import type { PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";
import { byNamespace, type Row } from "./overview.js";

/** The claims, and what they are bound to. By namespace. */
export function claimRows({ cluster }: Simulation): Map<string, Row[]> {
  const rows: [string, Row][] = [];
  for (const claim of cluster.objects.list("persistentvolumeclaims")) {
    const { metadata, spec, status } = claim;
    const { namespace = "", name = "" } = metadata;
    const bound = status?.phase === "Bound";
    const text = bound ? `bound to ${spec.volumeName}` : (status?.phase ?? "Pending");
    const note = bound ? undefined : whyUnbound(claim, cluster.objects);
    const storageClass = spec.storageClassName ? `class ${spec.storageClassName}` : "no class";
    rows.push([
      namespace,
      {
        key: `PersistentVolumeClaim/${name}`,
        mark: bound ? "good" : status?.phase === "Lost" ? "bad" : "warning",
        cells: [
          `Claim ${name}`,
          text,
          spec.resources?.requests?.storage ?? "",
          storageClass,
          (spec.accessModes ?? []).join(", "),
        ],
        notes: note === undefined ? [] : [note],
        details: [],
      },
    ]);
  }
  return byNamespace(rows.sort(([, a], [, b]) => (a.key < b.key ? -1 : 1)));
}

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

/** The volumes, and who has them. */
export function volumeRows({ cluster }: Simulation): Row[] {
  const rows = [...cluster.objects.list("persistentvolumes")].map(({ metadata, spec, status }): Row => {
    const { phase = "Pending" } = status ?? {};
    const claim = spec.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : "";
    return {
      key: `PersistentVolume/${metadata.name}`,
      mark: phase === "Bound" ? "good" : phase === "Failed" || phase === "Released" ? "warning" : "none",
      cells: [
        `Volume ${metadata.name}`,
        phase,
        spec.capacity?.storage ?? "",
        spec.storageClassName ? `class ${spec.storageClassName}` : "no class",
        claim,
      ],
      notes: [],
      details: [],
    };
  });
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}
