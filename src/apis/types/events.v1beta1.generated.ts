// Made by scripts/generate-api-types.mjs.
import type * as CoreV1 from "./core.v1.generated.js";
import type * as MetaV1 from "./meta.v1.generated.js";

export interface Event {
  action?: string;
  apiVersion?: string;
  deprecatedCount?: number;
  deprecatedFirstTimestamp: string | null;
  deprecatedLastTimestamp: string | null;
  deprecatedSource: CoreV1.EventSource;
  eventTime: string | null;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  note?: string;
  reason?: string;
  regarding: CoreV1.ObjectReference;
  related?: CoreV1.ObjectReference;
  reportingController?: string;
  reportingInstance?: string;
  series?: EventSeries;
  type?: string;
}

export interface EventSeries {
  count: number;
  lastObservedTime: string | null;
}
