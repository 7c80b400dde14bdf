// Made by scripts/generate-api-types.mjs.
import type * as CoreV1 from "./core.v1.generated.js";
import type * as MetaV1 from "./meta.v1.generated.js";

export interface AllocationResult {
  availableOnNodes?: CoreV1.NodeSelector;
  resourceHandles?: ResourceHandle[];
  shareable?: boolean;
}

export interface DriverAllocationResult {
  namedResources?: NamedResourcesAllocationResult;
  vendorRequestParameters?: unknown;
}

export interface DriverRequests {
  driverName?: string;
  requests?: ResourceRequest[];
  vendorParameters?: unknown;
}

export interface NamedResourcesAllocationResult {
  name?: string;
}

export interface NamedResourcesAttribute {
  bool?: boolean;
  int?: number;
  intSlice: NamedResourcesIntSlice;
  name?: string;
  quantity?: string;
  string?: string;
  stringSlice: NamedResourcesStringSlice;
  version?: string;
}

export interface NamedResourcesFilter {
  selector?: string;
}

export interface NamedResourcesInstance {
  attributes?: NamedResourcesAttribute[];
  name?: string;
}

export interface NamedResourcesIntSlice {
  ints?: number[];
}

export interface NamedResourcesRequest {
  selector?: string;
}

export interface NamedResourcesResources {
  instances?: NamedResourcesInstance[];
}

export interface NamedResourcesStringSlice {
  strings?: string[];
}

export interface PodSchedulingContext {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: PodSchedulingContextSpec;
  status: PodSchedulingContextStatus;
}

export interface PodSchedulingContextSpec {
  potentialNodes?: string[];
  selectedNode?: string;
}

export interface PodSchedulingContextStatus {
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
  name: string;
  resource: string;
  uid: string;
}

export interface ResourceClaimParameters {
  apiVersion?: string;
  driverRequests?: DriverRequests[];
  generatedFrom?: ResourceClaimParametersReference;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  shareable?: boolean;
}

export interface ResourceClaimParametersReference {
  apiGroup?: string;
  kind: string;
  name: string;
}

export interface ResourceClaimSchedulingStatus {
  name?: string;
  unsuitableNodes?: string[];
}

export interface ResourceClaimSpec {
  allocationMode?: string;
  parametersRef?: ResourceClaimParametersReference;
  resourceClassName: string;
}

export interface ResourceClaimStatus {
  allocation?: AllocationResult;
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
  driverName: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  parametersRef?: ResourceClassParametersReference;
  structuredParameters?: boolean;
  suitableNodes?: CoreV1.NodeSelector;
}

export interface ResourceClassParameters {
  apiVersion?: string;
  filters?: ResourceFilter[];
  generatedFrom?: ResourceClassParametersReference;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  vendorParameters?: VendorParameters[];
}

export interface ResourceClassParametersReference {
  apiGroup?: string;
  kind: string;
  name: string;
  namespace?: string;
}

export interface ResourceFilter {
  driverName?: string;
  namedResources?: NamedResourcesFilter;
}

export interface ResourceHandle {
  data?: string;
  driverName?: string;
  structuredData?: StructuredResourceHandle;
}

export interface ResourceRequest {
  namedResources?: NamedResourcesRequest;
  vendorParameters?: unknown;
}

export interface ResourceSlice {
  apiVersion?: string;
  driverName: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  namedResources?: NamedResourcesResources;
  nodeName?: string;
}

export interface StructuredResourceHandle {
  nodeName?: string;
  results: DriverAllocationResult[] | null;
  vendorClaimParameters?: unknown;
  vendorClassParameters?: unknown;
}

export interface VendorParameters {
  driverName?: string;
  parameters?: unknown;
}
