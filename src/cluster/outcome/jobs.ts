import type { Simulation } from "../simulation/simulate.js";
import { conditionEntries } from "./deployments.js";
import { byName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The Jobs in the end, with the Pods that run, succeeded and failed. */
export function jobsOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list("jobs.batch")].map(({ metadata, spec, status }) => ({
    namespace: metadata.namespace,
    name: metadata.name,
    completions: spec.completions ?? null,
    parallelism: spec.parallelism,
    backoffLimit: spec.backoffLimit,
    completionMode: spec.completionMode,
    suspend: spec.suspend,
    status: {
      active: status?.active ?? 0,
      ready: status?.ready ?? 0,
      succeeded: status?.succeeded ?? 0,
      failed: status?.failed ?? 0,
      terminating: status?.terminating ?? 0,
      completedIndexes: status?.completedIndexes || undefined,
      failedIndexes: status?.failedIndexes || undefined,
      started: status?.startTime !== undefined,
      completed: status?.completionTime !== undefined,
    },
    conditions: conditionEntries(status?.conditions),
  }));
  return byName(entries);
}
