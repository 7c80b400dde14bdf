import type { PodSpec } from "../types/core.v1.generated.js";
import { amountsOfContainers } from "./pod-level-resources.js";
import { isHugePages, isOvercommitAllowed, isPodLevelResource } from "./resource-names.js";

/** https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/ */
export function setPodLevelDefaults(spec: PodSpec): void {
  const { resources } = spec;
  if (resources === undefined) return;
  const { requests = {} } = resources;
  const limits = { ...resources.limits };
  if (Object.keys(limits).length === 0 && Object.keys(requests).length === 0) return;
  const limited = amountsOfContainers(spec, "limits");
  for (const name in limited) if (isHugePages(name) && requests[name] === undefined) limits[name] ??= limited[name]!;
  if (Object.keys(limits).length === 0) return;
  resources.limits = limits;
  const requested = amountsOfContainers(spec, "requests");
  const filled = { ...requests };
  for (const name in requested)
    if (isPodLevelResource(name) && isOvercommitAllowed(name)) filled[name] ??= requested[name]!;
  for (const name in limits) if (isPodLevelResource(name)) filled[name] ??= limits[name]!;
  if (Object.keys(filled).length > 0) resources.requests = filled;
}
