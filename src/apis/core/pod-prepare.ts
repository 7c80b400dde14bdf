import { type FeatureGate, isOn } from "../feature-gates.js";
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
  if (off("HostnameOverride")) drop(spec, "hostnameOverride");
  if (off("UserNamespacesSupport")) drop(spec, "hostUsers");
  if (off("PodLevelResources")) drop(spec, "resources");
  if (off("DynamicResourceAllocation")) drop(spec, "resourceClaims");
  if (off("SupplementalGroupsPolicy")) drop(spec.securityContext, "supplementalGroupsPolicy");
  if (off("SELinuxChangePolicy")) drop(spec.securityContext, "seLinuxChangePolicy");
  if (off("AppArmorFields")) drop(spec.securityContext, "appArmorProfile");
  if (off("ImageVolume")) dropImageVolumes(spec);
  for (const volume of spec.volumes ?? []) dropFromVolume(volume, minor);
  if (minor >= RESTART_RULES_KNOWN_FROM && off("ContainerRestartRules")) dropRestartPolicies(spec);
  if (off("SidecarContainers")) for (const container of spec.initContainers ?? []) drop(container, "restartPolicy");
  visitContainers(spec, NOWHERE, (container) => dropFromContainer(container, minor));
  if (off("MatchLabelKeysInPodAffinity"))
    for (const term of podTermsOf(spec)) {
      drop(term, "matchLabelKeys");
      drop(term, "mismatchLabelKeys");
    }
  if (off("MatchLabelKeysInPodTopologySpread"))
    for (const constraint of spec.topologySpreadConstraints ?? []) drop(constraint, "matchLabelKeys");
}

/** Asks first, as deleting takes a while even where there is nothing. */
function drop<T extends object>(owner: T | undefined, field: keyof T): void {
  if (owner?.[field] !== undefined) delete owner[field];
}

function dropFromContainer(container: Container, minor: number): void {
  const off = (gate: FeatureGate) => !isOn(gate, minor);
  const { lifecycle } = container;
  if (off("ContainerRestartRules")) drop(container, "restartPolicyRules");
  if (off("InPlacePodVerticalScaling")) drop(container, "resizePolicy");
  if (off("DynamicResourceAllocation")) drop(container.resources, "claims");
  if (off("ContainerStopSignals")) drop(lifecycle, "stopSignal");
  if (off("PodLifecycleSleepAction")) {
    drop(lifecycle?.preStop, "sleep");
    drop(lifecycle?.postStart, "sleep");
  }
  if (off("EnvFiles")) for (const variable of container.env ?? []) drop(variable.valueFrom, "fileKeyRef");
  if (off("RecursiveReadOnlyMounts"))
    for (const mount of container.volumeMounts ?? []) drop(mount, "recursiveReadOnly");
  if (container.securityContext) dropFromSecurityContext(container.securityContext, minor);
}

function dropFromSecurityContext(context: SecurityContext, minor: number): void {
  if (!isOn("AppArmorFields", minor)) drop(context, "appArmorProfile");
  if (!isOn("UserNamespacesSupport", minor)) drop(context, "procMount");
}

/** The first minor that has the gate; earlier ones refuse what it would allow. */
const RESTART_RULES_KNOWN_FROM = 34;

/** Without the rules only sidecars have a policy of their own. */
function dropRestartPolicies({ containers, initContainers }: PodSpec): void {
  for (const container of containers ?? []) drop(container, "restartPolicy");
  for (const container of initContainers ?? [])
    if (container.restartPolicy !== "Always") drop(container, "restartPolicy");
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
    if (!isOn("ClusterTrustBundleProjection", minor)) drop(source, "clusterTrustBundle");
    if (!isOn("PodCertificateRequest", minor)) drop(source, "podCertificate");
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
