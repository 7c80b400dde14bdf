import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";
import { compareQuantities, formatQuantity, parseQuantity, type Quantity } from "./quantity.js";

/** Objects hold quantities as canonical text; amounts repeat, so each is read once. */
const known = new Map<string, Quantity>();
const MOST_REMEMBERED = 10_000;
const ZERO: Quantity = { nano: 0n, format: "DecimalSI" };
const MILLI = 10n ** 6n;
const WHOLE = 10n ** 9n;

/** The amount of a decoded quantity. */
export function amountOf(text: string): Quantity {
  let quantity = known.get(text);
  if (quantity === undefined) {
    quantity = parseQuantity(text) ?? ZERO;
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, quantity);
  }
  return quantity;
}

export const compareAmounts = (a: string, b: string): number =>
  a === b ? 0 : compareQuantities(amountOf(a), amountOf(b));

/** Negative, zero or positive, as the amount is. */
export const signOf = (text: string): number => {
  const { nano } = amountOf(text);
  return nano < 0n ? -1 : nano > 0n ? 1 : 0;
};

export const addAmounts = (a: string, b: string): string => {
  const [first, second] = [amountOf(a), amountOf(b)];
  return formatQuantity({ nano: first.nano + second.nano, format: first.nano === 0n ? second.format : first.format });
};

export const subtractAmounts = (a: string, b: string): string => {
  const [first, second] = [amountOf(a), amountOf(b)];
  return formatQuantity({ nano: first.nano - second.nano, format: first.format });
};

/** Whether there are no thousandths left of the unit, after rounding up to thousandths. */
export const isWholeAmount = (text: string): boolean => ceil(amountOf(text).nano, MILLI) % WHOLE === 0n;

/** Resources are kept to a thousandth, rounded up. */
export function roundedToMilli(text: string): string {
  if (!/[nu]$|[.e]/.test(text)) return text;
  const { nano, format } = amountOf(text);
  return formatQuantity({ nano: ceil(nano, MILLI), format });
}

function ceil(nano: bigint, unit: bigint): bigint {
  const rest = nano % unit;
  if (rest === 0n) return nano;
  return nano > 0n ? nano - rest + unit : nano - rest;
}

export function checkAmountNotNegative(text: string, at: FieldPath, errors: FieldErrors): boolean {
  if (signOf(text) >= 0) return true;
  errors.invalid(at, text, "is negative");
  return false;
}

export function checkAmountPositive(text: string, at: FieldPath, errors: FieldErrors): boolean {
  if (signOf(text) > 0) return true;
  errors.invalid(at, text, "is not greater than zero");
  return false;
}
