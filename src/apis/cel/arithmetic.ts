import {
  CelBytes,
  CelDuration,
  CelError,
  CelList,
  CelTimestamp,
  CelUint,
  type CelValue,
  noOverload,
} from "./values.js";

const MOST = 2n ** 63n - 1n;
const LEAST = -(2n ** 63n);
const MOST_UINT = 2n ** 64n - 1n;
/** The years 1 to 9999, in nanoseconds: what a timestamp may be. */
const FIRST_TIME = -62_135_596_800_000_000_000n;
const LAST_TIME = 253_402_300_799_999_999_999n;

export const intOf = (value: bigint): CelValue =>
  value > MOST || value < LEAST ? new CelError("integer overflow") : value;

export const uintOf = (value: bigint): CelValue =>
  value > MOST_UINT || value < 0n ? new CelError("unsigned integer overflow") : new CelUint(value);

export const durationOf = (nanos: bigint): CelValue =>
  nanos > MOST || nanos < LEAST ? new CelError("duration overflow") : new CelDuration(nanos);

export const timestampOf = (nanos: bigint): CelValue =>
  nanos < FIRST_TIME || nanos > LAST_TIME ? new CelError("timestamp overflow") : new CelTimestamp(nanos);

/** `a + b` and its like, by type: integers are of 64 bits, and beyond is an error. */
export function arithmetic(operator: string, a: CelValue, b: CelValue): CelValue {
  if (typeof a === "bigint" && typeof b === "bigint") return ofIntegers(operator, a, b, intOf);
  if (a instanceof CelUint && b instanceof CelUint) return ofIntegers(operator, a.value, b.value, uintOf);
  if (typeof a === "number" && typeof b === "number") return ofDoubles(operator, a, b);
  if (operator === "+") return sum(a, b);
  return operator === "-" ? difference(a, b) : noOverload(operator);
}

function ofIntegers(operator: string, a: bigint, b: bigint, made: (value: bigint) => CelValue): CelValue {
  switch (operator) {
    case "+":
      return made(a + b);
    case "-":
      return made(a - b);
    case "*":
      return made(a * b);
    case "/":
      return b === 0n ? new CelError("division by zero") : made(a / b);
    default:
      return b === 0n ? new CelError("modulus by zero") : made(a % b);
  }
}

function ofDoubles(operator: string, a: number, b: number): CelValue {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    default:
      return noOverload(operator);
  }
}

/** Longer texts and lists are of no use to an expression, and cost memory. */
const LONGEST = 10_000_000;

function sum(a: CelValue, b: CelValue): CelValue {
  if (typeof a === "string" && typeof b === "string")
    return a.length + b.length > LONGEST ? new CelError("the text is too long") : a + b;
  if (a instanceof CelBytes && b instanceof CelBytes) return new CelBytes(Buffer.concat([a.bytes, b.bytes]));
  if (a instanceof CelDuration && b instanceof CelDuration) return durationOf(a.nanos + b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelDuration) return timestampOf(a.nanos + b.nanos);
  if (a instanceof CelDuration && b instanceof CelTimestamp) return timestampOf(a.nanos + b.nanos);
  if (a instanceof CelList && b instanceof CelList) return joined(a, b);
  return noOverload("+");
}

function difference(a: CelValue, b: CelValue): CelValue {
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return durationOf(a.nanos - b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelDuration) return timestampOf(a.nanos - b.nanos);
  if (a instanceof CelDuration && b instanceof CelDuration) return durationOf(a.nanos - b.nanos);
  return noOverload("-");
}

/** Lists of a schema that are sets or maps are united: https://kubernetes.io/docs/reference/using-api/cel/#type-system-integration */
function joined(a: CelList, b: CelList): CelValue {
  if (a.size + b.size > LONGEST / 10) return new CelError("the list is too long");
  const { identity } = a;
  if (identity === undefined || b.identity === undefined) return new CelList([...a, ...b]);
  const idOf = (item: unknown): string => {
    const record = typeof item === "object" && item !== null ? (item as Record<string, unknown>) : {};
    return JSON.stringify(identity.type === "map" ? identity.keys.map((key) => record[key] ?? null) : item) ?? "";
  };
  const items = new Map<string, CelValue>();
  for (const list of [a, b]) list.raw.forEach((raw, i) => void items.set(idOf(raw), list.at(i)));
  return new CelList([...items.values()]);
}

export function negate(value: CelValue): CelValue {
  if (typeof value === "bigint") return intOf(-value);
  return typeof value === "number" ? -value : noOverload("-");
}
