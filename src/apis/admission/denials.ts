import type { Denial } from "../surroundings.js";

/** One sentence on why admission refuses an object, and the field that it is about; empty for the object as a whole. */
export interface Fault {
  readonly message: string;
  readonly field: string;
}

export const forbid = (faults: readonly Fault[]): Denial => ({
  code: 403,
  reason: "Forbidden",
  causes: faults.map((fault) => ({ reason: "Forbidden", ...fault })),
});
