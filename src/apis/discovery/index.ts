import { type KindTable, rulesFor } from "../kind-rules.js";
import { ENDPOINT_SLICE } from "./endpoint-slice.js";

/** https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/ */
export const DISCOVERY: KindTable = {
  "discovery.k8s.io/v1 EndpointSlice": rulesFor(ENDPOINT_SLICE),
};
