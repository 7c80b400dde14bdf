import type { PodSpec } from "../types/core.v1.generated.js";
import { requestsOfContainers } from "./pod-level-resources.js";
import { isHugePages, isOvercommitAllowed, isPodLevelResource } from "./resource-names.js";

/** https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/ */
export function setPodLevelDefaults(spec: PodSpec): void {
  const { resources } = spec;
  if (resources === undefined) return;
  const needed = requestsOfContainers(spec);
  const { requests = {} } = resources;
  for (const name in requests)
    if (isHugePages(name)) {
      resources.limits ??= {};
      resources.limits[name] ??= requests[name]!;
    }
  const { limits = {} } = resources;
  if (Object.keys(limits).length === 0) return;
  const filled = { ...requests };
  for (const name in needed) if (isPodLevelResource(name) && isOvercommitAllowed(name)) filled[name] ??= needed[name]!;
  for (const name in limits) if (isPodLevelResource(name)) filled[name] ??= limits[name]!;
  if (Object.keys(filled).length > 0) resources.requests = filled;
}
