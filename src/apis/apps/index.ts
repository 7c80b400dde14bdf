import { type KindTable, rulesFor } from "../kind-rules.js";
import { CONTROLLER_REVISION } from "./controller-revision.js";
import { DAEMON_SET } from "./daemon-set.js";
import { DEPLOYMENT } from "./deployment.js";
import { REPLICA_SET } from "./replica-set.js";
import { STATEFUL_SET } from "./stateful-set.js";

/** https://kubernetes.io/docs/concepts/workloads/controllers/ */
export const APPS: KindTable = {
  "apps/v1 ControllerRevision": rulesFor(CONTROLLER_REVISION),
  "apps/v1 DaemonSet": rulesFor(DAEMON_SET),
  "apps/v1 Deployment": rulesFor(DEPLOYMENT),
  "apps/v1 ReplicaSet": rulesFor(REPLICA_SET),
  "apps/v1 StatefulSet": rulesFor(STATEFUL_SET),
};
