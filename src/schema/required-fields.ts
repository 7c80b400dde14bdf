/**
 * Which fields the server insists on. The published schemas call a field required where its Go type has no way to leave
 * it out; whether the zero value then passes is up to validation. What follows was learnt from what a server of 1.34
 * accepted and refused. Type names are without group and version: what shares a name shares its validation.
 */

/** Texts, lists and objects declared required that may be left out, or that only matter behind a feature gate. */
const MAY_BE_ABSENT = new Set([
  "Binding.target",
  "CSINodeSpec.drivers",
  "CapacityRequestPolicyRange.min",
  "ClusterTrustBundleProjection.path",
  "ConfigMapNodeConfigSource.kubeletConfigKey",
  "ConfigMapNodeConfigSource.name",
  "ConfigMapNodeConfigSource.namespace",
  "ContainerRestartRule.action",
  "ContainerRestartRuleOnExitCodes.operator",
  "Counter.value",
  "CounterSet.counters",
  "CounterSet.name",
  "DeviceCapacity.value",
  "DeviceCounterConsumption.counterSet",
  "DeviceCounterConsumption.counters",
  "DeviceTaint.effect",
  "DeviceTaint.key",
  "EndpointSlice.endpoints",
  "FileKeySelector.key",
  "FileKeySelector.path",
  "FileKeySelector.volumeName",
  "ForZone.name",
  "GroupResource.group",
  "GroupResource.resource",
  "HTTPHeader.value",
  "LimitRangeSpec.limits",
  "PodCertificateProjection.keyType",
  "PodCertificateProjection.signerName",
  "PodFailurePolicy.rules",
  "RoleRef.apiGroup",
  "ScaleIOPersistentVolumeSource.secretRef",
  "ScaleIOVolumeSource.secretRef",
  "Sysctl.value",
  "TokenRequest.audience",
  "WorkloadReference.name",
  "WorkloadReference.podGroup",
]);

/** Numbers for which zero, and so leaving them out, is refused. For any other number or boolean zero is a value. */
const NOT_ZERO = new Set([
  "ContainerPort.containerPort",
  "HorizontalPodAutoscalerSpec.maxReplicas",
  "HPAScalingPolicy.periodSeconds",
  "HPAScalingPolicy.value",
  "PreferredSchedulingTerm.weight",
  "ServicePort.port",
  "TopologySpreadConstraint.maxSkew",
  "WeightedPodAffinityTerm.weight",
]);

/** Objects that nothing looks into: what they require is not asked for. */
const NOT_LOOKED_INTO = new Set([
  "JobTemplateSpec.metadata",
  "MetricIdentifier.selector",
  "PersistentVolumeClaimSpec.dataSource",
  "PersistentVolumeClaimTemplate.metadata",
  "PodTemplateSpec.metadata",
  "ResourceAttributes.fieldSelector",
  "ResourceAttributes.labelSelector",
  "ResourceClaimTemplateSpec.metadata",
]);

const shortName = (definition: string, field: string): string =>
  `${definition.slice(definition.lastIndexOf(".") + 1)}.${field}`;

/** Whether leaving the field out, or giving it its zero value, is refused. `numeric`: a number or a boolean. */
export function isRequired(definition: string, field: string, numeric: boolean): boolean {
  const name = shortName(definition, field);
  return numeric ? NOT_ZERO.has(name) : !MAY_BE_ABSENT.has(name);
}

export function isLookedInto(definition: string, field: string): boolean {
  return !NOT_LOOKED_INTO.has(shortName(definition, field));
}
