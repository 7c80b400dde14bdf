import { whyUnbound } from "../../cluster/description/claim-state.js";
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
