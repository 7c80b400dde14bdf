import type { KindTable } from "../kind-rules.js";

/** https://kubernetes.io/docs/concepts/containers/runtime-class/ */
export const NODE: KindTable = {};
