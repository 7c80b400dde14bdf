import { type QuantityFormat, splitQuantity } from "../../schema/quantity-text.js";

/**
 * An amount as the API server holds it: exact to a billionth, with the notation it was written in.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export interface Quantity {
  /** Billionths of the unit. */
  readonly nano: bigint;
  readonly format: QuantityFormat;
}

const NANO_DIGITS = 9;
const NANO = 10n ** 9n;
/** Amounts in binary notation are capped here, the largest integer of 64 bits. */
const MOST_BINARY = (2n ** 63n - 1n) * NANO;
/** No computer has 10^400 of anything; beyond, arithmetic would only cost memory. */
const MOST_EXPONENT = 400;
const MOST_DIGITS = 1000;

/**
 * Reads a quantity; a number of the manifest is as good as its text. What is finer than a billionth is rounded away from
 * zero. Undefined for what is none, and for exponents and digits beyond all measure.
 */
export function parseQuantity(value: unknown): Quantity | undefined {
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== "string" || text.length > MOST_DIGITS) return undefined;
  const parts = splitQuantity(text.trim());
  if (parts === undefined || Math.abs(parts.exponent) > MOST_EXPONENT) return undefined;
  const { negative, digits, fraction, base, exponent } = parts;
  let numerator = BigInt(digits + fraction);
  let shift = NANO_DIGITS - fraction.length;
  if (base === 2) numerator *= 2n ** BigInt(exponent);
  else shift += exponent;
  let nano = shift >= 0 ? numerator * 10n ** BigInt(shift) : divideUp(numerator, 10n ** BigInt(-shift));
  if (parts.format === "BinarySI" && nano > MOST_BINARY) nano = MOST_BINARY;
  return { nano: negative ? -nano : nano, format: parts.format };
}

/** Negative where `a` is less than `b`, zero where they are equal, positive where it is more. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : 0;
}

/** The sum, in the first one's notation unless that is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format };
}

export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano - b.nano, format: a.nano === 0n ? b.format : a.format };
}

/** The amount in whole units, rounded up as the API server's `Value()` does. */
export const wholeUnits = (quantity: Quantity): bigint => roundUp(quantity.nano, NANO);

/** The amount in thousandths, rounded up as the API server's `MilliValue()` does. */
export const thousandths = (quantity: Quantity): bigint => roundUp(quantity.nano, 10n ** 6n);

const SI: readonly (readonly [number, string])[] = [
  [18, "E"],
  [15, "P"],
  [12, "T"],
  [9, "G"],
  [6, "M"],
  [3, "k"],
  [0, ""],
  [-3, "m"],
  [-6, "u"],
  [-9, "n"],
];
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/**
 * The canonical text: no fraction, the largest suffix that leaves none. Binary amounts below 1024, and those that are
 * not whole, are written in decimal.
 */
export function formatQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return "0";
  const size = nano < 0n ? -nano : nano;
  const sign = nano < 0n ? "-" : "";
  if (format === "BinarySI" && size >= 1024n * NANO && size % NANO === 0n) {
    let whole = size / NANO;
    let power = 0;
    while (power < BINARY.length - 1 && whole % 1024n === 0n) {
      whole /= 1024n;
      power++;
    }
    return `${sign}${whole}${BINARY[power]}`;
  }
  let mantissa = size;
  let exponent = -NANO_DIGITS;
  const limit = format === "DecimalExponent" ? Number.POSITIVE_INFINITY : 18;
  while (exponent < limit && mantissa % 1000n === 0n) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (format === "DecimalExponent") return `${sign}${mantissa}${exponent === 0 ? "" : `e${exponent}`}`;
  return `${sign}${mantissa}${SI.find(([power]) => power === exponent)![1]}`;
}

const divideUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** Towards positive infinity, negative amounts too. */
function roundUp(nano: bigint, unit: bigint): bigint {
  const whole = nano / unit;
  return nano > 0n && nano % unit !== 0n ? whole + 1n : whole;
}
