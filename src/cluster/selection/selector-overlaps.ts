import type { Cluster } from "../cluster.js";
import { areAppliedTogether, shareFile } from "../duplicates.js";
import type { PodTemplate } from "../pods/pod-template.js";
import { folderOf, isIdentified } from "../resource.js";
import { describeSelector, hasPlaceholder, isEmptySelector, matchSelector } from "./selectors.js";
import { workloadSelectorOf } from "./workload-selectors.js";

/** Two workloads whose selectors match each other's Pods. */
export interface SelectorOverlap {
  readonly first: PodTemplate;
  readonly again: PodTemplate;
}

/** So many workloads a folder has for one whose selector overlaps with another file's. */
const RARE = 4;

/** Leaves out the overlaps between files of folders where they are common: these hold examples or variants to choose from. */
function withoutCollections(cluster: Cluster, overlaps: readonly SelectorOverlap[]): SelectorOverlap[] {
  const common = new Map<string, number>();
  for (const { first, again } of overlaps)
    if (!shareFile(first.owner, again.owner))
      common.set(folderOf(again.owner), (common.get(folderOf(again.owner)) ?? 0) + 1);
  if (common.size === 0) return [...overlaps];
  const workloads = new Map<string, number>();
  for (const { owner } of cluster.podTemplates)
    workloads.set(folderOf(owner), (workloads.get(folderOf(owner)) ?? 0) + 1);
  return overlaps.filter(({ first, again }) => {
    const folder = folderOf(again.owner);
    const count = common.get(folder) ?? 0;
    // One pair is no habit, however small the folder.
    return shareFile(first.owner, again.owner) || count < 2 || count * RARE <= workloads.get(folder)!;
  });
}

/** How many Pods of equal labels are compared with each workload; more overlap with one of these all the same. */
const COMPARED_AT_MOST = 50;

/** The workloads that select each other's Pods, each later one with the first it meets. */
export function selectorOverlaps(cluster: Cluster): SelectorOverlap[] {
  const overlaps: SelectorOverlap[] = [];
  const order = new Map(cluster.podTemplates.map((pod, i) => [pod, i]));
  const matchedBy = new Map<string, readonly PodTemplate[]>();
  for (const again of cluster.podTemplates) {
    const { owner } = again;
    const own = workloadSelectorOf(owner)?.selector;
    if (!own || isEmptySelector(own) || hasPlaceholder(own) || !isIdentified(owner)) continue;
    const key = `${owner.namespace}\n${describeSelector(own)}`;
    const matched = matchedBy.get(key) ?? cluster.podsMatching(own, owner.namespace).matched;
    matchedBy.set(key, matched);
    const first = matched.slice(0, COMPARED_AT_MOST).find((pod) => {
      const other = pod.owner;
      if (other === owner || order.get(pod)! > order.get(again)!) return false;
      // The same name is a duplicate or a variant.
      if (other.name === owner.name || !isIdentified(other) || !areAppliedTogether(cluster, other, owner)) return false;
      const selector = workloadSelectorOf(other)?.selector;
      return selector !== undefined && !isEmptySelector(selector) && matchSelector(selector, again.labels) === "yes";
    });
    if (first) overlaps.push({ first, again });
  }
  return withoutCollections(cluster, overlaps);
}
