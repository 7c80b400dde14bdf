import type { LabelSelector } from "kubernetes-types/meta/v1.js";
import { isPlaceholder } from "../../schema/placeholder.js";
import type { PodTemplate } from "../pods/pod-template.js";
import type { Match } from "./selectors.js";

/**
 * Labels that controllers put on the Pods they make, so that no template has them. Those of known value tell the Pod of
 * an owner: https://kubernetes.io/docs/reference/labels-annotations-taints/.
 */
const GENERATED: Readonly<Record<string, ((value: string, pod: PodTemplate) => Match) | undefined>> = {
  "apps.kubernetes.io/pod-index": ofKind("StatefulSet"),
  "batch.kubernetes.io/controller-uid": ofKind("Job", "CronJob"),
  "batch.kubernetes.io/job-completion-index": ofKind("Job", "CronJob"),
  "batch.kubernetes.io/job-name": jobName,
  "controller-revision-hash": ofKind("StatefulSet", "DaemonSet"),
  "controller-uid": ofKind("Job", "CronJob"),
  "job-name": jobName,
  "pod-template-generation": ofKind("DaemonSet"),
  "pod-template-hash": ofKind("Deployment", "ReplicaSet", "Rollout"),
  "rollouts-pod-template-hash": ofKind("Rollout"),
  // A Pod of a StatefulSet is the set's name and a number.
  "statefulset.kubernetes.io/pod-name": (value, { owner }) =>
    owner.kind === "StatefulSet" && (isPlaceholder(owner.name) || /^-\d+$/.test(value.slice(owner.name.length)))
      ? isPlaceholder(owner.name) || value.startsWith(owner.name)
        ? "yes"
        : "no"
      : "no",
};

function ofKind(...kinds: readonly string[]): (value: string, pod: PodTemplate) => Match {
  return (_, { owner }) => (kinds.includes(owner.kind) ? "unknown" : "no");
}

function jobName(value: string, { owner }: PodTemplate): Match {
  if (owner.kind === "CronJob") return value.startsWith(`${owner.name}-`) ? "unknown" : "no";
  return owner.kind === "Job" && owner.name === value ? "yes" : "no";
}

const isGenerated = (key: string): boolean => Object.hasOwn(GENERATED, key);

/** A selector's part that templates can meet, and the part that is about labels which controllers add. */
export function splitGenerated(selector: LabelSelector): {
  readonly written: LabelSelector;
  readonly generated: LabelSelector | undefined;
} {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const pairs = Object.entries(matchLabels);
  if (!pairs.some(([key]) => isGenerated(key)) && !matchExpressions.some(({ key }) => isGenerated(key)))
    return { written: selector, generated: undefined };
  const part = (wanted: boolean): LabelSelector => ({
    matchLabels: Object.fromEntries(pairs.filter(([key]) => isGenerated(key) === wanted)),
    matchExpressions: matchExpressions.filter(({ key }) => isGenerated(key) === wanted),
  });
  return { written: part(false), generated: part(true) };
}

/** Whether the Pods that a template makes will have the labels that their controller adds. */
export function matchGenerated({ matchLabels = {}, matchExpressions = [] }: LabelSelector, pod: PodTemplate): Match {
  let result: Match = matchExpressions.length > 0 ? "unknown" : "yes";
  for (const [key, value] of Object.entries(matchLabels)) {
    const one = isPlaceholder(value) ? "unknown" : (GENERATED[key]?.(value, pod) ?? "unknown");
    if (one === "no") return "no";
    if (one === "unknown") result = "unknown";
  }
  return result;
}
