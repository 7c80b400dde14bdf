import { type KindTable, rulesFor } from "../kind-rules.js";
import { LEASE } from "./lease.js";

/** https://kubernetes.io/docs/concepts/architecture/leases/ */
export const COORDINATION: KindTable = {
  "coordination.k8s.io/v1 Lease": rulesFor(LEASE),
};
