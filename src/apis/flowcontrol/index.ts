import type { KindTable } from "../kind-rules.js";

/** https://kubernetes.io/docs/concepts/cluster-administration/flow-control/ */
export const FLOW_CONTROL: KindTable = {};
