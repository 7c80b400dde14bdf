/**
 * When API versions went, and when the server began to warn about those it still serves. The data in schemas/ begins at
 * 1.24; what was gone by then, and what is announced, stands here.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 * https://kubernetes.io/docs/reference/using-api/deprecation-policy/
 */
export interface GoneVersion {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  readonly removedIn: number;
  readonly replacement?: string;
}

const WORKLOADS = ["DaemonSet", "Deployment", "ReplicaSet"];
const RBAC = ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"];
const REVIEWS = [
  "LocalSubjectAccessReview",
  "SelfSubjectAccessReview",
  "SelfSubjectRulesReview",
  "SubjectAccessReview",
];
const WEBHOOKS = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
const FLOWS = ["FlowSchema", "PriorityLevelConfiguration"];

/** Versions that the oldest data no longer has. `replacement` may itself be gone at the target. */
export const GONE: readonly GoneVersion[] = [
  { apiVersion: "admissionregistration.k8s.io/v1alpha1", kinds: ["InitializerConfiguration"], removedIn: 14 },
  {
    apiVersion: "admissionregistration.k8s.io/v1beta1",
    kinds: WEBHOOKS,
    removedIn: 22,
    replacement: "admissionregistration.k8s.io/v1",
  },
  {
    apiVersion: "apiextensions.k8s.io/v1beta1",
    kinds: ["CustomResourceDefinition"],
    removedIn: 22,
    replacement: "apiextensions.k8s.io/v1",
  },
  {
    apiVersion: "apiregistration.k8s.io/v1beta1",
    kinds: ["APIService"],
    removedIn: 22,
    replacement: "apiregistration.k8s.io/v1",
  },
  {
    apiVersion: "apps/v1beta1",
    kinds: ["ControllerRevision", "Deployment", "StatefulSet"],
    removedIn: 16,
    replacement: "apps/v1",
  },
  {
    apiVersion: "apps/v1beta2",
    kinds: ["ControllerRevision", "StatefulSet", ...WORKLOADS],
    removedIn: 16,
    replacement: "apps/v1",
  },
  { apiVersion: "auditregistration.k8s.io/v1alpha1", kinds: ["AuditSink"], removedIn: 19 },
  {
    apiVersion: "authentication.k8s.io/v1beta1",
    kinds: ["TokenReview"],
    removedIn: 22,
    replacement: "authentication.k8s.io/v1",
  },
  { apiVersion: "authorization.k8s.io/v1beta1", kinds: REVIEWS, removedIn: 22, replacement: "authorization.k8s.io/v1" },
  { apiVersion: "batch/v2alpha1", kinds: ["CronJob"], removedIn: 21, replacement: "batch/v1" },
  {
    apiVersion: "certificates.k8s.io/v1beta1",
    kinds: ["CertificateSigningRequest"],
    removedIn: 22,
    replacement: "certificates.k8s.io/v1",
  },
  { apiVersion: "coordination.k8s.io/v1beta1", kinds: ["Lease"], removedIn: 22, replacement: "coordination.k8s.io/v1" },
  { apiVersion: "extensions/v1beta1", kinds: WORKLOADS, removedIn: 16, replacement: "apps/v1" },
  { apiVersion: "extensions/v1beta1", kinds: ["NetworkPolicy"], removedIn: 16, replacement: "networking.k8s.io/v1" },
  { apiVersion: "extensions/v1beta1", kinds: ["PodSecurityPolicy"], removedIn: 16 },
  { apiVersion: "extensions/v1beta1", kinds: ["Ingress"], removedIn: 22, replacement: "networking.k8s.io/v1" },
  {
    apiVersion: "networking.k8s.io/v1beta1",
    kinds: ["Ingress", "IngressClass"],
    removedIn: 22,
    replacement: "networking.k8s.io/v1",
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1alpha1",
    kinds: RBAC,
    removedIn: 23,
    replacement: "rbac.authorization.k8s.io/v1",
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1beta1",
    kinds: RBAC,
    removedIn: 22,
    replacement: "rbac.authorization.k8s.io/v1",
  },
  {
    apiVersion: "scheduling.k8s.io/v1alpha1",
    kinds: ["PriorityClass"],
    removedIn: 23,
    replacement: "scheduling.k8s.io/v1",
  },
  {
    apiVersion: "scheduling.k8s.io/v1beta1",
    kinds: ["PriorityClass"],
    removedIn: 22,
    replacement: "scheduling.k8s.io/v1",
  },
  { apiVersion: "settings.k8s.io/v1alpha1", kinds: ["PodPreset"], removedIn: 20 },
  {
    apiVersion: "storage.k8s.io/v1alpha1",
    kinds: ["CSIStorageCapacity"],
    removedIn: 24,
    replacement: "storage.k8s.io/v1",
  },
  {
    apiVersion: "storage.k8s.io/v1beta1",
    kinds: ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
    removedIn: 22,
    replacement: "storage.k8s.io/v1",
  },
];

