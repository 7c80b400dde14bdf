import type { Controller } from "../simulation/controller.js";
import { podAutoscaler } from "./autoscaling/pod-autoscaler.js";
import { definitionController } from "./custom-resources/definition-controller.js";
import { garbageCollector } from "./garbage-collection/garbage-collector.js";
import { namespaceController } from "./namespaces/namespace-controller.js";
import { kubelet } from "./nodes/kubelet.js";
import { nodeController } from "./nodes/node-controller.js";
import { taintEviction } from "./nodes/taint-eviction.js";
import { disruptionController } from "./policy/disruption-controller.js";
import { scheduler } from "./scheduler/scheduler.js";
import { endpointSliceController } from "./services/endpoint-slice-controller.js";
import { endpointsMirroring } from "./services/endpoints-mirroring.js";
import { STORAGE_CONTROLLERS } from "./storage/index.js";
import { WORKLOAD_CONTROLLERS } from "./workloads/index.js";

/** The controllers of the control plane, in the order in which they take turns: what makes Pods, what places them, what watches them. */
export const CONTROLLERS: readonly (() => Controller)[] = [
  namespaceController,
  definitionController,
  nodeController,
  taintEviction,
  ...WORKLOAD_CONTROLLERS,
  ...STORAGE_CONTROLLERS,
  scheduler,
  kubelet,
  endpointSliceController,
  endpointsMirroring,
  disruptionController,
  podAutoscaler,
  garbageCollector,
];
