import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";
import { portNameFault } from "./names.js";

/** Checks of single values that many kinds share. Each reports what is wrong and answers whether nothing is. */

/** One of the allowed values. An empty one is a missing one where `required`. */
export function checkChoice(
  value: string,
  allowed: readonly string[],
  at: FieldPath,
  errors: FieldErrors,
  { required = false }: { required?: boolean } = {},
): boolean {
  if (allowed.includes(value)) return true;
  if (required && value === "") errors.required(at);
  else errors.notSupported(at, value, allowed);
  return false;
}

export function checkNotNegative(value: number, at: FieldPath, errors: FieldErrors): boolean {
  if (value >= 0) return true;
  errors.invalid(at, value, "is negative");
  return false;
}

export function checkPositive(value: number, at: FieldPath, errors: FieldErrors): boolean {
  if (value > 0) return true;
  errors.invalid(at, value, "is not greater than zero");
  return false;
}

/** Both ends are allowed. */
export function checkRange(value: number, least: number, most: number, at: FieldPath, errors: FieldErrors): boolean {
  if (value >= least && value <= most) return true;
  errors.invalid(at, value, `is not between ${least} and ${most}`);
  return false;
}

export const checkPortNumber = (port: number, at: FieldPath, errors: FieldErrors): boolean =>
  checkRange(port, 1, 65535, at, errors);

/** A number, or the name of a port. */
export function checkPort(port: number | string, at: FieldPath, errors: FieldErrors): boolean {
  if (typeof port === "number") return checkPortNumber(port, at, errors);
  const why = portNameFault(port);
  if (why === undefined) return true;
  errors.invalid(at, port, why);
  return false;
}

export function checkGiven(value: string | undefined, at: FieldPath, errors: FieldErrors): boolean {
  if (value) return true;
  errors.required(at);
  return false;
}
