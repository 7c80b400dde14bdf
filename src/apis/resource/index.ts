import { type KindTable, rulesFor } from "../kind-rules.js";
import { DEVICE_CLASS } from "./device-class.js";
import { RESOURCE_CLAIM, RESOURCE_CLAIM_TEMPLATE } from "./resource-claim.js";
import { RESOURCE_SLICE } from "./resource-slice.js";

const KINDS = {
  DeviceClass: rulesFor(DEVICE_CLASS),
  ResourceClaim: rulesFor(RESOURCE_CLAIM),
  ResourceClaimTemplate: rulesFor(RESOURCE_CLAIM_TEMPLATE),
  ResourceSlice: rulesFor(RESOURCE_SLICE),
};

/**
 * The earlier versions but v1beta2 have other shapes.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
 */
export const RESOURCE: KindTable = Object.fromEntries(
  ["v1", "v1beta2"].flatMap((version) =>
    Object.entries(KINDS).map(([kind, rules]) => [`resource.k8s.io/${version} ${kind}`, rules]),
  ),
);
