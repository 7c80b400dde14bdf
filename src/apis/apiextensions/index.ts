import type { KindTable } from "../kind-rules.js";

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ */
export const API_EXTENSIONS: KindTable = {};
