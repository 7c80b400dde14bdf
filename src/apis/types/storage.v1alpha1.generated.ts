// Made by scripts/generate-api-types.mjs.
import type * as MetaV1 from "./meta.v1.generated.js";

export interface VolumeAttributesClass {
  apiVersion?: string;
  driverName: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  parameters?: Record<string, string>;
}
