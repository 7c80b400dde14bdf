import { isBase64, isInt32, isInt64, isMicroTime, isQuantityText, isTime } from "../../schema/scalar-formats.js";
import type { Scalar } from "../../schema/type-table.js";
import { formatQuantity, parseQuantity } from "../meta/quantity.js";

/** Returned in place of a value that the API server does not decode. */
export const MISMATCH = Symbol("mismatch");

/** What the API server reads a scalar as, and would write again; `MISMATCH` where it refuses it. */
export function decodeScalar(code: Scalar, value: unknown): unknown {
  switch (code) {
    case "string":
      return typeof value === "string" ? value : MISMATCH;
    case "int32":
      return typeof value === "number" && isInt32(value) ? value : MISMATCH;
    case "int64":
      return typeof value === "number" && isInt64(value) ? value : MISMATCH;
    case "number":
      return typeof value === "number" ? value : MISMATCH;
    case "boolean":
      return typeof value === "boolean" ? value : MISMATCH;
    case "IntOrString":
      return typeof value === "string" || (typeof value === "number" && isInt32(value)) ? value : MISMATCH;
    case "Quantity":
      return canonicalQuantity(value);
    case "Time":
      return typeof value === "string" && isTime(value) ? canonicalTime(value, 0) : MISMATCH;
    case "MicroTime":
      return typeof value === "string" && isMicroTime(value) ? canonicalTime(value, 6) : MISMATCH;
    case "bytes":
      return decodeBytes(value);
    default:
      return value;
  }
}

/** The zero value that is stored for a field that was not given. */
export function zeroScalar(code: Scalar): unknown {
  switch (code) {
    case "string":
      return "";
    case "int32":
    case "int64":
    case "number":
    case "IntOrString":
      return 0;
    case "boolean":
      return false;
    case "Quantity":
      return "0";
    default:
      return null;
  }
}

/** Manifests repeat few amounts; working one out costs a microsecond, looking it up a tenth. */
const quantities = new Map<string | number, unknown>();
const MOST_REMEMBERED = 10_000;

function canonicalQuantity(value: unknown): unknown {
  if (typeof value !== "string" && typeof value !== "number") return MISMATCH;
  let known = quantities.get(value);
  if (known === undefined) {
    const quantity = typeof value === "number" || isQuantityText(value) ? parseQuantity(value) : undefined;
    known = quantity === undefined ? MISMATCH : formatQuantity(quantity);
    if (quantities.size >= MOST_REMEMBERED) quantities.clear();
    quantities.set(value, known);
  }
  return known;
}

/** Times are kept to the second, in UTC; micro times to the microsecond. */
function canonicalTime(text: string, digits: number): string {
  const match = /^(\d{4}-\d\d-\d\dT)(\d\d?)(:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return text;
  const [, day, hour = "", rest, fraction = "", zone = "Z"] = match;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  const utc = Date.parse(`${day}${hour.padStart(2, "0")}${rest}Z`);
  const shift = zone === "Z" ? 0 : (zone[0] === "-" ? 1 : -1) * (hours * 60 + minutes) * 60_000;
  const time = new Date(utc + shift);
  if (Number.isNaN(time.getTime())) return text;
  const seconds = time.toISOString().slice(0, 19);
  return digits === 0 ? `${seconds}Z` : `${seconds}.${fraction.slice(0, digits).padEnd(digits, "0")}Z`;
}

/** Bytes stay base64, without the line breaks that may stand in it; a list of numbers is bytes too. */
function decodeBytes(value: unknown): unknown {
  if (typeof value === "string") {
    if (!isBase64(value)) return MISMATCH;
    return /[\r\n]/.test(value) ? value.replace(/[\r\n]/g, "") : value;
  }
  const bytes = Array.isArray(value) && value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255);
  return bytes ? Buffer.from(value as number[]).toString("base64") : MISMATCH;
}
