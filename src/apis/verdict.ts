import type { Cause } from "./meta/field-errors.js";

/** What the API server answers to one object. */
export interface Verdict {
  readonly allowed: boolean;
  /** 201, or 400 (not decodable), 403 (admission), 404 (no such kind), 405 (kind not to be created), 422 (not valid). */
  readonly code: number;
  /** The API's word: `Invalid`, `BadRequest` ... */
  readonly reason?: string;
  readonly causes: readonly Cause[];
  readonly warnings: readonly string[];
  /**
   * The object as it would be stored, without uid, resourceVersion, managedFields, timestamps and what is allocated;
   * where it is allowed.
   */
  readonly object?: Record<string, unknown>;
}

/** The answer to an object for whose kind no type is known, neither built in nor defined in the input. */
export const UNKNOWN_KIND = "NoMatch";
