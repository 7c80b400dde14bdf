import type { Simulation } from "../simulation/simulate.js";
import { byName } from "./like-entries.js";
import type { Entry } from "./outcome.js";

/** The Deployments in the end: how many replicas each has, and whether that is what was wanted. */
export function deploymentsOf({ cluster }: Simulation): Entry[] {
  const entries = [...cluster.objects.list("deployments.apps")].map(({ metadata, spec, status }) => ({
    namespace: metadata.namespace,
    name: metadata.name,
    replicas: spec.replicas,
    paused: spec.paused || undefined,
    status: {
      replicas: status?.replicas ?? 0,
      updated: status?.updatedReplicas ?? 0,
      ready: status?.readyReplicas ?? 0,
      available: status?.availableReplicas ?? 0,
      unavailable: status?.unavailableReplicas ?? 0,
    },
    conditions: conditionEntries(status?.conditions),
  }));
  return byName(entries);
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The hash of a template and made-up ends of names say nothing; undefined where there are no conditions. */
export function conditionEntries(conditions: readonly Condition[] | undefined): Entry[] | undefined {
  if (conditions === undefined || conditions.length === 0) return undefined;
  return conditions.map(({ type, status, reason, message }) => ({
    type,
    status,
    reason,
    message: message?.replace(HASH_IN_NAME, "-<hash>$1"),
  }));
}

const HASH_IN_NAME = /-[bcdfghjklmnpqrstvwxz2456789]{10}(-\*)?(?=")/g;
