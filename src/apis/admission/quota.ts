import type { ApiObject } from "../kind-rules.js";
import { addAmounts, compareAmounts, signOf, subtractAmounts } from "../meta/amounts.js";
import type { Pod, ResourceQuota } from "../types/core.v1.generated.js";
import type { Amounts } from "./pod-totals.js";
import { inScope } from "./quota-scopes.js";
import { computeUsage } from "./quota-usage.js";

/** A quota, and how much of it is used. */
export interface QuotaState {
  readonly name: string;
  /** Whether the quota is about a resource, by the name it has in quotas: `limits.cpu`, `count/deployments.apps`. */
  limits(resource: string): boolean;
  /** Takes in what an object uses, where the quota is about it. */
  count(usage: Amounts, object: ApiObject): void;
  /** Takes out again what an object that is no more has used. */
  uncount(usage: Amounts, object: ApiObject): void;
  /** Why the quota has no room for an object: one sentence. */
  refusal(usage: Amounts, object: ApiObject): string | undefined;
}

/** Every container has to say what it asks for of these, where a quota limits them. */
const ASKED_OF_CONTAINERS = ["cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"];

/** A quota that nothing is counted in yet: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export function startQuota(quota: ResourceQuota): QuotaState {
  const name = quota.metadata.name ?? "";
  const hard = quota.spec?.hard ?? {};
  const used: Record<string, string> = {};
  const after = (resource: string, amount: string): string =>
    used[resource] === undefined ? amount : addAmounts(used[resource], amount);
  const limited = (usage: Amounts): [string, string][] =>
    Object.entries(usage).filter(([resource, amount]) => hard[resource] !== undefined && signOf(amount) > 0);
  return {
    name,
    limits: (resource) => hard[resource] !== undefined,
    count(usage, object) {
      if (!inScope(quota, object)) return;
      for (const [resource, amount] of limited(usage)) used[resource] = after(resource, amount);
    },
    uncount(usage, object) {
      if (!inScope(quota, object)) return;
      for (const [resource, amount] of limited(usage))
        used[resource] = subtractAmounts(used[resource] ?? amount, amount);
    },
    refusal(usage, object) {
      if (!inScope(quota, object)) return undefined;
      const unsaid = object.kind === "Pod" ? unsaidAmounts(object as Pod, hard) : [];
      if (unsaid.length > 0) return `ResourceQuota "${name}" asks for ${unsaid.join("; ")}`;
      const exceeded = limited(usage).filter(
        ([resource, amount]) => compareAmounts(after(resource, amount), hard[resource]!) > 0,
      );
      if (exceeded.length === 0) return undefined;
      const details = exceeded.map(
        ([resource, amount]) => `${amount} of ${resource}, where ${used[resource] ?? "0"} of ${hard[resource]} is used`,
      );
      return `ResourceQuota "${name}" has no room for ${details.join("; ")}`;
    },
  };
}

function unsaidAmounts({ spec }: Pod, hard: Amounts): string[] {
  // What the Pod says as a whole stands for its containers.
  if (Object.keys({ ...spec.resources?.requests, ...spec.resources?.limits }).length > 0) return [];
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  return ASKED_OF_CONTAINERS.filter((resource) => hard[resource] !== undefined).flatMap((resource) => {
    const silent = containers.filter(
      ({ resources }) => computeUsage(resources.requests, resources.limits)[resource] === undefined,
    );
    const names = silent.map((container) => `"${container.name}"`);
    return names.length === 0
      ? []
      : `${resource}, which ${names.join(", ")} ${names.length > 1 ? "do" : "does"} not set`;
  });
}
