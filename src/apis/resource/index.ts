import type { KindTable } from "../kind-rules.js";

/** https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/ */
export const RESOURCE: KindTable = {};
