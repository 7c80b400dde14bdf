import type { NodeState } from "./node-state.js";
import type { Numbers } from "./pod-requests.js";

/** What of a Pod counts when nodes are compared by what is left of them. */
interface Takes {
  readonly requests: Numbers;
  readonly assumed: Numbers;
}

/** What the room on a node is worth to a Pod: how much is left, and how evenly it is used. */
export function worthOf({ requests, assumed }: Takes, node: NodeState): number {
  return roomOf(assumed, node) + (requests.cpu || requests.memory ? balanceOf(requests, node) : 0);
}

/** How much is left of CPU and memory when the Pod is there, 0 to 100. */
function roomOf(assumed: Numbers, { allocatable, assumedCpu, assumedMemory }: NodeState): number {
  const cpu = shareLeft(allocatable.cpu ?? 0, assumedCpu + (assumed.cpu ?? 0));
  const memory = shareLeft(allocatable.memory ?? 0, assumedMemory + (assumed.memory ?? 0));
  if (cpu === undefined || memory === undefined) return cpu ?? memory ?? 0;
  return Math.trunc((cpu + memory) / 2);
}

const shareLeft = (whole: number, used: number): number | undefined =>
  whole === 0 ? undefined : used > whole ? 0 : Math.trunc(((whole - used) * 100) / whole);

/** How evenly CPU and memory are used when the Pod is there, 0 to 100. */
function balanceOf(requests: Numbers, { allocatable, used }: NodeState): number {
  const cpu = shareUsed(allocatable.cpu ?? 0, (used.cpu ?? 0) + (requests.cpu ?? 0));
  const memory = shareUsed(allocatable.memory ?? 0, (used.memory ?? 0) + (requests.memory ?? 0));
  const deviation = cpu === undefined || memory === undefined ? 0 : Math.abs((cpu - memory) / 2);
  return Math.trunc((1 - deviation) * 100);
}

const shareUsed = (whole: number, used: number): number | undefined =>
  whole === 0 ? undefined : Math.min(1, used / whole);
