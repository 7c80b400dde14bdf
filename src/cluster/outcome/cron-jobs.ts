import type { Simulation } from "../simulation/simulate.js";
import { byName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The CronJobs in the end. */
export function cronJobsOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list("cronjobs.batch")].map(({ metadata, spec, status }) => ({
    namespace: metadata.namespace,
    name: metadata.name,
    suspend: spec.suspend,
    concurrencyPolicy: spec.concurrencyPolicy,
    active: status?.active?.length ?? 0,
    scheduled: status?.lastScheduleTime !== undefined,
  }));
  return byName(entries);
}
