import { type KindTable, rulesFor } from "../kind-rules.js";
import { RUNTIME_CLASS } from "./runtime-class.js";

/** https://kubernetes.io/docs/concepts/containers/runtime-class/ */
export const NODE: KindTable = {
  "node.k8s.io/v1 RuntimeClass": rulesFor(RUNTIME_CLASS),
};
