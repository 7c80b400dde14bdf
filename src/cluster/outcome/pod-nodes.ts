import type { Pod } from "../../apis/types/core.v1.generated.js";
import { groupOf } from "../scheduling/chance.js";
import type { SimulatedCluster } from "../simulation/simulated-cluster.js";

/** Stands for a node that the scheduler takes at random from equally good ones. */
const ANY_NODE = "(any)";

/** The name of a Pod's node, or `(any)` where it depends on chance and makes a difference; undefined where it has none. */
export function nodeOf(pod: Pod, { anywhere }: Pick<SimulatedCluster, "anywhere">): string | undefined {
  if (!pod.spec.nodeName) return undefined;
  return anywhere.has(groupOf(pod)) ? ANY_NODE : pod.spec.nodeName;
}
