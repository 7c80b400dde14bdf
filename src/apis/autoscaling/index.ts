import { type KindTable, rulesFor } from "../kind-rules.js";
import { AUTOSCALER } from "./autoscaler.js";
import { AUTOSCALER_V1 } from "./autoscaler-v1.js";

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ */
export const AUTOSCALING: KindTable = {
  "autoscaling/v1 HorizontalPodAutoscaler": rulesFor(AUTOSCALER_V1),
  "autoscaling/v2 HorizontalPodAutoscaler": rulesFor(AUTOSCALER),
  // Of the same form; served until 1.25.
  "autoscaling/v2beta2 HorizontalPodAutoscaler": rulesFor(AUTOSCALER),
};
