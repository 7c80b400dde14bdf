// Made by scripts/generate-api-types.mjs.
import type * as CoreV1 from "./core.v1.generated.js";
import type * as MetaV1 from "./meta.v1.generated.js";

export interface Endpoint {
  addresses: string[] | null;
  conditions: EndpointConditions;
  hints?: EndpointHints;
  hostname?: string;
  nodeName?: string;
  targetRef?: CoreV1.ObjectReference;
  topology?: Record<string, string>;
}

export interface EndpointConditions {
  ready?: boolean;
  serving?: boolean;
  terminating?: boolean;
}

export interface EndpointHints {
  forZones?: ForZone[];
}

export interface EndpointPort {
  appProtocol?: string;
  name?: string;
  port?: number;
  protocol?: string;
}

export interface EndpointSlice {
  addressType: string;
  apiVersion?: string;
  endpoints: Endpoint[] | null;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  ports: EndpointPort[] | null;
}

export interface ForZone {
  name: string;
}
