// Made by scripts/generate-api-types.mjs.
import type * as CoreV1 from "./core.v1.generated.js";
import type * as MetaV1 from "./meta.v1.generated.js";

export interface Overhead {
  podFixed?: Record<string, string>;
}

export interface RuntimeClass {
  apiVersion?: string;
  handler: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  overhead?: Overhead;
  scheduling?: Scheduling;
}

export interface Scheduling {
  nodeSelector?: Record<string, string>;
  tolerations?: CoreV1.Toleration[];
}
