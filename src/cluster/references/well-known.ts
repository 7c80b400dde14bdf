import { BOOTSTRAP_CLUSTER_ROLES, BOOTSTRAP_ROLES } from "../rbac/bootstrap-roles.js";

/**
 * What every cluster has without anybody's manifest: the objects that the control plane itself makes. Sources:
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces,
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings,
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#how-to-use-priority-and-preemption.
 */
export function isWellKnown(
  group: string,
  kind: string,
  namespace: string | undefined,
  name: string,
  minor: number,
): boolean {
  return (
    WELL_KNOWN[`${group}/${kind}`]?.some(
      (entry) =>
        (entry.namespace === undefined || !namespace || entry.namespace === namespace) &&
        (entry.since ?? 0) <= minor &&
        (typeof entry.name === "string" ? entry.name === name : entry.name.test(name)),
    ) ?? false
  );
}

/** The names of a kind that every cluster has, for offering the nearest. */
export const wellKnownNames = (group: string, kind: string, minor: number): readonly string[] =>
  (WELL_KNOWN[`${group}/${kind}`] ?? []).flatMap(({ name, since = 0 }) =>
    typeof name === "string" && since <= minor ? name : [],
  );

/**
 * Kinds whose objects whoever runs the cluster usually provides. One that is named and not there is worth a word only
 * where the input has others of the kind.
 */
export const isUsuallyProvided = (group: string, kind: string): boolean => PROVIDED.has(`${group}/${kind}`);

const PROVIDED: ReadonlySet<string> = new Set([
  "/Node",
  "/PersistentVolume",
  "argoproj.io/AppProject",
  "cert-manager.io/ClusterIssuer",
  "cert-manager.io/Issuer",
  "certificates.k8s.io/ClusterTrustBundle",
  "eventing.knative.dev/Broker",
  "external-secrets.io/ClusterSecretStore",
  "external-secrets.io/SecretStore",
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
  "gateway.networking.k8s.io/Gateway",
  "gateway.networking.k8s.io/GatewayClass",
  "networking.istio.io/Gateway",
  "networking.k8s.io/IngressClass",
  "node.k8s.io/RuntimeClass",
  "resource.k8s.io/DeviceClass",
  "snapshot.storage.k8s.io/VolumeSnapshotClass",
  "source.toolkit.fluxcd.io/GitRepository",
  "source.toolkit.fluxcd.io/HelmRepository",
  "source.toolkit.fluxcd.io/OCIRepository",
  "snapshot.storage.k8s.io/VolumeSnapshotContent",
  "storage.k8s.io/CSIDriver",
  "storage.k8s.io/StorageClass",
  "storage.k8s.io/VolumeAttributesClass",
]);

interface WellKnown {
  readonly name: string | RegExp;
  readonly namespace?: string;
  readonly since?: number;
}

const names = (...list: string[]): WellKnown[] => list.map((name) => ({ name }));

const WELL_KNOWN: Readonly<Record<string, readonly WellKnown[]>> = {
  "/Namespace": names("default", "kube-system", "kube-public", "kube-node-lease"),
  "/ServiceAccount": names("default"),
  "/ConfigMap": [
    ...names("kube-root-ca.crt"),
    // https://docs.openshift.com: in every namespace there.
    { name: /^openshift-service-ca\.crt$/ },
    {
      name: /^(extension-apiserver-authentication|kubeadm-config|kubelet-config|coredns|kube-proxy)$/,
      namespace: "kube-system",
    },
    { name: /^cluster-info$/, namespace: "kube-public" },
  ],
  "/Secret": [
    // What clusters before 1.24 made for each ServiceAccount, still in manifests taken from one: the end is random.
    { name: /-token-[bcdfghjklmnpqrstvwxz2456789]{5}$/ },
    { name: /^bootstrap-token-/, namespace: "kube-system" },
  ],
  "/Service": [
    { name: "kubernetes", namespace: "default" },
    { name: "kube-dns", namespace: "kube-system" },
  ],
  // https://kubernetes.io/docs/concepts/cluster-administration/flow-control/#default-flowcontrol-configuration-objects
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration": names(
    "catch-all",
    "exempt",
    "global-default",
    "leader-election",
    "node-high",
    "system",
    "workload-high",
    "workload-low",
  ),
  // What `flux bootstrap` makes: https://fluxcd.io/flux/installation/bootstrap/
  "source.toolkit.fluxcd.io/GitRepository": names("flux-system"),
  "source.toolkit.fluxcd.io/OCIRepository": names("flux-system"),
  "kustomize.toolkit.fluxcd.io/Kustomization": names("flux-system"),
  "scheduling.k8s.io/PriorityClass": names("system-cluster-critical", "system-node-critical"),
  // What the managed clusters and the local ones come with.
  "storage.k8s.io/StorageClass": [
    {
      name: /^(default|standard(-rw[ox])?|premium-rw[ox]|gp[23](-csi)?|(managed|azurefile|azureblob)(-csi)?(-premium|-fuse|-nfs)?|managed-premium|hostpath|docker-desktop|local-path|microk8s-hostpath|do-block-storage|linode-block-storage(-retain)?|oci(-bv)?|hcloud-volumes|vultr-block-storage)$/,
    },
  ],
  "rbac.authorization.k8s.io/ClusterRole": [...BOOTSTRAP_CLUSTER_ROLES, { name: /^(kubeadm|system:openshift):/ }],
  "rbac.authorization.k8s.io/Role": [...BOOTSTRAP_ROLES, { name: /^kubeadm:/, namespace: "kube-system" }],
};

/**
 * Whether a name is one of those that the control plane, its add-ons and installers have: which of them there are cannot
 * be told. Names of `system:` roles, and of the ServiceAccounts in `kube-system`.
 */
export const isReserved = (group: string, kind: string, namespace: string | undefined, name: string): boolean =>
  (group === "" && kind === "ServiceAccount" && namespace === "kube-system") ||
  (group === "rbac.authorization.k8s.io" && (kind === "ClusterRole" || kind === "Role") && name.startsWith("system:"));
