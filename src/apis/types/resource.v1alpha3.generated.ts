// Made by scripts/generate-api-types.mjs.
import type * as CoreV1 from "./core.v1.generated.js";
import type * as MetaV1 from "./meta.v1.generated.js";

export interface AllocatedDeviceStatus {
  conditions?: MetaV1.Condition[];
  data?: unknown;
  device?: string;
  driver?: string;
  networkData: NetworkDeviceData;
  pool?: string;
}

export interface AllocationResult {
  controller?: string;
  devices: DeviceAllocationResult;
  nodeSelector: CoreV1.NodeSelector;
}

export interface BasicDevice {
  allNodes?: boolean;
  attributes?: Record<string, DeviceAttribute>;
  capacity?: Record<string, string>;
  consumesCounters?: DeviceCounterConsumption[];
  nodeName?: string;
  nodeSelector: CoreV1.NodeSelector;
  taints?: DeviceTaint[];
}

export interface CELDeviceSelector {
  expression: string;
}

export interface Counter {
  value?: string;
}

export interface CounterSet {
  counters?: Record<string, Counter>;
  name?: string;
}

export interface Device {
  basic: BasicDevice;
  name?: string;
}

export interface DeviceAllocationConfiguration {
  opaque: OpaqueDeviceConfiguration;
  requests?: string[];
  source?: string;
}

export interface DeviceAllocationResult {
  config?: DeviceAllocationConfiguration[];
  results?: DeviceRequestAllocationResult[];
}

export interface DeviceAttribute {
  bool?: boolean;
  int?: number;
  string?: string;
  version?: string;
}

export interface DeviceClaim {
  config?: DeviceClaimConfiguration[];
  constraints?: DeviceConstraint[];
  requests?: DeviceRequest[];
}

export interface DeviceClaimConfiguration {
  opaque: OpaqueDeviceConfiguration;
  requests?: string[];
}

export interface DeviceClass {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: DeviceClassSpec;
}

export interface DeviceClassConfiguration {
  opaque: OpaqueDeviceConfiguration;
}

export interface DeviceClassSpec {
  config?: DeviceClassConfiguration[];
  selectors?: DeviceSelector[];
  suitableNodes: CoreV1.NodeSelector;
}

export interface DeviceConstraint {
  matchAttribute?: string;
  requests?: string[];
}

export interface DeviceCounterConsumption {
  counterSet?: string;
  counters?: Record<string, Counter>;
}

export interface DeviceRequest {
  adminAccess?: boolean;
  allocationMode?: string;
  count?: number;
  deviceClassName?: string;
  firstAvailable?: DeviceSubRequest[];
  name?: string;
  selectors?: DeviceSelector[];
  tolerations?: DeviceToleration[];
}

export interface DeviceRequestAllocationResult {
  adminAccess?: boolean;
  device?: string;
  driver?: string;
  pool?: string;
  request?: string;
  tolerations?: DeviceToleration[];
}

export interface DeviceSelector {
  cel?: CELDeviceSelector;
}

export interface DeviceSubRequest {
  allocationMode?: string;
  count?: number;
  deviceClassName?: string;
  name?: string;
  selectors?: DeviceSelector[];
  tolerations?: DeviceToleration[];
}

export interface DeviceTaint {
  effect: string;
  key: string;
  timeAdded?: string;
  value?: string;
}

export interface DeviceTaintRule {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: DeviceTaintRuleSpec;
  status: DeviceTaintRuleStatus;
}

export interface DeviceTaintRuleSpec {
  deviceSelector?: DeviceTaintSelector;
  taint: DeviceTaint;
}

export interface DeviceTaintRuleStatus {
  conditions?: MetaV1.Condition[];
}

export interface DeviceTaintSelector {
  device?: string;
  deviceClassName?: string;
  driver?: string;
  pool?: string;
  selectors?: DeviceSelector[];
}

export interface DeviceToleration {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface NetworkDeviceData {
  hardwareAddress?: string;
  interfaceName?: string;
  ips?: string[];
}

export interface OpaqueDeviceConfiguration {
  driver?: string;
  parameters?: unknown;
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
  name?: string;
  resource?: string;
  uid?: string;
}

export interface ResourceClaimSchedulingStatus {
  name?: string;
  unsuitableNodes?: string[];
}

export interface ResourceClaimSpec {
  controller?: string;
  devices: DeviceClaim;
}

export interface ResourceClaimStatus {
  allocation: AllocationResult;
  deallocationRequested?: boolean;
  devices?: AllocatedDeviceStatus[];
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

export interface ResourcePool {
  generation?: number;
  name?: string;
  resourceSliceCount?: number;
}

export interface ResourceSlice {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: ResourceSliceSpec;
}

export interface ResourceSliceSpec {
  allNodes?: boolean;
  devices?: Device[];
  driver?: string;
  nodeName?: string;
  nodeSelector: CoreV1.NodeSelector;
  perDeviceNodeSelection?: boolean;
  pool: ResourcePool;
  sharedCounters?: CounterSet[];
}
