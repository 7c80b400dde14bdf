import type { DaemonSet } from "../../../apis/types/apps.v1.generated.js";
import type { Node, Pod, PodSpec, Toleration } from "../../../apis/types/core.v1.generated.js";
import { matchesNodeSelection } from "../../scheduling/node-selectors.js";
import { isTolerated, untoleratedTaint } from "../../scheduling/taints.js";

const TOLERATED: readonly (readonly [key: string, effect: string])[] = [
  ["node.kubernetes.io/not-ready", "NoExecute"],
  ["node.kubernetes.io/unreachable", "NoExecute"],
  ["node.kubernetes.io/disk-pressure", "NoSchedule"],
  ["node.kubernetes.io/memory-pressure", "NoSchedule"],
  ["node.kubernetes.io/pid-pressure", "NoSchedule"],
  ["node.kubernetes.io/unschedulable", "NoSchedule"],
];
const NETWORK_UNAVAILABLE = ["node.kubernetes.io/network-unavailable", "NoSchedule"] as const;

/**
 * The tolerations of a DaemonSet's Pods: those of the template, and those every DaemonSet gets.
 * https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations
 */
function daemonTolerations({ tolerations = [], hostNetwork }: PodSpec): Toleration[] {
  const added = hostNetwork ? [...TOLERATED, NETWORK_UNAVAILABLE] : TOLERATED;
  const all = [...tolerations];
  for (const [key, effect] of added) {
    const same = all.findIndex(
      (own) => own.key === key && own.effect === effect && (own.operator || "Equal") === "Exists",
    );
    if (same < 0) all.push({ key, operator: "Exists", effect });
    else all[same] = { key, operator: "Exists", effect };
  }
  return all;
}

/** What a DaemonSet does on one node. */
export interface NodeChoice {
  /** A Pod is made where there is none. */
  readonly runs: boolean;
  /** One that is there may stay. */
  readonly stays: boolean;
}

const NOT_HERE: NodeChoice = { runs: false, stays: false };

/**
 * Whether a DaemonSet wants a Pod on a node, by selector, affinity and taints alone; whether there is room is the
 * scheduler's question.
 */
export function daemonChoice({ spec: { template } }: Pick<DaemonSet, "spec">, node: Node): NodeChoice {
  const { spec } = template;
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return NOT_HERE;
  if (!matchesNodeSelection(spec, node)) return NOT_HERE;
  const tolerations = daemonTolerations(spec);
  const taints = node.spec?.taints ?? [];
  if (untoleratedTaint(taints, tolerations) === undefined) return { runs: true, stays: true };
  const evicts = taints.some((taint) => taint.effect === "NoExecute" && !isTolerated(taint, tolerations));
  return { runs: false, stays: !evicts };
}

/** What binds a Pod of a DaemonSet to its node: the scheduler puts it there. */
export function daemonPodSpec(spec: PodSpec, node: string): Partial<PodSpec> {
  const required = { nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: [node] }] }] };
  const { affinity } = spec;
  return {
    tolerations: daemonTolerations(spec),
    affinity: {
      ...affinity,
      nodeAffinity: {
        ...affinity?.nodeAffinity,
        requiredDuringSchedulingIgnoredDuringExecution: required,
      },
    },
  };
}

/** The node that a Pod of a DaemonSet is on, or meant for. */
export function nodeOfDaemonPod({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  for (const { matchFields = [] } of required?.nodeSelectorTerms ?? [])
    for (const { key, operator, values } of matchFields)
      if (key === "metadata.name" && operator === "In" && values?.length === 1) return values[0];
  return undefined;
}
