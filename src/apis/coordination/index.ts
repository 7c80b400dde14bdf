import type { KindTable } from "../kind-rules.js";

/** https://kubernetes.io/docs/concepts/architecture/leases/ */
export const COORDINATION: KindTable = {};
