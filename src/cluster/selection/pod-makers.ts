import type { Cluster } from "../cluster.js";
import { isOpenNamespace, mayShareNamespace } from "../namespaces.js";
import type { Resource } from "../resource.js";

/**
 * Custom kinds that make no Pods of their own, by group or by group and kind, so that their presence excuses no
 * selector that matches nothing. Every other custom kind may have an operator behind it that makes Pods.
 */
const MAKES_NO_PODS: readonly string[] = [
  "acme.cert-manager.io",
  "aquasecurity.github.io",
  "argoproj.io/AnalysisTemplate",
  "argoproj.io/AppProject",
  "argoproj.io/ClusterAnalysisTemplate",
  // Its template is read like a Deployment's.
  "argoproj.io/Rollout",
  "authentication.istio.io",
  "autoscaling.k8s.io",
  "bitnami.com/SealedSecret",
  "cert-manager.io",
  "certmanager.k8s.io",
  "cilium.io",
  "cloud.google.com/BackendConfig",
  "cloud.google.com/FrontendConfig",
  "config.istio.io",
  "constraints.gatekeeper.sh",
  "crd.projectcalico.org",
  "elbv2.k8s.aws",
  "external-secrets.io",
  "extensions.istio.io",
  "externaldns.k8s.io",
  "gateway.networking.k8s.io/GatewayClass",
  "gateway.networking.k8s.io/GRPCRoute",
  "gateway.networking.k8s.io/HTTPRoute",
  "gateway.networking.k8s.io/ReferenceGrant",
  "gateway.networking.k8s.io/TCPRoute",
  "gateway.networking.k8s.io/TLSRoute",
  "gateway.networking.k8s.io/UDPRoute",
  "generators.external-secrets.io",
  "getambassador.io",
  "image.toolkit.fluxcd.io",
  "k8s.nginx.org",
  "keda.sh/ScaledObject",
  "keda.sh/TriggerAuthentication",
  "keda.sh/ClusterTriggerAuthentication",
  "kyverno.io",
  "kustomize.config.k8s.io",
  "linkerd.io",
  "metallb.io",
  "metrics.k8s.io",
  "monitoring.coreos.com/AlertmanagerConfig",
  "monitoring.coreos.com/PodMonitor",
  "monitoring.coreos.com/Probe",
  "monitoring.coreos.com/PrometheusRule",
  "monitoring.coreos.com/ScrapeConfig",
  "monitoring.coreos.com/ServiceMonitor",
  "networking.gke.io/FrontendConfig",
  "networking.gke.io/ManagedCertificate",
  "networking.istio.io",
  "notification.toolkit.fluxcd.io",
  "policy.istio.io",
  "policy.linkerd.io",
  "projectcalico.org",
  "rbac.istio.io",
  "route.openshift.io",
  "secrets-store.csi.x-k8s.io",
  "secretgenerator.mittwald.de",
  "security.istio.io",
  "security.openshift.io",
  "snapshot.storage.k8s.io",
  "source.toolkit.fluxcd.io",
  "spiffe.io",
  "split.smi-spec.io",
  "telemetry.istio.io",
  "templates.gatekeeper.sh",
  "traefik.containo.us",
  "traefik.io",
  "velero.io",
  "vpcresources.k8s.aws",
  "wgpolicyk8s.io",
];
const NONE = new Set(MAKES_NO_PODS);

/** Kinds that put Pods into other namespaces than their own. */
const MAKES_PODS_ANYWHERE = new Set([
  "argoproj.io/Application",
  "argoproj.io/ApplicationSet",
  "helm.cattle.io/HelmChart",
  "helm.toolkit.fluxcd.io/HelmRelease",
  "helm.fluxcd.io/HelmRelease",
  "kustomize.toolkit.fluxcd.io/Kustomization",
]);

/** The API server's own groups; those without a dot (`apps`) are all its own. */
const BUILT_IN_GROUPS = new Set([
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "apiregistration.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "internal.apiserver.k8s.io",
  "networking.k8s.io",
  "node.k8s.io",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "settings.k8s.io",
  "storage.k8s.io",
  "storagemigration.k8s.io",
]);

const makesPods = (resource: Resource): boolean =>
  resource.group.includes(".") &&
  !BUILT_IN_GROUPS.has(resource.group) &&
  !NONE.has(resource.group) &&
  !NONE.has(`${resource.group}/${resource.kind}`);

const indexes = new WeakMap<Cluster, ReadonlyMap<string, Resource>>();

/** By namespace, the first custom resource that likely makes Pods there; `""` for all namespaces. */
function indexOf(cluster: Cluster): ReadonlyMap<string, Resource> {
  const known = indexes.get(cluster);
  if (known) return known;
  const index = new Map<string, Resource>();
  for (const resource of cluster.resources) {
    if (!makesPods(resource)) continue;
    const anywhere =
      isOpenNamespace(resource.namespace) || MAKES_PODS_ANYWHERE.has(`${resource.group}/${resource.kind}`);
    const namespace = anywhere ? "" : resource.namespace;
    if (!index.has(namespace)) index.set(namespace, resource);
  }
  indexes.set(cluster, index);
  return index;
}

/**
 * A custom resource whose operator may make Pods in a namespace that the input does not show: then nobody can tell
 * what a selector there matches.
 */
export function hiddenPodMaker(cluster: Cluster, namespace: string): Resource | undefined {
  const index = indexOf(cluster);
  if (!isOpenNamespace(namespace)) return index.get(namespace) ?? index.get("");
  return [...index].find(([other]) => mayShareNamespace(namespace, other))?.[1];
}
