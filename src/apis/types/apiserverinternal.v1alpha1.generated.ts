// Made by scripts/generate-api-types.mjs.
import type * as MetaV1 from "./meta.v1.generated.js";

export interface ServerStorageVersion {
  apiServerID?: string;
  decodableVersions?: string[];
  encodingVersion?: string;
  servedVersions?: string[];
}

export interface StorageVersion {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: StorageVersionSpec;
  status: StorageVersionStatus;
}

export interface StorageVersionCondition {
  lastTransitionTime: string | null;
  message?: string;
  observedGeneration?: number;
  reason: string;
  status: string;
  type: string;
}

export interface StorageVersionSpec {
}

export interface StorageVersionStatus {
  commonEncodingVersion?: string;
  conditions?: StorageVersionCondition[];
  storageVersions?: ServerStorageVersion[];
}
