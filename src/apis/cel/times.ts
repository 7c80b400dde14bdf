import { durationOf, timestampOf } from "./arithmetic.js";
import { CelDuration, CelError, CelTimestamp, type CelValue, noOverload } from "./values.js";

const SECOND = 1_000_000_000n;
const UNITS: Readonly<Record<string, bigint>> = {
  h: 3600n * SECOND,
  m: 60n * SECOND,
  s: SECOND,
  ms: 1_000_000n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ns: 1n,
};
const PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y;
/** Longer texts are no times. */
const LONGEST = 200;

/** Reads `1h30m` as Go does; undefined for what is none. */
export function parseDuration(text: string): bigint | undefined {
  if (text.length > LONGEST) return undefined;
  const start = /^[-+]/.test(text) ? 1 : 0;
  if (text.slice(start) === "0") return 0n;
  if (text.length === start) return undefined;
  let nanos = 0n;
  PART.lastIndex = start;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (match === null) return undefined;
    const [, whole = "", fraction = "", unit] = match;
    if (whole === "" && fraction === "") return undefined;
    const size = UNITS[unit!]!;
    nanos += BigInt(whole || 0) * size;
    if (fraction !== "") nanos += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
  }
  return text.startsWith("-") ? -nanos : nanos;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?([Zz]|[-+]\d\d:\d\d)$/;

/** Reads a time such as `2024-01-31T12:00:00Z`, as nanoseconds since 1970; undefined for what is none. */
export function parseTimestamp(text: string): bigint | undefined {
  const match = text.length > LONGEST ? null : TIME.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const fraction = BigInt((match[7] ?? "").padEnd(9, "0"));
  const offset = offsetOf(match[8]!) ?? 0;
  return BigInt(date.getTime()) * 1_000_000n + fraction - BigInt(offset) * SECOND;
}

/** The seconds of an offset such as `+02:00`; undefined for what is none. */
function offsetOf(text: string): number | undefined {
  if (text === "Z" || text === "z") return 0;
  const match = /^([-+]?)(\d\d?):(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === "-" ? -seconds : seconds;
}

export const readDuration = (text: string): CelValue => {
  const nanos = parseDuration(text);
  return nanos === undefined ? new CelError("the text is no duration") : durationOf(nanos);
};

export const readTimestamp = (text: string): CelValue => {
  const nanos = parseTimestamp(text);
  return nanos === undefined ? new CelError("the text is no timestamp") : timestampOf(nanos);
};

/** As `string(x)` writes them: durations in seconds, times in UTC. */
export function timeText(value: CelTimestamp | CelDuration): string {
  if (value instanceof CelDuration) return `${decimals(value.nanos, 9)}s`;
  const { seconds, nanos } = split(value.nanos);
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  const fraction = nanos === 0 ? "" : `.${String(nanos).padStart(9, "0").replace(/0+$/, "")}`;
  return `${text}${fraction}Z`;
}

function decimals(value: bigint, digits: number): string {
  const size = value < 0n ? -value : value;
  const text = String(size).padStart(digits + 1, "0");
  const fraction = text.slice(-digits).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${text.slice(0, -digits)}${fraction === "" ? "" : `.${fraction}`}`;
}

function split(time: bigint): { readonly seconds: number; readonly nanos: number } {
  const rest = ((time % SECOND) + SECOND) % SECOND;
  return { seconds: Number((time - rest) / SECOND), nanos: Number(rest) };
}

/** What is asked of a time, of the date in its time zone. */
const OF_DATE: Readonly<Record<string, (date: Date) => number>> = {
  getFullYear: (date) => date.getUTCFullYear(),
  getMonth: (date) => date.getUTCMonth(),
  getDate: (date) => date.getUTCDate(),
  getDayOfMonth: (date) => date.getUTCDate() - 1,
  getDayOfWeek: (date) => date.getUTCDay(),
  getDayOfYear: (date) => Math.floor((date.getTime() - startOfYear(date)) / 86_400_000),
  getHours: (date) => date.getUTCHours(),
  getMinutes: (date) => date.getUTCMinutes(),
  getSeconds: (date) => date.getUTCSeconds(),
  getMilliseconds: (date) => date.getUTCMilliseconds(),
};

function startOfYear(date: Date): number {
  const start = new Date(0);
  start.setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return start.getTime();
}

const OF_DURATION: Readonly<Record<string, bigint>> = {
  getHours: UNITS.h!,
  getMinutes: UNITS.m!,
  getSeconds: UNITS.s!,
  getMilliseconds: UNITS.ms!,
};

export const TIME_PARTS: readonly string[] = Object.keys(OF_DATE);

/** `time.getHours("Europe/Berlin")`, `duration.getHours()`. */
export function timePart(name: string, value: CelValue, zone: CelValue | undefined): CelValue {
  if (value instanceof CelDuration) {
    const unit = OF_DURATION[name];
    return unit === undefined || zone !== undefined ? noOverload(name) : value.nanos / unit;
  }
  if (!(value instanceof CelTimestamp)) return noOverload(name);
  const { seconds, nanos } = split(value.nanos);
  const time = seconds * 1000 + Math.floor(nanos / 1_000_000);
  if (zone === undefined) return BigInt(OF_DATE[name]!(new Date(time)));
  if (typeof zone !== "string") return noOverload(name);
  const offset = offsetOf(zone) ?? offsetOfZone(zone, time);
  if (offset === undefined) return new CelError(`unknown time zone ${zone}`);
  return BigInt(OF_DATE[name]!(new Date(time + offset * 1000)));
}

/** The seconds by which a zone's clocks are ahead at a time; undefined for a zone that there is not. */
function offsetOfZone(zone: string, time: number): number | undefined {
  if (zone === "" || zone === "UTC") return 0;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    const name = format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const match = /^GMT(?:([-+])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name);
    if (match === null) return undefined;
    const seconds = Number(match[2] ?? 0) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0);
    return match[1] === "-" ? -seconds : seconds;
  } catch {
    return undefined;
  }
}
