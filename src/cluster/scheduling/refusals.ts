/** Why a node does not take a Pod. */
export interface Refusal {
  /** The predicate that says so, by the name of its scheduler plugin. */
  readonly plugin: string;
  readonly reasons: readonly string[];
  /** Whether the Pod might fit if others left the node. */
  readonly preemptible: boolean;
}

/** `1 Insufficient cpu, 2 node(s) had untolerated taint(s)`: how many nodes give each reason, as the scheduler writes it. */
export function countReasons(refusals: Iterable<readonly string[]>): string {
  const counts = new Map<string, number>();
  for (const reasons of refusals) for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(", ");
}
