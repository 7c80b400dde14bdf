// Made by scripts/generate-api-types.mjs.
import type * as MetaV1 from "./meta.v1.generated.js";

export interface StorageVersionMigration {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: StorageVersionMigrationSpec;
  status: StorageVersionMigrationStatus;
}

export interface StorageVersionMigrationSpec {
  resource: MetaV1.GroupResource;
}

export interface StorageVersionMigrationStatus {
  conditions?: MetaV1.Condition[];
  resourceVersion?: string;
}
