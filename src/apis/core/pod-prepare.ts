import { type FeatureGate, isOn } from "../feature-gates.js";
import { dropField } from "../meta/drop-field.js";
import { FieldPath } from "../meta/field-path.js";
import type {
  Container,
  PodAffinityTerm,
  PodSpec,
  SecurityContext,
  TopologySpreadConstraint,
  Volume,
} from "../types/core.v1.generated.js";
import type { LabelSelector } from "../types/meta.v1.generated.js";
import { prepareClaimSpec } from "./claim-spec.js";
import { visitContainers } from "./visit-containers.js";

const NOWHERE = FieldPath.of();

/** Takes out what belongs to features that are off at the minor; nothing is said of it. */
export function dropDisabledFields(spec: PodSpec, minor: number): void {
  const off = (gate: FeatureGate) => !isOn(gate, minor);
  if (off("HostnameOverride")) dropField(spec, "hostnameOverride");
  if (off("UserNamespacesSupport")) dropField(spec, "hostUsers");
  if (off("PodLevelResources")) dropField(spec, "resources");
  if (off("PodSchedulingReadiness")) dropField(spec, "schedulingGates");
  if (off("GenericWorkload")) dropField(spec, "workloadRef");
  if (off("DynamicResourceAllocation")) dropField(spec, "resourceClaims");
  if (off("SupplementalGroupsPolicy")) dropField(spec.securityContext, "supplementalGroupsPolicy");
  if (off("SELinuxChangePolicy")) dropField(spec.securityContext, "seLinuxChangePolicy");
  if (off("AppArmorFields")) dropField(spec.securityContext, "appArmorProfile");
  if (off("ImageVolume")) dropImageVolumes(spec);
  for (const volume of spec.volumes ?? []) dropFromVolume(volume, minor);
  if (minor >= RESTART_RULES_KNOWN_FROM && off("ContainerRestartRules")) dropRestartPolicies(spec);
  if (off("SidecarContainers"))
    for (const container of spec.initContainers ?? []) dropField(container, "restartPolicy");
  visitContainers(spec, NOWHERE, (container) => dropFromContainer(container, minor));
  if (off("MatchLabelKeysInPodAffinity"))
    for (const term of podTermsOf(spec)) {
      dropField(term, "matchLabelKeys");
      dropField(term, "mismatchLabelKeys");
    }
  for (const constraint of spec.topologySpreadConstraints ?? [])
    for (const [field, gate] of SPREAD_GATES) if (off(gate)) dropField(constraint, field);
}

const SPREAD_GATES = [
  ["matchLabelKeys", "MatchLabelKeysInPodTopologySpread"],
  ["minDomains", "MinDomainsInPodTopologySpread"],
  ["nodeAffinityPolicy", "NodeInclusionPolicyInPodTopologySpread"],
  ["nodeTaintsPolicy", "NodeInclusionPolicyInPodTopologySpread"],
] as const;

function dropFromContainer(container: Container, minor: number): void {
  const off = (gate: FeatureGate) => !isOn(gate, minor);
  const { lifecycle } = container;
  if (off("ContainerRestartRules")) dropField(container, "restartPolicyRules");
  if (off("InPlacePodVerticalScaling")) dropField(container, "resizePolicy");
  if (off("DynamicResourceAllocation")) dropField(container.resources, "claims");
  if (off("ContainerStopSignals")) dropField(lifecycle, "stopSignal");
  if (off("PodLifecycleSleepAction")) {
    dropField(lifecycle?.preStop, "sleep");
    dropField(lifecycle?.postStart, "sleep");
  }
  if (off("EnvFiles")) for (const variable of container.env ?? []) dropField(variable.valueFrom, "fileKeyRef");
  if (off("RecursiveReadOnlyMounts"))
    for (const mount of container.volumeMounts ?? []) dropField(mount, "recursiveReadOnly");
  if (container.securityContext) dropFromSecurityContext(container.securityContext, minor);
}

function dropFromSecurityContext(context: SecurityContext, minor: number): void {
  if (!isOn("AppArmorFields", minor)) dropField(context, "appArmorProfile");
  if (!isOn("UserNamespacesSupport", minor)) dropField(context, "procMount");
}

/** The first minor that has the gate; earlier ones refuse what it would allow. */
const RESTART_RULES_KNOWN_FROM = 34;

/** Without the rules only sidecars have a policy of their own. */
function dropRestartPolicies({ containers, initContainers }: PodSpec): void {
  for (const container of containers ?? []) dropField(container, "restartPolicy");
  for (const container of initContainers ?? [])
    if (container.restartPolicy !== "Always") dropField(container, "restartPolicy");
}

/** The whole volume goes, whatever else it names, and with it its mounts. */
function dropImageVolumes(spec: PodSpec): void {
  const names = new Set(spec.volumes?.filter(({ image }) => image !== undefined).map(({ name }) => name));
  if (names.size === 0) return;
  spec.volumes = spec.volumes?.filter(({ image }) => image === undefined);
  visitContainers(spec, NOWHERE, (container) => {
    container.volumeMounts = container.volumeMounts?.filter(({ name }) => !names.has(name));
  });
}

function dropFromVolume(volume: Volume, minor: number): void {
  for (const source of volume.projected?.sources ?? []) {
    if (!isOn("ClusterTrustBundleProjection", minor)) dropField(source, "clusterTrustBundle");
    if (!isOn("PodCertificateRequest", minor)) dropField(source, "podCertificate");
  }
  const claim = volume.ephemeral?.volumeClaimTemplate;
  if (claim) prepareClaimSpec(claim.spec, minor);
}

const TERMS = [
  "requiredDuringSchedulingIgnoredDuringExecution",
  "preferredDuringSchedulingIgnoredDuringExecution",
] as const;

function podTermsOf({ affinity }: PodSpec): PodAffinityTerm[] {
  return [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((podAffinity) => [
    ...(podAffinity?.[TERMS[0]] ?? []),
    ...(podAffinity?.[TERMS[1]] ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ]);
}

/**
 * Puts the values that the Pod has for `matchLabelKeys` into the selectors, as the server does when a Pod is made.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#matchlabelkeys
 */
export function mergeLabelKeys(spec: PodSpec, labels: Readonly<Record<string, string>>, minor: number): void {
  for (const { labelSelector, matchLabelKeys, mismatchLabelKeys } of podTermsOf(spec)) {
    addExpressions(labelSelector, matchLabelKeys, "In", labels);
    addExpressions(labelSelector, mismatchLabelKeys, "NotIn", labels);
  }
  if (isOn("MatchLabelKeysInPodTopologySpreadSelectorMerge", minor))
    for (const { labelSelector, matchLabelKeys } of spec.topologySpreadConstraints ??
      ([] as TopologySpreadConstraint[]))
      addExpressions(labelSelector, matchLabelKeys, "In", labels);
}

function addExpressions(
  selector: LabelSelector | undefined,
  keys: readonly string[] = [],
  operator: string,
  labels: Readonly<Record<string, string>>,
): void {
  if (selector === undefined) return;
  for (const key of keys) {
    if (!Object.hasOwn(labels, key)) continue;
    selector.matchExpressions ??= [];
    selector.matchExpressions.push({ key, operator, values: [labels[key]!] });
  }
}
