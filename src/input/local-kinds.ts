import type { Mapping } from "./plain-values.js";

/** A kind of document that looks like a manifest and is not for the API server. */
interface LocalKind {
  readonly apiVersion: RegExp;
  /** Absent: every kind of these versions. */
  readonly kind?: RegExp;
  /** A field that must be there, where apiVersion and kind are not telling enough. */
  readonly field?: string;
  /** Whose configuration it is. */
  readonly of: string;
}

/** Documents that tools read from disk, and requests and answers of the API that nobody applies. */
const LOCAL_KINDS: readonly LocalKind[] = [
  // Kubernetes' own components: https://kubernetes.io/docs/reference/config-api/
  { apiVersion: /^v1$/, kind: /^Config$/, of: "kubectl" },
  { apiVersion: /^v1$/, kind: /^Policy$/, field: "priorities", of: "kube-scheduler" },
  { apiVersion: /^v1$/, kind: /^Policy$/, field: "predicates", of: "kube-scheduler" },
  { apiVersion: /^v1$/, kind: /^(EncryptionConfig|ImagePolicyWebhook|AdmissionConfiguration)$/, of: "kube-apiserver" },
  { apiVersion: /^audit\.k8s\.io\//, of: "kube-apiserver" },
  { apiVersion: /^client\.authentication\.k8s\.io\//, of: "kubectl" },
  { apiVersion: /^kubectl\.config\.k8s\.io\//, of: "kubectl" },
  { apiVersion: /^kubeadm\.k8s\.io\//, of: "kubeadm" },
  { apiVersion: /^(kubelet|credentialprovider)\.config\.k8s\.io\//, of: "kubelet" },
  { apiVersion: /^kubeproxy\.config\.k8s\.io\//, of: "kube-proxy" },
  { apiVersion: /^kubescheduler\.config\.k8s\.io\//, of: "kube-scheduler" },
  {
    apiVersion: /^(apiserver|pod-security\.admission|webhookadmission\.admission)(\.config)?\.k8s\.io\//,
    of: "kube-apiserver",
  },
  { apiVersion: /^[\w-]+\.admission\.k8s\.io\//, kind: /Configuration$/, of: "kube-apiserver" },
  { apiVersion: /^abac\.authorization\.kubernetes\.io\//, of: "kube-apiserver" },
  { apiVersion: /^(kube)?(controllermanager|cloudcontrollermanager|componentconfig)\b/, of: "kube-controller-manager" },
  { apiVersion: /\.config\.k8s\.io\//, of: "a Kubernetes component" },
  { apiVersion: /^descheduler\//, of: "descheduler" },
  { apiVersion: /^controller-runtime\.sigs\.k8s\.io\//, of: "controller-runtime" },
  { apiVersion: /^(config\.kueue|config\.jobset|config\.lws)\.x-k8s\.io\//, of: "a controller" },
  // Requests and answers: never stored.
  { apiVersion: /^admission\.k8s\.io\//, of: "webhook requests" },
  { apiVersion: /^imagepolicy\.k8s\.io\//, of: "webhook requests" },
  { apiVersion: /^apiextensions\.k8s\.io\//, kind: /^ConversionReview$/, of: "webhook requests" },
  { apiVersion: /^meta\.k8s\.io\//, of: "API answers" },
  {
    apiVersion: /^v1$/,
    kind: /^(Status|APIResourceList|APIGroupList|APIGroup|APIVersions|DeleteOptions)$/,
    of: "API answers",
  },
  // Clusters made by tools.
  { apiVersion: /^kind\.(x-k8s|sigs\.k8s)\.io\//, of: "kind" },
  { apiVersion: /^k3d\.io\//, of: "k3d" },
  { apiVersion: /^ctlptl\.dev\//, of: "ctlptl" },
  { apiVersion: /^eksctl\.io\//, of: "eksctl" },
  { apiVersion: /^kops(\.k8s\.io)?\//, of: "kOps" },
  { apiVersion: /^k0sctl\.k0sproject\.io\//, of: "k0sctl" },
  { apiVersion: /^kubekey\.kubesphere\.io\//, kind: /^Cluster$/, of: "KubeKey" },
  { apiVersion: /^v1alpha1$/, of: "Talos" },
  // Building and developing.
  { apiVersion: /^skaffold\//, of: "Skaffold" },
  { apiVersion: /^tilt\.dev\//, of: "Tilt" },
  { apiVersion: /^builtin$/, of: "kustomize" },
  { apiVersion: /^kustomize\.config\.k8s\.io\//, of: "kustomize" },
  { apiVersion: /^kpt\.dev\//, of: "kpt" },
  { apiVersion: /^config\.kubernetes\.io\//, of: "kpt" },
  { apiVersion: /^(kbld|vendir)\.k14s\.io\/|^(kbld|vendir|imgpkg|kctrl)\.carvel\.dev\//, of: "Carvel" },
  { apiVersion: /^kapp\.k14s\.io\//, kind: /^Config$/, of: "kapp" },
  { apiVersion: /^garden\.io\//, of: "Garden" },
  { apiVersion: /^score\.dev\//, of: "Score" },
  { apiVersion: /^backstage\.io\//, of: "Backstage" },
  { apiVersion: /^krew\.googlecontainertools\.github\.com\//, of: "krew" },
  { apiVersion: /^meta\.pkg\.crossplane\.io\//, of: "Crossplane packages" },
  { apiVersion: /^scorecard\.operatorframework\.io\//, of: "operator-sdk" },
  { apiVersion: /^(kuttl|kudo)\.dev\//, kind: /^Test/, of: "kuttl" },
  { apiVersion: /^chainsaw\.kyverno\.io\//, of: "Chainsaw" },
  { apiVersion: /^cli\.kyverno\.io\//, of: "the Kyverno command line" },
  { apiVersion: /^sonobuoy\.hept\.io\//, of: "Sonobuoy" },
  { apiVersion: /^v1$/, kind: /^Template$/, field: "objects", of: "OpenShift" },
  { apiVersion: /^v1$/, kind: /^InstallConfig$/, of: "OpenShift" },
];

/** Whose configuration a document is, as a skip detail; undefined for what may be meant for the API server. */
export function localToolOf(value: Mapping, apiVersion: string, kind: string | undefined): string | undefined {
  const found = LOCAL_KINDS.find(
    (local) =>
      local.apiVersion.test(apiVersion) &&
      (!local.kind || (kind !== undefined && local.kind.test(kind))) &&
      (local.field === undefined || local.field in value),
  );
  if (found) return kind === undefined ? `of ${found.of}` : `kind ${kind}, of ${found.of}`;
  if (kind === undefined) return undefined;
  // Every object has metadata; in groups that are not Kubernetes' own its absence tells a tool's file.
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const own = group === "" || OWN_GROUPS.has(group) || group.endsWith(".k8s.io");
  return own || "metadata" in value ? undefined : `kind ${kind}, without metadata`;
}

/** The groups of the API server whose names have no dot. */
const OWN_GROUPS = new Set(["apps", "batch", "autoscaling", "policy", "extensions"]);
