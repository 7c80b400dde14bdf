import type { Pod } from "../../apis/types/core.v1.generated.js";
import { controllerOf } from "../simulation/object-store.js";

/**
 * Stands for the scheduler's dice. Where several nodes are equally good, the real scheduler takes one at random; here it is
 * always the first, or always the last, and noted for which Pods. What both come to is certain.
 */
export class Chance {
  /** The groups of Pods for which it came to this. */
  readonly decided = new Set<string>();

  constructor(readonly prefers: "first" | "last" = "first") {}

  pick<T>(options: readonly T[], pod: Pod): T | undefined {
    if (options.length > 1) this.decided.add(groupOf(pod));
    return this.prefers === "first" ? options[0] : options.at(-1);
  }
}

/** What is the same for the Pods of one controller, which nobody tells apart; a Pod without one is its own. */
export function groupOf(pod: Pod): string {
  const { namespace, name } = pod.metadata;
  const owner = controllerOf(pod);
  return owner === undefined || owner.kind === "StatefulSet"
    ? `${namespace}/Pod/${name}`
    : `${namespace}/${owner.kind}/${owner.name}`;
}

/** How many Pods of each group stand on each node. */
export function placesOf(pods: Iterable<Pod>): Map<string, Map<string, number>> {
  const places = new Map<string, Map<string, number>>();
  for (const pod of pods) {
    const group = groupOf(pod);
    const byNode = places.get(group) ?? new Map<string, number>();
    const node = pod.spec.nodeName ?? "";
    places.set(group, byNode.set(node, (byNode.get(node) ?? 0) + 1));
  }
  return places;
}

/**
 * The groups whose nodes are a matter of chance: none where two throws come to the same; else those that stand differently,
 * and those for which dice were thrown on the way there.
 */
export function groupsByChance(one: Thrown, other: Thrown): Set<string> {
  const [first, second] = [placesOf(one.pods), placesOf(other.pods)];
  const differing = [...new Set([...first.keys(), ...second.keys()])].filter(
    (group) => !isSameCount(first.get(group), second.get(group)),
  );
  return differing.length === 0 ? new Set() : new Set([...differing, ...one.chance.decided, ...other.chance.decided]);
}

/** The Pods in the end, and what chance had to do with it. */
export interface Thrown {
  readonly pods: Iterable<Pod>;
  readonly chance: Chance;
}

const isSameCount = (a: ReadonlyMap<string, number> = new Map(), b: ReadonlyMap<string, number> = new Map()): boolean =>
  a.size === b.size && [...a].every(([node, count]) => b.get(node) === count);
