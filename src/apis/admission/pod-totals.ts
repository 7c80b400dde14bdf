import { addAmounts, compareAmounts, signOf } from "../meta/amounts.js";
import type { PodSpec } from "../types/core.v1.generated.js";

export type Amounts = Readonly<Record<string, string>>;

/**
 * What a Pod asks for as a whole: the containers' sum, or what an init container needs with the sidecars before it, where
 * that is more; what the Pod itself says wins.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function podTotals(spec: PodSpec, part: "requests" | "limits"): Amounts {
  const total: Record<string, string> = {};
  const sidecars: Record<string, string> = {};
  const starting: Record<string, string> = {};
  for (const { resources } of spec.containers ?? []) add(total, resources[part]);
  for (const { resources, restartPolicy } of spec.initContainers ?? []) {
    const together = { ...sidecars };
    add(together, resources[part]);
    if (restartPolicy === "Always") {
      add(total, resources[part]);
      add(sidecars, resources[part]);
    }
    raise(starting, together);
  }
  raise(total, starting);
  return { ...total, ...spec.resources?.[part] };
}

/** Totals with the overhead of the Pod's RuntimeClass: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-overhead/ */
export function podTotalsWithOverhead(spec: PodSpec, part: "requests" | "limits"): Amounts {
  const total = { ...podTotals(spec, part) };
  for (const [name, amount] of Object.entries(spec.overhead ?? {})) {
    const known = total[name];
    if (part === "requests") total[name] = known === undefined ? amount : addAmounts(known, amount);
    else if (known !== undefined && signOf(known) !== 0) total[name] = addAmounts(known, amount);
  }
  return total;
}

function add(total: Record<string, string>, amounts: Amounts = {}): void {
  for (const [name, amount] of Object.entries(amounts))
    total[name] = total[name] === undefined ? amount : addAmounts(total[name], amount);
}

function raise(total: Record<string, string>, amounts: Amounts): void {
  for (const [name, amount] of Object.entries(amounts))
    if (total[name] === undefined || compareAmounts(total[name], amount) < 0) total[name] = amount;
}
