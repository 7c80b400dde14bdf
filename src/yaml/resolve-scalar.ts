/**
 * What scalars mean to the API server's decoder: YAML 1.1 with the changes its resolver makes (no sexagesimal numbers,
 * no dates, `0o7` as well as `07`), and what its JSON conversion makes of values that are keys.
 */

/** A number that is written as an integer beyond 2^53, exactly. */
export type ExactInteger = bigint;
export type ScalarValue = string | number | boolean | null | ExactInteger;

const NAMED: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((s) => [s, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((s) => [s, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((s) => [s, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((s) => [s, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((s) => [s, Number.POSITIVE_INFINITY] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((s) => [s, Number.NEGATIVE_INFINITY] as const),
]);

/** First characters of texts that are no strings: signs, digits, the dot, and the letters the names begin with. */
const SPECIAL_START = new Uint8Array(128);
for (const c of "+-.0123456789yYnNtTfFoO~") SPECIAL_START[c.charCodeAt(0)] = 1;

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
/** With the underscores of Go's literals, which stand between digits. */
const DOT_FLOAT = /^\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
/** `0b-1` is -1: a slip of the resolver's that it keeps. */
const SIGNED_BINARY = /^0b([-+][01]+)$/;
const MAX_INT64 = 2n ** 63n;
const MAX_UINT64 = 2n ** 64n;

/** The value of a plain scalar without tag. Floats that overflow stay strings; a bigint is an integer beyond 2^53. */
export function resolvePlain(text: string): ScalarValue {
  if (text.length === 0) return null;
  const first = text.charCodeAt(0);
  if (first >= 128 || SPECIAL_START[first] === 0) return text;
  if (first > 0x39) {
    const named = text.length > 5 ? undefined : NAMED.get(text);
    return named === undefined ? text : named;
  }
  return resolveNumber(text);
}

function resolveNumber(text: string): ScalarValue {
  const length = text.length;
  // Most numbers are a few decimal digits.
  if (length <= 15 && text.charCodeAt(0) >= 0x30 && (length === 1 || text.charCodeAt(0) !== 0x30)) {
    let value = 0;
    let i = 0;
    for (; i < length; i++) {
      const digit = text.charCodeAt(i) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (i === length) return value;
  }
  if (length <= 5) {
    const named = NAMED.get(text);
    if (named !== undefined) return named;
  }
  if (text.charCodeAt(0) === 0x2e) return DOT_FLOAT.test(text) ? finite(text.replaceAll("_", ""), text) : text;
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  // Longer numbers are legal but always too large for anything but a float.
  const integer = INTEGER.exec(plain);
  if (integer) {
    const [, sign, hex, binary, octal, decimal] = integer;
    const digits = hex ?? binary ?? octal ?? decimal!;
    if (digits.length <= 64 + 256) {
      const prefix = hex !== undefined ? "0x" : binary !== undefined ? "0b" : octal !== undefined ? "0o" : "";
      const magnitude = BigInt(prefix + digits);
      const fits = sign === "-" ? magnitude <= MAX_INT64 : magnitude < (sign === "+" ? MAX_INT64 : MAX_UINT64);
      if (fits) return exact(sign === "-" ? -magnitude : magnitude);
    }
  }
  if (FLOAT.test(plain)) return finite(plain, text);
  const signedBinary = SIGNED_BINARY.exec(plain);
  if (signedBinary && signedBinary[1]!.length <= 64) {
    const magnitude = BigInt(`0b${signedBinary[1]!.slice(1)}`);
    return exact(signedBinary[1]!.startsWith("-") ? -magnitude : magnitude);
  }
  return text;
}

function exact(integer: bigint): ScalarValue {
  const rounded = Number(integer);
  return Number.isSafeInteger(rounded) ? rounded : integer;
}

function finite(digits: string, text: string): ScalarValue {
  const value = Number(digits);
  // Minus zero is zero once it went through JSON.
  return Number.isFinite(value) ? value + 0 : text;
}

/** Whether a number that resolved from this text is a float to the decoder, though it may be whole. */
export function isWrittenAsFloat(text: string, value: number): boolean {
  if (!Number.isInteger(value)) return true;
  const plain = text.replaceAll("_", "");
  if (SIGNED_BINARY.test(plain)) return false;
  if (!INTEGER.test(plain)) return true;
  return Math.abs(value) >= 2 ** 64;
}

const CORE = "tag:yaml.org,2002:";

/** The value of a scalar with a tag; undefined where the two do not match, which the API server refuses. */
export function resolveTagged(tag: string, text: string): ScalarValue | undefined {
  if (!tag.startsWith(CORE)) return text;
  switch (tag.slice(CORE.length)) {
    case "int": {
      const value = resolvePlain(text);
      if (typeof value === "bigint") return value;
      return typeof value === "number" && !isWrittenAsFloat(text, value) ? value : undefined;
    }
    case "float": {
      const value = resolvePlain(text);
      if (typeof value === "bigint") return value >= -MAX_INT64 && value < MAX_INT64 ? Number(value) : undefined;
      return typeof value === "number" ? value : undefined;
    }
    case "bool": {
      const value = resolvePlain(text);
      return typeof value === "boolean" ? value : undefined;
    }
    case "null":
      return resolvePlain(text) === null ? null : undefined;
    case "timestamp":
      return isTimestamp(text) ? text : undefined;
    case "binary":
      return decodeBase64(text);
    default:
      return text;
  }
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?(Z|[-+]\d\d:\d\d)|[ ]+(\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?)?$/;

function isTimestamp(text: string): boolean {
  const parts = TIMESTAMP.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [hour, minute, second] = [
    parts[4] ?? parts[9] ?? "0",
    parts[5] ?? parts[10] ?? "0",
    parts[6] ?? parts[11] ?? "0",
  ];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Standard base64 with padding, line breaks left out; bytes that are no UTF-8 become U+FFFD. */
function decodeBase64(text: string): string | undefined {
  const digits = text.replace(/[\r\n]/g, "");
  if (!BASE64.test(digits)) return undefined;
  const bytes = Uint8Array.from(atob(digits), (c) => c.charCodeAt(0));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** A key as the API server sees it, and what tells it from others before it becomes a string. */
export interface KeyName {
  readonly name: string;
  /** The name itself for strings; `1` and `"1"` are different keys, though both are named `1`. */
  readonly identity: string;
}

/** Turns the value of a key into its name; undefined for null and integers from 2^63, which are refused as keys. */
export function nameKey(value: ScalarValue, text: string, float: boolean): KeyName | undefined {
  if (typeof value === "string") return { name: value, identity: value };
  if (typeof value === "boolean") return { name: String(value), identity: `\0bool:${value}` };
  if (typeof value === "bigint") {
    if (value >= MAX_INT64) return undefined;
    return { name: String(value), identity: `\0int:${value}` };
  }
  if (value === null) return undefined;
  if (!float && !isWrittenAsFloat(text, value)) return { name: String(value), identity: `\0int:${value}` };
  const identity = Number.isNaN(value) ? `\0nan:${Math.random()}` : `\0float:${value}`;
  return { name: formatFloat32(value), identity };
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 32)`, which names float keys. */
function formatFloat32(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return ".nan";
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  if (single === 0) return "0";
  let precision = 1;
  while (Math.fround(Number(single.toPrecision(precision))) !== single) precision++;
  const [mantissa = "", exponent = "0"] = single.toExponential(precision - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(`${mantissa}e${power}`));
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
