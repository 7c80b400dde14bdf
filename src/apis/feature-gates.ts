/**
 * Feature gates by the minor from which they are on without being asked for. A field of a gate that is off is dropped
 * from what a user sends.
 * https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/
 */
const ON_FROM = {
  AdmissionWebhookMatchConditions: 28,
  AppArmorFields: 30,
  AuthorizeWithSelectors: 32,
  CSINodeExpandSecret: 27,
  CSIServiceAccountTokenSecrets: 35,
  ContainerRestartRules: 35,
  CustomResourceFieldSelectors: 31,
  DynamicResourceAllocation: 34,
  EnvFiles: 35,
  HPAConfigurableTolerance: 35,
  HPAContainerMetrics: 27,
  HostnameOverride: 35,
  ImageVolume: 35,
  InPlacePodVerticalScaling: 33,
  JobBackoffLimitPerIndex: 29,
  JobManagedBy: 32,
  JobPodFailurePolicy: 26,
  JobPodReplacementPolicy: 29,
  JobSuccessPolicy: 31,
  MatchLabelKeysInPodAffinity: 31,
  MatchLabelKeysInPodTopologySpread: 27,
  MatchLabelKeysInPodTopologySpreadSelectorMerge: 34,
  MinDomainsInPodTopologySpread: 27,
  MutableCSINodeAllocatableCount: 35,
  NodeInclusionPolicyInPodTopologySpread: 26,
  PDBUnhealthyPodEvictionPolicy: 27,
  PodHostIPs: 29,
  PodLevelResources: 34,
  PodLifecycleSleepAction: 30,
  PodLifecycleSleepActionAllowZero: 33,
  PodSchedulingReadiness: 27,
  PreferSameTrafficDistribution: 34,
  ReadWriteOncePod: 27,
  RecursiveReadOnlyMounts: 31,
  RelaxedDNSSearchValidation: 33,
  RelaxedEnvironmentVariableValidation: 32,
  SELinuxChangePolicy: 33,
  SELinuxMountReadWriteOncePod: 28,
  SidecarContainers: 29,
  StatefulSetAutoDeletePVC: 27,
  StatefulSetStartOrdinal: 27,
  SupplementalGroupsPolicy: 33,
  UserNamespacesSupport: 33,
  VolumeAttributesClass: 34,
  // Not on by default in any minor known, at its last patch.
  ClusterTrustBundleProjection: Number.POSITIVE_INFINITY,
  ContainerStopSignals: Number.POSITIVE_INFINITY,
  CoordinatedLeaderElection: Number.POSITIVE_INFINITY,
  GenericWorkload: Number.POSITIVE_INFINITY,
  MaxUnavailableStatefulSet: Number.POSITIVE_INFINITY,
  PodCertificateRequest: Number.POSITIVE_INFINITY,
} as const;

export type FeatureGate = keyof typeof ON_FROM;

export const isOn = (gate: FeatureGate, minor: number): boolean => minor >= ON_FROM[gate];
