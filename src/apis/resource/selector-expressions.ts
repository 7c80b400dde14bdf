import type { Scope } from "../cel/check.js";
import { BOOL, mapOf, objectOf, STRING, UNKNOWN } from "../cel/types.js";

/** What expressions that select devices see: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/device-class-v1/ */
export const DEVICE_SCOPE: Scope = new Map([
  [
    "device",
    objectOf("device", {
      driver: STRING,
      // Attributes are of four types, and which one is only known of a device.
      attributes: mapOf(STRING, mapOf(STRING, UNKNOWN)),
      capacity: mapOf(STRING, mapOf(STRING, { name: "quantity" })),
      allowMultipleAllocations: BOOL,
    }),
  ],
]);
