import { hasEnded, isPodReady } from "../../../apis/core/pod-status.js";
import type { Pod } from "../../../apis/types/core.v1.generated.js";

const condition = ({ status }: Pod, wanted: string) => status?.conditions?.find(({ type }) => type === wanted);

/** Whether a Pod counts for the controller that wants it: it has neither ended nor is it going. */
export const isActive = (pod: Pod): boolean => !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined;

/** Seconds since 1970 of a time as the API writes it; `otherwise` where there is none. */
export function secondsOf(time: string | null | undefined, otherwise = 0): number {
  const milliseconds = Date.parse(time ?? "");
  return Number.isNaN(milliseconds) ? otherwise : milliseconds / 1000;
}

/** Since when a Pod is ready, in seconds. */
export const readySince = (pod: Pod): number =>
  secondsOf(condition(pod, "Ready")?.lastTransitionTime ?? pod.metadata.creationTimestamp);

/**
 * When a ready Pod counts as available; undefined of one that is not ready.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#min-ready-seconds
 */
const availableFrom = (pod: Pod, minReadySeconds = 0): number | undefined =>
  isPodReady(pod) ? (minReadySeconds > 0 ? readySince(pod) + minReadySeconds : 0) : undefined;

export const isAvailable = (pod: Pod, minReadySeconds: number | undefined, now: number): boolean =>
  (availableFrom(pod, minReadySeconds) ?? Number.POSITIVE_INFINITY) <= now;

/** When the next of these Pods becomes available; undefined where none will by waiting. */
export function nextAvailable(pods: Iterable<Pod>, minReadySeconds: number | undefined, now: number) {
  let next: number | undefined;
  for (const pod of pods) {
    const from = availableFrom(pod, minReadySeconds);
    if (from !== undefined && from > now && (next === undefined || from < next)) next = from;
  }
  return next;
}
