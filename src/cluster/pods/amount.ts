import { parseQuantity } from "../../apis/meta/quantity.js";

/** An amount in billionths of its unit; undefined where the text is no quantity. */
export const parseAmount = (text: string): bigint | undefined => parseQuantity(text)?.nano;

/** Negative, zero or positive; undefined where one of the texts is no quantity. */
export function compareAmounts(a: string, b: string): number | undefined {
  const [left, right] = [parseAmount(a), parseAmount(b)];
  if (left === undefined || right === undefined) return undefined;
  return left < right ? -1 : left > right ? 1 : 0;
}

export const isZero = (text: string): boolean => parseAmount(text) === 0n;
