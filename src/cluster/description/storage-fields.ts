import type { PersistentVolume, PersistentVolumeClaim } from "../../apis/types/core.v1.generated.js";
import type { StorageClass } from "../../apis/types/storage.v1.generated.js";
import { writtenName } from "../outcome/like-entries.js";
import { claimNamesOf } from "../scheduling/pod-volumes.js";
import type { Simulation } from "../simulation/simulate.js";
import { whyUnbound } from "./claim-state.js";
import { type Field, lines, text } from "./description.js";

export function claimFields(claim: PersistentVolumeClaim, { cluster }: Simulation): Field[] {
  const { metadata, spec, status } = claim;
  const { objects } = cluster;
  const users = [...objects.list("pods", metadata.namespace)].filter((pod) =>
    claimNamesOf(pod).includes(metadata.name ?? ""),
  );
  return [
    ...text("StorageClass", spec.storageClassName || "<none>"),
    ...text("Status", status?.phase ?? "Pending"),
    ...text("Because", status?.phase === "Bound" ? undefined : whyUnbound(claim, objects)),
    ...text("Volume", spec.volumeName),
    ...text("Requested", spec.resources?.requests?.storage),
    ...text("Capacity", status?.capacity?.storage),
    ...text("Access Modes", (spec.accessModes ?? []).join(", ")),
    ...text("Volume Mode", spec.volumeMode),
    ...lines(
      "Used By",
      users.map((pod) => `Pod ${writtenName(pod)}`),
    ),
  ];
}

export const volumeFields = ({ spec, status }: PersistentVolume): Field[] => [
  ...text("StorageClass", spec.storageClassName || "<none>"),
  ...text("Status", status?.phase ?? "Pending"),
  ...text("Claim", spec.claimRef && `${spec.claimRef.namespace}/${spec.claimRef.name}`),
  ...text("Reclaim Policy", spec.persistentVolumeReclaimPolicy),
  ...text("Access Modes", (spec.accessModes ?? []).join(", ")),
  ...text("Volume Mode", spec.volumeMode),
  ...text("Capacity", spec.capacity?.storage),
  ...text("Node Affinity", spec.nodeAffinity?.required && "required"),
];

export const storageClassFields = ({
  provisioner,
  reclaimPolicy,
  volumeBindingMode,
  allowVolumeExpansion,
  parameters,
}: StorageClass): Field[] => [
  ...text("Provisioner", provisioner),
  ...lines(
    "Parameters",
    Object.keys(parameters ?? {}).map((key) => `${key}=${parameters![key]}`),
  ),
  ...text("Reclaim Policy", reclaimPolicy),
  ...text("Binding Mode", volumeBindingMode),
  ...text("Expansion", allowVolumeExpansion ? "allowed" : "not allowed"),
];
