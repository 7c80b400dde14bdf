import type { ObjectStore } from "../simulation/object-store.js";

/** Controllers look for new kinds so often, in seconds. */
const INTERVAL = 30;
/** How long the controllers have run when the first document is sent. */
const HEAD_START = 5;

/**
 * Whether the controllers know of a resource by now. Built-in ones they know from the start; of custom ones they hear
 * when they next look, and until then a quota on them lets nothing in.
 */
export function haveSeen(resource: string, objects: ObjectStore, now: number): boolean {
  const definition = objects.get("customresourcedefinitions.apiextensions.k8s.io", undefined, resource);
  if (definition === undefined) return true;
  const made = Date.parse(definition.metadata.creationTimestamp ?? "") / 1000;
  const turn = (moment: number): number => Math.floor((moment + HEAD_START) / INTERVAL);
  return turn(now) > turn(made);
}
