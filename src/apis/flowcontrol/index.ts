import { type KindTable, rulesFor } from "../kind-rules.js";
import { FLOW_SCHEMA } from "./flow-schema.js";
import { PRIORITY_LEVEL_CONFIGURATION } from "./priority-level-configuration.js";

/** https://kubernetes.io/docs/concepts/cluster-administration/flow-control/ */
export const FLOW_CONTROL: KindTable = Object.fromEntries(
  ["v1", "v1beta3", "v1beta2", "v1beta1"].flatMap((version) => [
    [`flowcontrol.apiserver.k8s.io/${version} FlowSchema`, rulesFor(FLOW_SCHEMA)],
    [`flowcontrol.apiserver.k8s.io/${version} PriorityLevelConfiguration`, rulesFor(PRIORITY_LEVEL_CONFIGURATION)],
  ]),
);
