// Made by scripts/generate-api-types.mjs.
import type * as MetaV1 from "./meta.v1.generated.js";

export interface ContainerResourceMetricSource {
  container: string;
  name: string;
  targetAverageUtilization?: number;
  targetAverageValue?: string;
}

export interface ContainerResourceMetricStatus {
  container: string;
  currentAverageUtilization?: number;
  currentAverageValue: string;
  name: string;
}

export interface CrossVersionObjectReference {
  apiVersion?: string;
  kind: string;
  name: string;
}

export interface ExternalMetricSource {
  metricName: string;
  metricSelector?: MetaV1.LabelSelector;
  targetAverageValue?: string;
  targetValue?: string;
}

export interface ExternalMetricStatus {
  currentAverageValue?: string;
  currentValue: string;
  metricName: string;
  metricSelector?: MetaV1.LabelSelector;
}

export interface HorizontalPodAutoscaler {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: HorizontalPodAutoscalerSpec;
  status: HorizontalPodAutoscalerStatus;
}

export interface HorizontalPodAutoscalerCondition {
  lastTransitionTime: string | null;
  message?: string;
  reason?: string;
  status: string;
  type: string;
}

export interface HorizontalPodAutoscalerSpec {
  maxReplicas: number;
  metrics?: MetricSpec[];
  minReplicas?: number;
  scaleTargetRef: CrossVersionObjectReference;
}

export interface HorizontalPodAutoscalerStatus {
  conditions: HorizontalPodAutoscalerCondition[] | null;
  currentMetrics: MetricStatus[] | null;
  currentReplicas: number;
  desiredReplicas: number;
  lastScaleTime?: string;
  observedGeneration?: number;
}

export interface MetricSpec {
  containerResource?: ContainerResourceMetricSource;
  external?: ExternalMetricSource;
  object?: ObjectMetricSource;
  pods?: PodsMetricSource;
  resource?: ResourceMetricSource;
  type: string;
}

export interface MetricStatus {
  containerResource?: ContainerResourceMetricStatus;
  external?: ExternalMetricStatus;
  object?: ObjectMetricStatus;
  pods?: PodsMetricStatus;
  resource?: ResourceMetricStatus;
  type: string;
}

export interface ObjectMetricSource {
  averageValue?: string;
  metricName: string;
  selector?: MetaV1.LabelSelector;
  target: CrossVersionObjectReference;
  targetValue: string;
}

export interface ObjectMetricStatus {
  averageValue?: string;
  currentValue: string;
  metricName: string;
  selector?: MetaV1.LabelSelector;
  target: CrossVersionObjectReference;
}

export interface PodsMetricSource {
  metricName: string;
  selector?: MetaV1.LabelSelector;
  targetAverageValue: string;
}

export interface PodsMetricStatus {
  currentAverageValue: string;
  metricName: string;
  selector?: MetaV1.LabelSelector;
}

export interface ResourceMetricSource {
  name: string;
  targetAverageUtilization?: number;
  targetAverageValue?: string;
}

export interface ResourceMetricStatus {
  currentAverageUtilization?: number;
  currentAverageValue: string;
  name: string;
}
