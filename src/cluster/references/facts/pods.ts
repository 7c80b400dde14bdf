import {
  CLAIM,
  CONFIG_MAP,
  clusterWide,
  core,
  local,
  NODE,
  type ReferenceFact,
  rows,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  type SelectorFact,
  selectors,
} from "./fact.js";
import { claimSpec, VOLUMES_WITH_SECRETS } from "./storage.js";

const resource = (kind: string) => ({ group: "resource.k8s.io", kind });

/** What Pods and templates name: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export const POD_REFERENCES: readonly ReferenceFact[] = [
  ...rows(
    "container",
    ...[["configMapKeyRef", CONFIG_MAP] as const, ["secretKeyRef", SECRET] as const].map(([field, to]) =>
      local(`env[*].valueFrom.${field}`, "name", to, "reads", { key: "key", optional: "optional" }),
    ),
    ...[["configMapRef", CONFIG_MAP] as const, ["secretRef", SECRET] as const].map(([field, to]) =>
      local(`envFrom[*].${field}`, "name", to, "takes its environment from", { optional: "optional" }),
    ),
  ),
  ...rows(
    "podSpec",
    ...[
      ["volumes[*].configMap", "name", CONFIG_MAP] as const,
      ["volumes[*].secret", "secretName", SECRET] as const,
      ["volumes[*].projected.sources[*].configMap", "name", CONFIG_MAP] as const,
      ["volumes[*].projected.sources[*].secret", "name", SECRET] as const,
    ].map(([at, name, to]) => local(at, name, to, "mounts", { key: "items[*].key", optional: "optional" })),
    clusterWide(
      "volumes[*].projected.sources[*].clusterTrustBundle",
      "name",
      { group: "certificates.k8s.io", kind: "ClusterTrustBundle" },
      "mounts",
      { optional: "optional" },
    ),
    local("volumes[*].persistentVolumeClaim", "claimName", CLAIM, "mounts"),
    ...claimSpec("volumes[*].ephemeral.volumeClaimTemplate.spec"),
    local("volumes[*].azureFile", "secretName", SECRET, "mounts a volume with"),
    ...VOLUMES_WITH_SECRETS.map((type) =>
      local(`volumes[*].${type}.secretRef`, "name", SECRET, "mounts a volume with"),
    ),
    local("volumes[*].csi.nodePublishSecretRef", "name", SECRET, "mounts a volume with"),
    local("volumes[*].glusterfs", "endpoints", core("Endpoints"), "mounts a volume of"),
    local(
      "volumes[*].csi",
      "volumeAttributes.secretProviderClass",
      { group: "secrets-store.csi.x-k8s.io", kind: "SecretProviderClass" },
      "mounts secrets of",
      { when: { field: "driver", is: "secrets-store.csi.k8s.io" } },
    ),
    local("imagePullSecrets[*]", "name", SECRET, "pulls images with"),
    local("serviceAccountName", "", SERVICE_ACCOUNT, "runs as"),
    local("serviceAccount", "", SERVICE_ACCOUNT, "runs as"),
    clusterWide("priorityClassName", "", { group: "scheduling.k8s.io", kind: "PriorityClass" }, "has"),
    clusterWide("runtimeClassName", "", { group: "node.k8s.io", kind: "RuntimeClass" }, "runs with"),
    clusterWide("nodeName", "", NODE, "is put on"),
    // Without the Service the Pod has a host name that nobody can look up; that may be all it wants.
    local("subdomain", "", SERVICE, "has a host name under", { optional: true }),
    local("resourceClaims[*]", "resourceClaimName", resource("ResourceClaim"), "uses"),
    local("resourceClaims[*]", "resourceClaimTemplateName", resource("ResourceClaimTemplate"), "makes claims from"),
  ),
  ...rows(
    { group: "apps", kind: "StatefulSet" },
    local("spec", "serviceName", SERVICE, "is governed by"),
    ...claimSpec("spec.volumeClaimTemplates[*].spec"),
  ),
];

const AFFINITIES = ["podAffinity", "podAntiAffinity"].flatMap((affinity) => {
  const verb = affinity === "podAffinity" ? "wants to be near" : "keeps away from";
  return [
    "requiredDuringSchedulingIgnoredDuringExecution[*]",
    "preferredDuringSchedulingIgnoredDuringExecution[*].podAffinityTerm",
  ].map(
    (terms) =>
      ({
        at: `affinity.${affinity}.${terms}`,
        selector: "labelSelector",
        form: "selector",
        to: "pods",
        namespace: { names: "namespaces", selector: "namespaceSelector" },
        verb,
      }) as const,
  );
});

const nodeAffinity = "affinity.nodeAffinity";

/** What Pods and their makers select. */
export const POD_SELECTORS: readonly SelectorFact[] = [
  ...selectors(
    "podSpec",
    {
      at: "topologySpreadConstraints[*]",
      selector: "labelSelector",
      form: "selector",
      to: "pods",
      namespace: "same",
      verb: "spreads with",
    },
    ...AFFINITIES,
    { at: "nodeSelector", selector: "", form: "labels", to: NODE, namespace: "none", verb: "runs on" },
    {
      at: `${nodeAffinity}.requiredDuringSchedulingIgnoredDuringExecution`,
      selector: "",
      form: "nodeSelector",
      to: NODE,
      namespace: "none",
      verb: "runs on",
    },
  ),
  ...["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"].flatMap((kind) =>
    selectors(
      { group: "apps", kind },
      { at: "spec.selector", selector: "", form: "selector", to: "pods", namespace: "same", verb: "manages" },
    ),
  ),
  ...selectors(
    { group: "argoproj.io", kind: "Rollout" },
    { at: "spec.selector", selector: "", form: "selector", to: "pods", namespace: "same", verb: "manages" },
  ),
  ...selectors(core("ReplicationController"), {
    at: "spec.selector",
    selector: "",
    form: "labels",
    to: "pods",
    namespace: "same",
    verb: "manages",
  }),
  ...selectors(
    { group: "policy", kind: "PodDisruptionBudget" },
    {
      at: "spec.selector",
      selector: "",
      form: "selector",
      to: "pods",
      namespace: "same",
      expected: true,
      verb: "protects",
    },
  ),
];
