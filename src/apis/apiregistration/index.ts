import type { KindTable } from "../kind-rules.js";

/** https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/ */
export const API_REGISTRATION: KindTable = {};
