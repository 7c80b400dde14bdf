// Made by scripts/generate-api-types.mjs.
import type * as MetaV1 from "./meta.v1.generated.js";

export interface GroupVersionResource {
  group?: string;
  resource?: string;
  version?: string;
}

export interface MigrationCondition {
  lastUpdateTime: string | null;
  message?: string;
  reason?: string;
  status: string;
  type: string;
}

export interface StorageVersionMigration {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: StorageVersionMigrationSpec;
  status: StorageVersionMigrationStatus;
}

export interface StorageVersionMigrationSpec {
  continueToken?: string;
  resource: GroupVersionResource;
}

export interface StorageVersionMigrationStatus {
  conditions?: MigrationCondition[];
  resourceVersion?: string;
}
