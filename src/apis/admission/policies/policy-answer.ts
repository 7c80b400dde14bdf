import type { Denial } from "../../surroundings.js";
import type { Judgement, PolicyDenial } from "./policy-request.js";

const CODES = { Forbidden: 403, Invalid: 422, RequestEntityTooLarge: 413, Unauthorized: 401 } as const;

/** The server's answer to a request that policies deny; undefined where they let it pass. The first one is heard. */
export function denialOf({ denials: [first] }: Judgement): Denial | undefined {
  if (first === undefined) return undefined;
  const message = `${subjectOf(first)} denies it: ${first.message}`;
  return {
    code: CODES[first.reason],
    reason: first.reason,
    causes: [{ reason: "PolicyDenied", field: "", message, detail: { why: first.message } }],
  };
}

export const warningText = (warning: PolicyDenial): string => `${subjectOf(warning)} warns: ${warning.message}`;

const subjectOf = ({ policy, binding }: PolicyDenial): string =>
  `ValidatingAdmissionPolicy "${policy}"${binding === undefined ? "" : ` with binding "${binding}"`}`;
