import { addAmounts, compareAmounts, signOf } from "../meta/amounts.js";
import type { PodSpec, ResourceRequirements } from "../types/core.v1.generated.js";

type Amounts = Record<string, string>;

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/ */
export function qosClassOf(spec: PodSpec): "BestEffort" | "Burstable" | "Guaranteed" {
  const parts: readonly ResourceRequirements[] = spec.resources
    ? [spec.resources]
    : [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map((container) => container.resources);
  const requests: Amounts = {};
  const limits: Amounts = {};
  let complete = true;
  for (const part of parts) {
    collect(requests, part.requests);
    const limited = collect(limits, part.limits);
    if (limited.size < 2) complete = false;
  }
  if (Object.keys(requests).length === 0 && Object.keys(limits).length === 0) return "BestEffort";
  const equal = Object.keys(requests).every(
    (name) => limits[name] !== undefined && compareAmounts(limits[name], requests[name]!) === 0,
  );
  return complete && equal && Object.keys(requests).length === Object.keys(limits).length ? "Guaranteed" : "Burstable";
}

function collect(total: Amounts, amounts: Readonly<Amounts> = {}): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of ["cpu", "memory"]) {
    const amount = amounts[name];
    if (amount === undefined || signOf(amount) <= 0) continue;
    found.add(name);
    total[name] = total[name] === undefined ? amount : addAmounts(total[name], amount);
  }
  return found;
}
