import { NOT_NAMED } from "./filters.js";
import type { NodeState } from "./node-state.js";
import { affinityCheck } from "./pod-affinity.js";
import type { PlacedPod } from "./pod-profile.js";
import type { Refusal } from "./refusals.js";
import type { SchedulingState } from "./scheduling-state.js";
import { spreadCheck } from "./topology-spread.js";
import { type StorageFacts, type VolumeCheck, volumeCheck } from "./volume-check.js";

/** What a Pod that could go nowhere, whatever the nodes, is refused for; or how each node answers. */
export interface Attempt {
  readonly everywhere?: Refusal;
  on(node: NodeState): Refusal | undefined;
}

const NO_VOLUMES: VolumeCheck = { on: () => undefined };

/**
 * Tries the predicates of the scheduler's default plugins for one Pod, in their order; the first that fails on a node is the
 * node's reason. Holds while the state does not change. What needs a look at all nodes is worked out when the first node
 * gets that far.
 */
export function attempt(candidate: PlacedPod, state: SchedulingState, storage: StorageFacts): Attempt {
  const { profile } = candidate;
  const volumes = profile.hasVolumes ? volumeCheck(candidate, state, storage) : NO_VOLUMES;
  let spread: ReturnType<typeof spreadCheck> | undefined;
  let affinity: ReturnType<typeof affinityCheck> | undefined;
  return {
    everywhere: volumes.everywhere,
    on: (node) => {
      if (profile.named !== undefined && !profile.named.has(node.name)) return NOT_NAMED;
      const refusal = profile.fit.refusalOn(node) ?? volumes.on(node);
      if (refusal !== undefined) return refusal;
      spread ??= spreadCheck(candidate, state);
      const uneven = spread(node);
      if (uneven !== undefined) return uneven;
      affinity ??= affinityCheck(candidate, state);
      return affinity(node);
    },
  };
}
