import { type KindTable, rulesFor } from "../kind-rules.js";
import { CONFIG_MAP } from "./config-map.js";
import { ENDPOINTS } from "./endpoints.js";
import { EVENT } from "./event.js";
import { LIMIT_RANGE } from "./limit-range.js";
import { NAMESPACE } from "./namespace.js";
import { NODE_OBJECT } from "./node.js";
import { PERSISTENT_VOLUME } from "./persistent-volume.js";
import { PERSISTENT_VOLUME_CLAIM } from "./persistent-volume-claim.js";
import { POD } from "./pod.js";
import { POD_TEMPLATE } from "./pod-template-object.js";
import { REPLICATION_CONTROLLER } from "./replication-controller.js";
import { RESOURCE_QUOTA } from "./resource-quota.js";
import { SECRET } from "./secret.js";
import { SERVICE } from "./service.js";
import { SERVICE_ACCOUNT } from "./service-account.js";

/** The group without a name: https://kubernetes.io/docs/reference/kubernetes-api/ */
export const CORE: KindTable = {
  "v1 ConfigMap": rulesFor(CONFIG_MAP),
  "v1 Endpoints": rulesFor(ENDPOINTS),
  "v1 Event": rulesFor(EVENT),
  "v1 LimitRange": rulesFor(LIMIT_RANGE),
  "v1 Namespace": rulesFor(NAMESPACE),
  "v1 Node": rulesFor(NODE_OBJECT),
  "v1 PersistentVolume": rulesFor(PERSISTENT_VOLUME),
  "v1 PersistentVolumeClaim": rulesFor(PERSISTENT_VOLUME_CLAIM),
  "v1 Pod": rulesFor(POD),
  "v1 PodTemplate": rulesFor(POD_TEMPLATE),
  "v1 ReplicationController": rulesFor(REPLICATION_CONTROLLER),
  "v1 ResourceQuota": rulesFor(RESOURCE_QUOTA),
  "v1 Secret": rulesFor(SECRET),
  "v1 Service": rulesFor(SERVICE),
  "v1 ServiceAccount": rulesFor(SERVICE_ACCOUNT),
};
