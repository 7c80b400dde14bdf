/**
 * Every field by which an object names another, as one table. A row says where the naming stands, what it names, and
 * how a sentence puts it. Source: https://kubernetes.io/docs/reference/kubernetes-api/.
 */
export interface ReferenceFact {
  /** The kind the field belongs to, or what every Pod and every template of a workload has. */
  readonly from: "podSpec" | "container" | GroupKind;
  /** The pattern of the value that holds the reference: `volumes[*].configMap`. */
  readonly at: string;
  /** Below `at`; empty where the value at `at` is the name itself. */
  readonly name: string;
  readonly to: Target;
  /**
   * Where the target is: in the namespace of the referring object, in none (cluster-scoped), or in the one a field
   * beside the name gives (without it, in that of the referring object).
   */
  readonly namespace: "same" | "none" | { readonly field: string };
  /** Pattern below `at` of the keys of a ConfigMap or Secret that must be there. */
  readonly key?: string;
  /** Below `at`: the field that lets the target be absent. */
  readonly optional?: string;
  /** The reference counts only where a field beside the name has this value. */
  readonly when?: { readonly field: string; readonly is: string };
  /** Between subject and target: Deployment "api" `mounts` ConfigMap "settings". */
  readonly verb: string;
}

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** A fixed kind, or the one that `kind` beside the name gives, its group read from `apiVersion` or `apiGroup`. */
export type Target = GroupKind | { readonly groupFrom: "apiVersion" | "apiGroup"; readonly defaultGroup: string };

const core = (kind: string): GroupKind => ({ group: "", kind });
const CONFIG_MAP = core("ConfigMap");
const SECRET = core("Secret");
const CLAIM = core("PersistentVolumeClaim");
const SERVICE = core("Service");
const RBAC = "rbac.authorization.k8s.io";
const STORAGE = "storage.k8s.io";

type Row = Omit<ReferenceFact, "from">;
const rows = (from: ReferenceFact["from"], ...list: Row[]): ReferenceFact[] => list.map((row) => ({ from, ...row }));

/** What a claim says of its class and its source: the same in a claim, a claim template and an ephemeral volume. */
const claimSpec = (at: string): Row[] => [
  { at, name: "storageClassName", to: { group: STORAGE, kind: "StorageClass" }, namespace: "none", verb: "asks for" },
  {
    at,
    name: "volumeAttributesClassName",
    to: { group: STORAGE, kind: "VolumeAttributesClass" },
    namespace: "none",
    verb: "asks for",
  },
  { at, name: "volumeName", to: core("PersistentVolume"), namespace: "none", verb: "asks for" },
  {
    at: `${at}.dataSource`,
    name: "name",
    to: { groupFrom: "apiGroup", defaultGroup: "" },
    namespace: "same",
    verb: "is filled from",
  },
  {
    at: `${at}.dataSourceRef`,
    name: "name",
    to: { groupFrom: "apiGroup", defaultGroup: "" },
    namespace: { field: "namespace" },
    verb: "is filled from",
  },
];

const secretRef = (at: string, namespace: Row["namespace"] = "same"): Row => ({
  at,
  name: "name",
  to: SECRET,
  namespace,
  verb: "mounts a volume with",
});

const serviceRef = (at: string, verb: string): Row => ({
  at,
  name: "name",
  to: SERVICE,
  namespace: { field: "namespace" },
  verb,
});

const WEBHOOKS = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];
const OWN_NAMESPACE = { field: "namespace" };

