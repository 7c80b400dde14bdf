import type { Pod, PodSpec } from "../../apis/types/core.v1.generated.js";

/** The claims of a Pod by name, with those that are made for its generic ephemeral volumes. */
export const claimNamesOf = ({ metadata, spec }: Pod): string[] =>
  (spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) =>
    persistentVolumeClaim ? persistentVolumeClaim.claimName : ephemeral ? `${metadata.name}-${name}` : [],
  );

/** A disk that a Pod mounts by itself, which one node may not mount twice. */
export interface Disk {
  readonly id: string;
  /** Whether it may be shared where all mount it read-only. */
  readonly shared: boolean;
}

export function disksOf({ volumes = [] }: PodSpec): Disk[] {
  return volumes.flatMap(({ gcePersistentDisk, awsElasticBlockStore, iscsi, rbd }) => {
    if (gcePersistentDisk)
      return { id: `gce ${gcePersistentDisk.pdName}`, shared: gcePersistentDisk.readOnly ?? false };
    if (awsElasticBlockStore) return { id: `ebs ${awsElasticBlockStore.volumeID}`, shared: false };
    if (iscsi) return { id: `iscsi ${iscsi.iqn}`, shared: iscsi.readOnly ?? false };
    if (rbd) return { id: `rbd ${rbd.monitors?.join()} ${rbd.pool} ${rbd.image}`, shared: rbd.readOnly ?? false };
    return [];
  });
}

/** Whether a Pod may not mount its disks beside those that are mounted. */
export const disksCollide = (wanted: readonly Disk[], mounted: readonly Disk[]): boolean =>
  wanted.some((disk) => mounted.some((other) => disk.id === other.id && !(disk.shared && other.shared)));
