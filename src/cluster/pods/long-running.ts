import type { PodTemplate } from "./pod-template.js";

/** Whether a Pod is meant to go on: not of a Job, and restarted whenever it ends. */
export const isLongRunning = ({ owner, spec }: PodTemplate): boolean =>
  !(owner.group === "batch" && (owner.kind === "Job" || owner.kind === "CronJob")) &&
  (spec.restartPolicy ?? "Always") === "Always";
