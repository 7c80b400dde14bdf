import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";

/** A number, or a percentage as text: `2`, `"25%"`. */
export type IntOrPercent = number | string;

/** The number of a percentage; undefined for anything else. */
export const percentOf = (value: IntOrPercent): number | undefined =>
  typeof value === "string" && /^[0-9]+%$/.test(value) ? Number(value.slice(0, -1)) : undefined;

/** Whether nothing is meant, whether as a number or as a percentage. */
export const isNoneOf = (value: IntOrPercent): boolean =>
  (percentOf(value) ?? (typeof value === "number" ? value : (parseWhole(value) ?? 0))) === 0;

const parseWhole = (text: string): number | undefined => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined);

/** Not negative; as text a percentage. */
export function checkIntOrPercent(value: IntOrPercent, at: FieldPath, errors: FieldErrors): void {
  if (typeof value === "number") {
    if (value < 0) errors.invalid(at, value, "is negative");
  } else if (percentOf(value) === undefined) errors.invalid(at, value, "is no percentage, such as 25%");
}

export function checkAtMostAll(value: IntOrPercent, at: FieldPath, errors: FieldErrors): void {
  const percent = percentOf(value);
  if (percent !== undefined && percent > 100) errors.invalid(at, value, "is more than 100%");
}
