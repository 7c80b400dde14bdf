import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import { nearestName } from "../../diagnostics/nearest-name.js";
import type { Cluster } from "../cluster.js";
import { isOpenNamespace } from "../namespaces.js";
import type { PodTemplate } from "../pods/pod-template.js";
import { folderOf, type Resource } from "../resource.js";
import { hiddenPodMaker } from "./pod-makers.js";
import { describeActual, hasPlaceholder, type UnmetRequirement, unmetRequirements } from "./selectors.js";

/** The template that a selector was most likely meant for, and what keeps the two apart. */
export interface ClosestPod {
  readonly pod: PodTemplate;
  readonly unmet: readonly UnmetRequirement[];
  /** Whether so much is alike that a mistake is far likelier than Pods made elsewhere. */
  readonly close: boolean;
}

/** `The closest is Deployment "shop", which has tier=frontend`. */
export const describeClosest = ({ pod, unmet }: ClosestPod): string =>
  `The closest is ${pod.ref}, which has ${unmet.map(describeActual).join(", ")}`;

/** How many templates are compared for one selector: labels that all templates have would make it quadratic. */
const COMPARED_AT_MOST = 200;

/** The template in a namespace that meets most of a selector that none matches. */
export function closestPod(
  cluster: Cluster,
  selector: LabelSelector,
  namespace: string,
  ownName: string,
): ClosestPod | undefined {
  const candidates = new Set<PodTemplate>();
  const add = (pods: readonly PodTemplate[]): void => {
    // One without a name is broken, or made from a template: it explains nothing.
    for (const pod of pods) if (candidates.size < COMPARED_AT_MOST && pod.owner.name !== "") candidates.add(pod);
  };
  const pairs = Object.entries(selector.matchLabels ?? {});
  for (const [key, value] of pairs) {
    add(cluster.labels.podsWith(key, value, namespace));
    // A value nearly the same: the likely slip where no pair is shared.
    const near = nearestValue(cluster, key, value);
    if (near !== undefined) add(cluster.labels.podsWith(key, near, namespace));
  }
  for (const kind of ["Deployment", "StatefulSet", "DaemonSet"])
    for (const owner of cluster.allNamed("apps", kind, namespace, ownName)) {
      const pod = cluster.podTemplateOf(owner);
      if (pod) candidates.add(pod);
    }
  let best: ClosestPod | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  const requirements = pairs.length + (selector.matchExpressions?.length ?? 0);
  for (const pod of candidates) {
    const unmet = unmetRequirements(selector, pod.labels, "matchLabels");
    const slips = unmet.filter(({ key, actual, wanted }) => isSlip(wanted.slice(key.length + 1), actual)).length;
    const sameName = pod.owner.name === ownName;
    const score = slips + (sameName ? 1 : 0) - unmet.length * 2;
    if (score <= bestScore) continue;
    bestScore = score;
    const met = requirements - unmet.length;
    best = { pod, unmet, close: sameName || unmet.length === slips || (unmet.length === 1 && met >= 2) };
  }
  return best;
}

/** Whether a value was likely mistyped for another: two edits at most, so that `web` and `api` stay two things. */
const isSlip = (wanted: string, actual: string | undefined): boolean =>
  actual !== undefined && nearestName(wanted, [actual], wanted.length < 4 ? 1 : 2) !== undefined;

function nearestValue(cluster: Cluster, key: string, value: string): string | undefined {
  const values = cluster.labels.valuesOf(key);
  return values.size <= COMPARED_AT_MOST && !values.has(value) ? nearestName(value, values) : undefined;
}

/** What is known of a selector that ought to match Pods. */
export type Selection =
  | { readonly state: "some" }
  /** Placeholders, an operator that may make the Pods, or no Pods in the input at all. */
  | { readonly state: "unknown" }
  | { readonly state: "none"; readonly closest: ClosestPod | undefined };

/**
 * Whether a selector finds Pods in its object's namespace. That nothing matches is only claimed where the input shows
 * Pods there, or in the same folder where no namespace is given, and no custom resource may make others; or where a
 * template is so close that a mistake is the likelier reason.
 */
export function selectionIn(
  cluster: Cluster,
  selector: LabelSelector,
  selecting: Resource,
  /** The name that a workload of these Pods may share. */
  ownName: string,
): Selection {
  const { namespace } = selecting;
  const { matched, possible } = cluster.podsMatching(selector, namespace);
  if (matched.length > 0) return { state: "some" };
  if (possible.length > 0 || hasPlaceholder(selector) || cluster.podsIn(namespace).length === 0)
    return { state: "unknown" };
  if (isControlPlaneSelector(selector, namespace)) return { state: "unknown" };
  const closest = closestPod(cluster, selector, namespace, ownName);
  if (!closest?.close && (hiddenPodMaker(cluster, namespace) || !hasPodsBeside(cluster, selecting)))
    return { state: "unknown" };
  return { state: "none", closest };
}

/** Whether the input has Pods that certainly share the object's namespace, or lie in its folder. */
function hasPodsBeside(cluster: Cluster, selecting: Resource): boolean {
  if (!isOpenNamespace(selecting.namespace))
    return cluster.podsIn(selecting.namespace).some((pod) => pod.namespace === selecting.namespace);
  return foldersWithPods(cluster).has(folderOf(selecting));
}

const folders = new WeakMap<Cluster, ReadonlySet<string>>();

function foldersWithPods(cluster: Cluster): ReadonlySet<string> {
  const known = folders.get(cluster) ?? new Set(cluster.podTemplates.map(({ owner }) => folderOf(owner)));
  folders.set(cluster, known);
  return known;
}

/** Pods that a cluster comes with: https://kubernetes.io/docs/concepts/overview/components/ as kubeadm and add-ons label them. */
const CONTROL_PLANE_LABELS: Readonly<Record<string, RegExp>> = {
  component: /^(etcd|kube-apiserver|kube-controller-manager|kube-proxy|kube-scheduler)$/,
  "k8s-app":
    /^(kube-dns|kube-proxy|metrics-server|calico-node|cilium|kube-controller-manager|kube-scheduler|etcd|etcd-manager-main|kubelet)$/,
  "app.kubernetes.io/name": /^(kube-controller-manager|kube-scheduler|kube-proxy|etcd)$/,
};

const isControlPlaneSelector = (selector: LabelSelector, namespace: string): boolean =>
  (namespace === "kube-system" || namespace === "") &&
  Object.entries(selector.matchLabels ?? {}).some(([key, value]) => CONTROL_PLANE_LABELS[key]?.test(value));
