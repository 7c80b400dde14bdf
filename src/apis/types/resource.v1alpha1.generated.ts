// Made by scripts/generate-api-types.mjs.
import type * as CoreV1 from "./core.v1.generated.js";
import type * as MetaV1 from "./meta.v1.generated.js";

export interface AllocationResult {
  availableOnNodes: CoreV1.NodeSelector;
  resourceHandle?: string;
  shareable?: boolean;
}

export interface PodScheduling {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: PodSchedulingSpec;
  status: PodSchedulingStatus;
}

export interface PodSchedulingSpec {
  potentialNodes?: string[];
  selectedNode?: string;
}

export interface PodSchedulingStatus {
  resourceClaims?: ResourceClaimSchedulingStatus[];
}

export interface ResourceClaim {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: ResourceClaimSpec;
  status: ResourceClaimStatus;
}

export interface ResourceClaimConsumerReference {
  apiGroup?: string;
  name?: string;
  resource?: string;
  uid?: string;
}

export interface ResourceClaimParametersReference {
  apiGroup?: string;
  kind?: string;
  name?: string;
}

export interface ResourceClaimSchedulingStatus {
  name?: string;
  unsuitableNodes?: string[];
}

export interface ResourceClaimSpec {
  allocationMode?: string;
  parametersRef: ResourceClaimParametersReference;
  resourceClassName?: string;
}

export interface ResourceClaimStatus {
  allocation: AllocationResult;
  deallocationRequested?: boolean;
  driverName?: string;
  reservedFor?: ResourceClaimConsumerReference[];
}

export interface ResourceClaimTemplate {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: ResourceClaimTemplateSpec;
}

export interface ResourceClaimTemplateSpec {
  metadata: MetaV1.ObjectMeta;
  spec: ResourceClaimSpec;
}

export interface ResourceClass {
  apiVersion?: string;
  driverName?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  parametersRef: ResourceClassParametersReference;
  suitableNodes: CoreV1.NodeSelector;
}

export interface ResourceClassParametersReference {
  apiGroup?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}
