import { durationOf, intOf, timestampOf, uintOf } from "./arithmetic.js";
import { doubleText } from "./double-text.js";
import type { CelFunction, CelFunctions } from "./function-table.js";
import { patternOf } from "./patterns.js";
import { readDuration, readTimestamp, TIME_PARTS, timePart, timeText } from "./times.js";
import {
  CelBytes,
  CelDuration,
  CelError,
  CelList,
  CelMap,
  CelTimestamp,
  CelTypeName,
  CelUint,
  type CelValue,
  NOT_KNOWN,
  typeNameOf,
} from "./values.js";

const SECOND = 1_000_000_000n;

/** Characters, as expressions count them: code points. */
export const characterCount = (text: string): number => (/[\ud800-\udfff]/.test(text) ? [...text].length : text.length);

function sizeOf([value]: readonly CelValue[]): CelValue | undefined {
  if (typeof value === "string") return BigInt(characterCount(value));
  if (value instanceof CelBytes) return BigInt(value.bytes.length);
  return value instanceof CelList || value instanceof CelMap ? BigInt(value.size) : undefined;
}

function toInt([value]: readonly CelValue[]): CelValue | undefined {
  if (typeof value === "bigint") return value;
  if (value instanceof CelUint) return intOf(value.value);
  if (typeof value === "number")
    return Number.isFinite(value) ? intOf(BigInt(Math.trunc(value))) : new CelError("integer overflow");
  if (value instanceof CelTimestamp) return floorDivide(value.nanos, SECOND);
  if (value instanceof CelDuration) return value.nanos;
  if (typeof value !== "string") return undefined;
  return /^[-+]?\d{1,30}$/.test(value) ? intOf(BigInt(value.replace("+", ""))) : notConvertible("int");
}

const floorDivide = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;
const notConvertible = (type: string): CelError => new CelError(`the text is no ${type}`);

function toUint([value]: readonly CelValue[]): CelValue | undefined {
  if (value instanceof CelUint) return value;
  if (typeof value === "bigint") return uintOf(value);
  if (typeof value === "number")
    return Number.isFinite(value) ? uintOf(BigInt(Math.trunc(value))) : new CelError("unsigned integer overflow");
  if (typeof value !== "string") return undefined;
  return /^\d{1,30}$/.test(value) ? uintOf(BigInt(value)) : notConvertible("uint");
}

const DOUBLE = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const NO_NUMBERS: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
};

function toDouble([value]: readonly CelValue[]): CelValue | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof CelUint) return Number(value.value);
  if (typeof value !== "string") return undefined;
  if (DOUBLE.test(value)) return Number(value);
  const special = /^([-+]?)(nan|inf|infinity)$/i.exec(value);
  if (special === null) return notConvertible("double");
  const number = NO_NUMBERS[special[2]!.toLowerCase()]!;
  return special[1] === "-" ? -number : number;
}

/** The text of a value that has one. */
export function textOf(value: CelValue | undefined): CelValue | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number") return doubleText(value);
  if (value instanceof CelUint) return String(value.value);
  if (value instanceof CelTimestamp || value instanceof CelDuration) return timeText(value);
  if (!(value instanceof CelBytes)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value.bytes);
  } catch {
    return new CelError("the bytes are no text");
  }
}

const TRUE = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const FALSE = new Set(["0", "f", "F", "FALSE", "false", "False"]);

function toBool([value]: readonly CelValue[]): CelValue | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  return TRUE.has(value) ? true : FALSE.has(value) ? false : notConvertible("bool");
}

function toBytes([value]: readonly CelValue[]): CelValue | undefined {
  if (value instanceof CelBytes) return value;
  return typeof value === "string" ? new CelBytes(Buffer.from(value, "utf8")) : undefined;
}

function toDuration([value]: readonly CelValue[]): CelValue | undefined {
  if (value instanceof CelDuration) return value;
  if (typeof value === "bigint") return durationOf(value);
  return typeof value === "string" ? readDuration(value) : undefined;
}

function toTimestamp([value]: readonly CelValue[]): CelValue | undefined {
  if (value instanceof CelTimestamp) return value;
  if (typeof value === "bigint") return timestampOf(value * SECOND);
  return typeof value === "string" ? readTimestamp(value) : undefined;
}

/** A question about two texts. */
const ofTexts =
  (ask: (a: string, b: string) => CelValue): CelFunction =>
  ([a, b], spend) => {
    if (typeof a !== "string" || typeof b !== "string") return undefined;
    spend(a.length / 10);
    return ask(a, b);
  };

/** https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions */
export const STANDARD_FUNCTIONS: CelFunctions = {
  size: sizeOf,
  int: toInt,
  uint: toUint,
  double: toDouble,
  string: ([value]) => textOf(value),
  bool: toBool,
  bytes: toBytes,
  duration: toDuration,
  timestamp: toTimestamp,
  dyn: ([value]) => value,
  type: ([value]) => (value === undefined ? undefined : new CelTypeName(typeNameOf(value))),
  contains: ofTexts((text, part) => text.includes(part)),
  startsWith: ofTexts((text, part) => text.startsWith(part)),
  endsWith: ofTexts((text, part) => text.endsWith(part)),
  matches: ofTexts((text, pattern) => {
    const read = patternOf(pattern);
    return read === undefined ? new CelError("the text is no regular expression") : (read.matches(text) ?? NOT_KNOWN);
  }),
  ...Object.fromEntries(
    TIME_PARTS.map((name): [string, CelFunction] => [name, ([value, zone]) => timePart(name, value!, zone)]),
  ),
};
