import { splitQuantity } from "./quantity-text.js";

/** Whether a string is a quantity to the decoder, which trims blanks around it. */
export function isQuantityText(text: string): boolean {
  // Reading a text takes time by the square of its length; nobody writes an amount this long.
  if (text.length > 1000) return true;
  // Only blanks: a line break arrives escaped and is not trimmed.
  let [start, end] = [0, text.length];
  while (start < end && text[start] === " ") start++;
  while (end > start && text[end - 1] === " ") end--;
  return splitQuantity(end - start === text.length ? text : text.slice(start, end)) !== undefined;
}

/**
 * Padded base64 in the standard alphabet, with line breaks anywhere; the unused bits at the end are not looked at.
 * Reads each character once, without a regular expression: values of a megabyte are common.
 */
export function isBase64(text: string): boolean {
  let count = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || c === 13) continue;
    if (c === 61) {
      padding++;
      continue;
    }
    const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
    if (padding > 0 || !(letter || (c >= 47 && c <= 57) || c === 43)) return false;
    count++;
  }
  return padding <= 2 && (count + padding) % 4 === 0 && (padding === 0 || count % 4 >= 2);
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)([.,]\d+)?(Z|[+-](\d\d):(\d\d))$/;

/** RFC 3339, as Go reads it: an hour of one digit passes, a leap second does not. */
export function isTime(text: string): boolean {
  const match = TIME.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days && Number(match[9] ?? 0) <= 24 && Number(match[10] ?? 0) <= 60;
}

/** A MicroTime has exactly six digits after the second. */
export function isMicroTime(text: string): boolean {
  return /[.,]\d{6}(Z|[+-])/.test(text) && isTime(text);
}

const INT32_MAX = 2 ** 31 - 1;
export const isInt32 = (value: number): boolean =>
  Number.isInteger(value) && value >= -INT32_MAX - 1 && value <= INT32_MAX;
/** The largest integers of 64 bits are rounded to 2^63 on the way here. */
export const isInt64 = (value: number): boolean => Number.isInteger(value) && value >= -(2 ** 63) && value <= 2 ** 63;
