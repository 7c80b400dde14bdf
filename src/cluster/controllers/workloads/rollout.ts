import { type IntOrPercent, percentOf } from "../../../apis/meta/int-or-percent.js";
import type { Deployment } from "../../../apis/types/apps.v1.generated.js";

/** A number, or a part of a total. */
export function shareOf(value: IntOrPercent | undefined, total: number, round: "up" | "down"): number {
  if (value === undefined) return 0;
  if (typeof value === "number") return value;
  const exact = ((percentOf(value) ?? 0) * total) / 100;
  return round === "up" ? Math.ceil(exact) : Math.floor(exact);
}

/** How far a rolling update may go beyond, and below, the number of replicas. */
export interface Leeway {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * Surge is rounded up, unavailability down; if both come to nothing, one Pod may be unavailable.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
export function leewayOf({ replicas = 1, strategy }: Pick<Deployment["spec"], "replicas" | "strategy">): Leeway {
  if (strategy.type === "Recreate") return { surge: 0, unavailable: 0 };
  const surge = shareOf(strategy.rollingUpdate?.maxSurge, replicas, "up");
  const unavailable = shareOf(strategy.rollingUpdate?.maxUnavailable, replicas, "down");
  return { surge, unavailable: Math.min(surge === 0 && unavailable === 0 ? 1 : unavailable, replicas) };
}

/** How many replicas the new ReplicaSet of a rolling update may have now. */
export function newSizeOf(replicas: number, { surge }: Leeway, newSize: number, total: number): number {
  if (newSize >= replicas) return replicas;
  return total >= replicas + surge ? newSize : newSize + Math.min(replicas + surge - total, replicas - newSize);
}

/** A ReplicaSet as far as its size matters. */
export interface Sized {
  readonly size: number;
  readonly available: number;
}

/**
 * The sizes that old ReplicaSets, the oldest first, are brought to now: replicas that are not available go first, then as
 * many others as can be spared.
 */
export function oldSizesOf(replicas: number, { unavailable }: Leeway, old: readonly Sized[], fresh: Sized): number[] {
  const sizes = old.map(({ size }) => size);
  const least = replicas - unavailable;
  const total = fresh.size + sum(sizes);
  let toGo = total - least - Math.max(fresh.size - fresh.available, 0);
  if (toGo <= 0) return sizes;
  for (const [i, { size, available }] of old.entries()) {
    const count = Math.max(Math.min(toGo, size - available), 0);
    sizes[i] = size - count;
    toGo -= count;
  }
  let spare = fresh.available + sum(old.map(({ available }) => available)) - least;
  for (const [i, size] of sizes.entries()) {
    if (spare <= 0) break;
    const count = Math.min(size, spare);
    sizes[i] = size - count;
    spare -= count;
  }
  return sizes;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** A ReplicaSet of a Deployment that is scaled in the middle of an update. */
export interface Scaled {
  readonly size: number;
  /** The most the Deployment could have when this size was set; undefined: not known. */
  readonly mostBefore?: number;
}

/**
 * The sizes of several ReplicaSets when their Deployment is scaled, in the order in which they are given: each grows or
 * shrinks by its part, and the first takes what is left over.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#proportional-scaling
 */
export function proportionalSizes(
  replicas: number,
  surge: number,
  statusReplicas: number,
  sets: readonly Scaled[],
): number[] {
  const most = replicas > 0 ? replicas + surge : 0;
  const toAdd = most - sum(sets.map(({ size }) => size));
  let added = 0;
  const sizes = sets.map(({ size, mostBefore }) => {
    if (size === 0 || toAdd === added) return size;
    const before = mostBefore ?? statusReplicas;
    const share = replicas === 0 ? -size : Math.trunc((size * (replicas + surge)) / Math.max(before, 1) + 0.5) - size;
    const proportion = toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
    added += proportion;
    return size + proportion;
  });
  if (sizes.length > 0) sizes[0] = Math.max(sizes[0]! + toAdd - added, 0);
  return sizes;
}
