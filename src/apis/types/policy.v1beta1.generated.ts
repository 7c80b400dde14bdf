// Made by scripts/generate-api-types.mjs.
import type * as CoreV1 from "./core.v1.generated.js";
import type * as MetaV1 from "./meta.v1.generated.js";

export interface AllowedCSIDriver {
  name: string;
}

export interface AllowedFlexVolume {
  driver: string;
}

export interface AllowedHostPath {
  pathPrefix?: string;
  readOnly?: boolean;
}

export interface FSGroupStrategyOptions {
  ranges?: IDRange[];
  rule?: string;
}

export interface HostPortRange {
  max: number;
  min: number;
}

export interface IDRange {
  max: number;
  min: number;
}

export interface PodDisruptionBudget {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: PodDisruptionBudgetSpec;
  status: PodDisruptionBudgetStatus;
}

export interface PodDisruptionBudgetSpec {
  maxUnavailable?: number | string;
  minAvailable?: number | string;
  selector?: MetaV1.LabelSelector;
}

export interface PodDisruptionBudgetStatus {
  conditions?: MetaV1.Condition[];
  currentHealthy: number;
  desiredHealthy: number;
  disruptedPods: Record<string, string> | null;
  disruptionsAllowed: number;
  expectedPods: number;
  observedGeneration?: number;
}

export interface PodSecurityPolicy {
  apiVersion?: string;
  kind?: string;
  metadata: MetaV1.ObjectMeta;
  spec: PodSecurityPolicySpec;
}

export interface PodSecurityPolicySpec {
  allowPrivilegeEscalation?: boolean;
  allowedCSIDrivers?: AllowedCSIDriver[];
  allowedCapabilities?: string[];
  allowedFlexVolumes?: AllowedFlexVolume[];
  allowedHostPaths?: AllowedHostPath[];
  allowedProcMountTypes?: string[];
  allowedUnsafeSysctls?: string[];
  defaultAddCapabilities?: string[];
  defaultAllowPrivilegeEscalation?: boolean;
  forbiddenSysctls?: string[];
  fsGroup: FSGroupStrategyOptions;
  hostIPC?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostPorts?: HostPortRange[];
  privileged?: boolean;
  readOnlyRootFilesystem?: boolean;
  requiredDropCapabilities?: string[];
  runAsGroup?: RunAsGroupStrategyOptions;
  runAsUser: RunAsUserStrategyOptions;
  runtimeClass?: RuntimeClassStrategyOptions;
  seLinux: SELinuxStrategyOptions;
  supplementalGroups: SupplementalGroupsStrategyOptions;
  volumes?: string[];
}

export interface RunAsGroupStrategyOptions {
  ranges?: IDRange[];
  rule: string;
}

export interface RunAsUserStrategyOptions {
  ranges?: IDRange[];
  rule: string;
}

export interface RuntimeClassStrategyOptions {
  allowedRuntimeClassNames: string[] | null;
  defaultRuntimeClassName?: string;
}

export interface SELinuxStrategyOptions {
  rule: string;
  seLinuxOptions?: CoreV1.SELinuxOptions;
}

export interface SupplementalGroupsStrategyOptions {
  ranges?: IDRange[];
  rule?: string;
}