export const REFERENCE_FACTS: readonly ReferenceFact[] = [
  ...rows(
    "container",
    ...[["configMapKeyRef", CONFIG_MAP] as const, ["secretKeyRef", SECRET] as const].map(
      ([field, to]): Row => ({
        at: `env[*].valueFrom.${field}`,
        name: "name",
        to,
        namespace: "same",
        key: "key",
        optional: "optional",
        verb: "reads",
      }),
    ),
    ...[["configMapRef", CONFIG_MAP] as const, ["secretRef", SECRET] as const].map(
      ([field, to]): Row => ({
        at: `envFrom[*].${field}`,
        name: "name",
        to,
        namespace: "same",
        optional: "optional",
        verb: "takes its environment from",
      }),
    ),
  ),
  ...rows(
    "podSpec",
    ...[
      ["volumes[*].configMap", "name", CONFIG_MAP] as const,
      ["volumes[*].secret", "secretName", SECRET] as const,
      ["volumes[*].projected.sources[*].configMap", "name", CONFIG_MAP] as const,
      ["volumes[*].projected.sources[*].secret", "name", SECRET] as const,
    ].map(
      ([at, name, to]): Row => ({
        at,
        name,
        to,
        namespace: "same",
        key: "items[*].key",
        optional: "optional",
        verb: "mounts",
      }),
    ),
    {
      at: "volumes[*].projected.sources[*].clusterTrustBundle",
      name: "name",
      to: { group: "certificates.k8s.io", kind: "ClusterTrustBundle" },
      namespace: "none",
      optional: "optional",
      verb: "mounts",
    },
    { at: "volumes[*].persistentVolumeClaim", name: "claimName", to: CLAIM, namespace: "same", verb: "mounts" },
    ...claimSpec("volumes[*].ephemeral.volumeClaimTemplate.spec"),
    { at: "volumes[*].azureFile", name: "secretName", to: SECRET, namespace: "same", verb: "mounts a volume with" },
    ...["cephfs", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos"].map((type) =>
      secretRef(`volumes[*].${type}.secretRef`),
    ),
    secretRef("volumes[*].csi.nodePublishSecretRef"),
    {
      at: "volumes[*].csi",
      name: "volumeAttributes.secretProviderClass",
      to: { group: "secrets-store.csi.x-k8s.io", kind: "SecretProviderClass" },
      namespace: "same",
      when: { field: "driver", is: "secrets-store.csi.k8s.io" },
      verb: "mounts secrets of",
    },
    { at: "imagePullSecrets[*]", name: "name", to: SECRET, namespace: "same", verb: "pulls images with" },
    { at: "serviceAccountName", name: "", to: core("ServiceAccount"), namespace: "same", verb: "runs as" },
    { at: "serviceAccount", name: "", to: core("ServiceAccount"), namespace: "same", verb: "runs as" },
    {
      at: "priorityClassName",
      name: "",
      to: { group: "scheduling.k8s.io", kind: "PriorityClass" },
      namespace: "none",
      verb: "has",
    },
    {
      at: "runtimeClassName",
      name: "",
      to: { group: "node.k8s.io", kind: "RuntimeClass" },
      namespace: "none",
      verb: "runs with",
    },
    { at: "nodeName", name: "", to: core("Node"), namespace: "none", verb: "is put on" },
    {
      at: "resourceClaims[*]",
      name: "resourceClaimName",
      to: { group: "resource.k8s.io", kind: "ResourceClaim" },
      namespace: "same",
      verb: "uses",
    },
    {
      at: "resourceClaims[*]",
      name: "resourceClaimTemplateName",
      to: { group: "resource.k8s.io", kind: "ResourceClaimTemplate" },
      namespace: "same",
      verb: "makes claims from",
    },
  ),
  ...rows(
    core("ServiceAccount"),
    { at: "imagePullSecrets[*]", name: "name", to: SECRET, namespace: "same", verb: "pulls images with" },
    { at: "secrets[*]", name: "name", to: SECRET, namespace: "same", verb: "lists" },
  ),
  ...rows(
    { group: "apps", kind: "StatefulSet" },
    { at: "spec", name: "serviceName", to: SERVICE, namespace: "same", verb: "is governed by" },
    ...claimSpec("spec.volumeClaimTemplates[*].spec"),
  ),
  ...rows(CLAIM, ...claimSpec("spec")),
  ...rows(
    core("PersistentVolume"),
    {
      at: "spec",
      name: "storageClassName",
      to: { group: STORAGE, kind: "StorageClass" },
      namespace: "none",
      verb: "is of",
    },
    { at: "spec.claimRef", name: "name", to: CLAIM, namespace: OWN_NAMESPACE, verb: "is reserved for" },
    ...["cephfs", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos"].map((type) =>
      secretRef(`spec.${type}.secretRef`, OWN_NAMESPACE),
    ),
    ...["controllerPublish", "nodeStage", "nodePublish", "controllerExpand", "nodeExpand"].map((use) =>
      secretRef(`spec.csi.${use}SecretRef`, OWN_NAMESPACE),
    ),
    {
      at: "spec.azureFile",
      name: "secretName",
      to: SECRET,
      namespace: { field: "secretNamespace" },
      verb: "mounts a volume with",
    },
  ),
  ...rows(
    { group: "networking.k8s.io", kind: "Ingress" },
    { at: "spec.tls[*]", name: "secretName", to: SECRET, namespace: "same", verb: "serves TLS with" },
    {
      at: "spec",
      name: "ingressClassName",
      to: { group: "networking.k8s.io", kind: "IngressClass" },
      namespace: "none",
      verb: "is of",
    },
    ...["spec.defaultBackend", "spec.rules[*].http.paths[*].backend"].flatMap((backend): Row[] => [
      { at: `${backend}.service`, name: "name", to: SERVICE, namespace: "same", verb: "routes to" },
      {
        at: `${backend}.resource`,
        name: "name",
        to: { groupFrom: "apiGroup", defaultGroup: "" },
        namespace: "same",
        verb: "routes to",
      },
    ]),
  ),
  ...rows(
    { group: "networking.k8s.io", kind: "IngressClass" },
    {
      at: "spec.parameters",
      name: "name",
      to: { groupFrom: "apiGroup", defaultGroup: "" },
      namespace: OWN_NAMESPACE,
      verb: "takes its parameters from",
    },
  ),
  ...rows(
    { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
    {
      at: "spec.scaleTargetRef",
      name: "name",
      to: { groupFrom: "apiVersion", defaultGroup: "" },
      namespace: "same",
      verb: "scales",
    },
    {
      at: "spec.metrics[*].object.describedObject",
      name: "name",
      to: { groupFrom: "apiVersion", defaultGroup: "" },
      namespace: "same",
      verb: "reads a metric of",
    },
  ),
  ...["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
    rows(
      { group: RBAC, kind },
      {
        at: "roleRef",
        name: "name",
        to: { groupFrom: "apiGroup", defaultGroup: RBAC },
        namespace: "same",
        verb: "grants",
      },
      {
        at: "subjects[*]",
        name: "name",
        to: core("ServiceAccount"),
        namespace: OWN_NAMESPACE,
        when: { field: "kind", is: "ServiceAccount" },
        verb: "grants permissions to",
      },
    ),
  ),
  ...WEBHOOKS.flatMap((kind) =>
    rows(
      { group: "admissionregistration.k8s.io", kind },
      serviceRef("webhooks[*].clientConfig.service", "sends requests to"),
    ),
  ),
  ...rows({ group: "apiregistration.k8s.io", kind: "APIService" }, serviceRef("spec.service", "is served by")),
  ...rows(
    { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },
    serviceRef("spec.conversion.webhook.clientConfig.service", "converts versions through"),
  ),
  ...rows(
    { group: "discovery.k8s.io", kind: "EndpointSlice" },
    {
      at: "metadata.labels[kubernetes.io/service-name]",
      name: "",
      to: SERVICE,
      namespace: "same",
      verb: "holds endpoints of",
    },
  ),
  ...["ValidatingAdmissionPolicy", "MutatingAdmissionPolicy"].flatMap((kind) =>
    rows(
      { group: "admissionregistration.k8s.io", kind: `${kind}Binding` },
      {
        at: "spec",
        name: "policyName",
        to: { group: "admissionregistration.k8s.io", kind },
        namespace: "none",
        verb: "binds",
      },
    ),
  ),
  ...["ResourceClaim", "ResourceClaimTemplate"].flatMap((kind) => {
    const spec = kind === "ResourceClaim" ? "spec" : "spec.spec";
    return rows(
      { group: "resource.k8s.io", kind },
      ...[`${spec}.devices.requests[*]`, `${spec}.devices.requests[*].exactly`].map(
        (at): Row => ({
          at,
          name: "deviceClassName",
          to: { group: "resource.k8s.io", kind: "DeviceClass" },
          namespace: "none",
          verb: "asks for",
        }),
      ),
    );
  }),
];