export interface Deprecation {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  readonly deprecatedIn: number;
  /** As the server announces it: "unavailable in v1.X+". */
  readonly removedIn?: number;
  /** An apiVersion, or an apiVersion and another kind. */
  readonly replacement?: string;
}

const DRA = ["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"];

/** Versions that some minor in the data serves with a warning: "deprecated in v1.X+, unavailable in v1.Y+". */
export const DEPRECATED: readonly Deprecation[] = [
  { apiVersion: "v1", kinds: ["ComponentStatus"], deprecatedIn: 19 },
  { apiVersion: "v1", kinds: ["Endpoints"], deprecatedIn: 33, replacement: "discovery.k8s.io/v1 EndpointSlice" },
  {
    apiVersion: "admissionregistration.k8s.io/v1beta1",
    kinds: ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
    deprecatedIn: 31,
    removedIn: 34,
    replacement: "admissionregistration.k8s.io/v1",
  },
  {
    apiVersion: "authentication.k8s.io/v1beta1",
    kinds: ["SelfSubjectReview"],
    deprecatedIn: 30,
    removedIn: 33,
    replacement: "authentication.k8s.io/v1",
  },
  {
    apiVersion: "autoscaling/v2beta2",
    kinds: ["HorizontalPodAutoscaler"],
    deprecatedIn: 23,
    removedIn: 26,
    replacement: "autoscaling/v2",
  },
  { apiVersion: "flowcontrol.apiserver.k8s.io/v1beta1", kinds: FLOWS, deprecatedIn: 23, removedIn: 26 },
  { apiVersion: "flowcontrol.apiserver.k8s.io/v1beta2", kinds: FLOWS, deprecatedIn: 26, removedIn: 29 },
  { apiVersion: "flowcontrol.apiserver.k8s.io/v1beta3", kinds: FLOWS, deprecatedIn: 29, removedIn: 32 },
  {
    apiVersion: "networking.k8s.io/v1beta1",
    kinds: ["IPAddress", "ServiceCIDR"],
    deprecatedIn: 34,
    removedIn: 37,
    replacement: "networking.k8s.io/v1",
  },
  { apiVersion: "resource.k8s.io/v1beta1", kinds: DRA, deprecatedIn: 35, removedIn: 38 },
  {
    apiVersion: "storage.k8s.io/v1beta1",
    kinds: ["CSIStorageCapacity"],
    deprecatedIn: 24,
    removedIn: 27,
    replacement: "storage.k8s.io/v1",
  },
  { apiVersion: "storage.k8s.io/v1beta1", kinds: ["VolumeAttributesClass"], deprecatedIn: 34, removedIn: 37 },
];

const key = (apiVersion: string, kind: string): string => `${apiVersion} ${kind}`;

function byKind<Row extends { readonly apiVersion: string; readonly kinds: readonly string[] }>(
  rows: readonly Row[],
): ReadonlyMap<string, Row> {
  return new Map(rows.flatMap((row) => row.kinds.map((kind) => [key(row.apiVersion, kind), row] as const)));
}

let gone: ReadonlyMap<string, GoneVersion> | undefined;
let deprecated: ReadonlyMap<string, Deprecation> | undefined;

export function goneVersion(apiVersion: string, kind: string): GoneVersion | undefined {
  gone ??= byKind(GONE);
  return gone.get(key(apiVersion, kind));
}

export function deprecation(apiVersion: string, kind: string): Deprecation | undefined {
  deprecated ??= byKind(DEPRECATED);
  return deprecated.get(key(apiVersion, kind));
}
