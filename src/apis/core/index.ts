import { type KindTable, rulesFor } from "../kind-rules.js";
import { CONFIG_MAP } from "./config-map.js";
import { SECRET } from "./secret.js";

/** The group without a name: https://kubernetes.io/docs/reference/kubernetes-api/ */
export const CORE: KindTable = {
  "v1 ConfigMap": rulesFor(CONFIG_MAP),
  "v1 Secret": rulesFor(SECRET),
};
