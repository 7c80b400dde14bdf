import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import type { Resource } from "../resource.js";

/** How a workload says which Pods are its own. */
export interface WorkloadSelector {
  readonly selector: LabelSelector;
  /** Where its `matchLabels` entries stand: `spec.selector.matchLabels`; of a ReplicationController `spec.selector`. */
  readonly labelsPath: string;
  /** Who refuses one that does not match the template. */
  readonly refusedBy: string;
}

/** Group as of today; those not listed make Pods without a selector, or have theirs generated. */
const KINDS: Readonly<Record<string, { readonly refusedBy: string; readonly plain?: boolean }>> = {
  "/ReplicationController": { refusedBy: "the API server", plain: true },
  "apps/DaemonSet": { refusedBy: "the API server" },
  "apps/Deployment": { refusedBy: "the API server" },
  "apps/ReplicaSet": { refusedBy: "the API server" },
  "apps/StatefulSet": { refusedBy: "the API server" },
  "batch/Job": { refusedBy: "the API server" },
  "argoproj.io/Rollout": { refusedBy: "the Rollout controller" },
};

/**
 * The selector that a workload has for its Pods, as written; undefined where it has none or the control plane makes it:
 * a Job's unless `manualSelector` is set, and a ReplicationController's where it is empty.
 */
export function workloadSelectorOf(resource: Resource): WorkloadSelector | undefined {
  const kind = KINDS[`${resource.group}/${resource.kind}`];
  const spec = resource.spec as { selector?: unknown; manualSelector?: boolean } | undefined;
  const selector = spec?.selector;
  if (!kind || selector === null || typeof selector !== "object") return undefined;
  if (resource.kind === "Job" && spec?.manualSelector !== true) return undefined;
  if (!kind.plain)
    return isLabelSelector(selector)
      ? { selector, labelsPath: "spec.selector.matchLabels", refusedBy: kind.refusedBy }
      : undefined;
  if (Object.keys(selector).length === 0) return undefined;
  return {
    selector: { matchLabels: selector as Record<string, string> },
    labelsPath: "spec.selector",
    refusedBy: kind.refusedBy,
  };
}

/** Custom kinds are not decoded, so their selector may have any shape. */
const isLabelSelector = (value: object): value is LabelSelector => {
  const { matchLabels = {}, matchExpressions = [] } = value as LabelSelector;
  return matchLabels !== null && typeof matchLabels === "object" && Array.isArray(matchExpressions);
};
