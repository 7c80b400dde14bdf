import { type KindTable, rulesFor } from "../kind-rules.js";
import { HORIZONTAL_POD_AUTOSCALER } from "./horizontal-pod-autoscaler.js";
import { HORIZONTAL_POD_AUTOSCALER_V1 } from "./horizontal-pod-autoscaler-v1.js";

export const AUTOSCALING: KindTable = {
  "autoscaling/v1 HorizontalPodAutoscaler": rulesFor(HORIZONTAL_POD_AUTOSCALER_V1),
  "autoscaling/v2 HorizontalPodAutoscaler": rulesFor(HORIZONTAL_POD_AUTOSCALER),
  "autoscaling/v2beta2 HorizontalPodAutoscaler": rulesFor(HORIZONTAL_POD_AUTOSCALER),
};
