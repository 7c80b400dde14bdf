import type { Pod } from "../types/core.v1.generated.js";

/** Whether a Pod has succeeded or failed for good: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase */
export const hasEnded = ({ status }: Pod): boolean => status?.phase === "Succeeded" || status?.phase === "Failed";

/** Whether a Pod's condition says that it can serve: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-conditions */
export const isPodReady = ({ status }: Pod): boolean =>
  status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
