// Made by scripts/generate-api-types.mjs.
import type * as MetaV1 from "./meta.v1.generated.js";

export interface CSIStorageCapacity {
  apiVersion?: string;
  capacity?: string;
  kind?: string;
  maximumVolumeSize?: string;
  metadata: MetaV1.ObjectMeta;
  nodeTopology?: MetaV1.LabelSelector;
  storageClassName: string;
}

export interface VolumeAttributesClass {
  apiVersion?: string;
  driverName: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  parameters?: Record<string, string>;
}
