import type { Denial } from "../surroundings.js";

/** Refused by an admission plugin; `message` is one sentence. */
export const forbid = (message: string): Denial => ({
  code: 403,
  reason: "Forbidden",
  causes: [{ reason: "Forbidden", field: "", message }],
});
