import type { Controller } from "../../simulation/controller.js";
import { cronJobController } from "./cron-job-controller.js";
import { daemonSetController } from "./daemon-set-controller.js";
import { deploymentController } from "./deployment-controller.js";
import { jobController } from "./job-controller.js";
import { replicaSetController, replicationControllerController } from "./replicas.js";
import { statefulSetController } from "./stateful-set-controller.js";

/** What makes Pods; those that make Pods themselves come before those that make such. */
export const WORKLOAD_CONTROLLERS: readonly (() => Controller)[] = [
  replicaSetController,
  replicationControllerController,
  deploymentController,
  statefulSetController,
  daemonSetController,
  jobController,
  cronJobController,
];
