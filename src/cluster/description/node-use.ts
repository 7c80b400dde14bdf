import { hasEnded } from "../../apis/core/pod-status.js";
import { formatQuantity } from "../../apis/meta/quantity.js";
import type { Node, Pod } from "../../apis/types/core.v1.generated.js";
import { type Numbers, numbersOf, podRequests } from "../scheduling/pod-requests.js";
import type { Simulation } from "../simulation/simulate.js";

/** What of a node the Pods on it take. */
export interface NodeUse {
  readonly requested: Numbers;
  readonly allocatable: Numbers;
  readonly pods: readonly Pod[];
}

/** The Pods that take room, by the node they are on. */
export function podsByNode({ objects }: Pick<Simulation["cluster"], "objects">): Map<string, Pod[]> {
  const pods = new Map<string, Pod[]>();
  for (const pod of objects.list("pods")) {
    const { nodeName } = pod.spec;
    if (!nodeName || hasEnded(pod)) continue;
    const own = pods.get(nodeName);
    if (own === undefined) pods.set(nodeName, [pod]);
    else own.push(pod);
  }
  return pods;
}

export function useOf({ status }: Node, pods: readonly Pod[]): NodeUse {
  const requested: Record<string, number> = { pods: pods.length };
  for (const { spec } of pods)
    for (const [name, amount] of Object.entries(podRequests(spec))) requested[name] = (requested[name] ?? 0) + amount;
  return { requested, allocatable: numbersOf(status?.allocatable ?? {}), pods };
}

/** `cpu 1500m/4 37 %`. */
export function shareText(name: string, requested: Numbers, allocatable: Numbers): string {
  const most = allocatable[name];
  const used = amountText(name, requested[name] ?? 0);
  if (most === undefined) return `${name} ${used}`;
  return `${name} ${used}/${amountText(name, most)}${most > 0 ? ` ${Math.floor((100 * (requested[name] ?? 0)) / most)} %` : ""}`;
}

/** An amount as the scheduler counts it, in the usual notation. */
export function amountText(name: string, amount: number): string {
  if (name === "cpu") return amount % 1000 === 0 ? String(amount / 1000) : `${amount}m`;
  if (name === "memory" || name === "ephemeral-storage" || name.startsWith("hugepages-"))
    return formatQuantity({ nano: BigInt(Math.round(amount)) * 1_000_000_000n, format: "BinarySI" });
  return String(amount);
}
