import type { Pod } from "../../../apis/types/core.v1.generated.js";
import { type Change, subjectOf } from "../../simulation/object-store.js";
import { keyOf } from "../../simulation/resources.js";

/** The Pods that stand on each node, kept up to date change by change. */
export class PodsByNode {
  readonly #byNode = new Map<string, Map<string, Pod>>();

  notice(change: Change<"pods">): void {
    const key = keyOf(subjectOf(change));
    const [was, is] = [change.before?.spec.nodeName, change.after?.spec.nodeName];
    if (was && was !== is) this.#byNode.get(was)?.delete(key);
    if (!is || change.after === undefined) return;
    const pods = this.#byNode.get(is) ?? new Map<string, Pod>();
    this.#byNode.set(is, pods.set(key, change.after));
  }

  on(node: string): Iterable<Pod> {
    return this.#byNode.get(node)?.values() ?? [];
  }
}
