import { parseCidr, parseIp } from "../meta/addresses.js";
import { dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import { parseUrl } from "../meta/urls.js";

type FormatCheck = (text: string) => boolean;

const matches =
  (pattern: RegExp): FormatCheck =>
  (text) =>
    pattern.test(text);
const uuid = (version: string, variant = "[0-9a-f]"): FormatCheck =>
  matches(new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}[0-9a-f]{3}-?${variant}[0-9a-f]{3}-?[0-9a-f]{12}$`, "i"));

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isDateTime(text: string): boolean {
  const [date, time] = text.toLowerCase().split("t");
  const match = /^(\d{2}):(\d{2}):(\d{2})(.\d+)?(z|[+-]\d{2}:\d{2})$/.exec(time ?? "");
  return match !== null && isDate(date!) && match[1]! <= "23" && match[2]! <= "59" && match[3]! <= "59";
}

/** A Go duration, or a number and a unit in words. */
const isDuration = (text: string): boolean =>
  /^[-+]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(text) ||
  /^[-+]?0$/.test(text) ||
  /\d+\s*(ns?|nanos?|nanoseconds?|us|µs|micros?|microseconds?|ms|millis?|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)(?![A-Za-zµ])/.test(
    text,
  );

function isHostname(text: string): boolean {
  if (text.length > 255 || !/^[a-zA-Z0-9\p{S}\p{L}.-]+$/u.test(text)) return false;
  const parts = text.split(".");
  const named = (part: string): boolean => part.length > 0 && part.length <= 63 && !/^-|-$/.test(part);
  return parts.every(named) && (parts.length === 1 || /^[a-zA-Z\p{L}]{2,63}$/u.test(parts.at(-1)!));
}

function isIsbn10(text: string): boolean {
  const digits = text.replace(/[\s-]/g, "");
  if (!/^\d{9}[\dX]$/.test(digits)) return false;
  const sum = [...digits].reduce((total, digit, i) => total + (10 - i) * (digit === "X" ? 10 : Number(digit)), 0);
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = text.replace(/[\s-]/g, "");
  if (!/^\d{13}$/.test(digits)) return false;
  return [...digits].reduce((total, digit, i) => total + (i % 2 === 0 ? 1 : 3) * Number(digit), 0) % 10 === 0;
}

const CARD =
  /^(4\d{12}(\d{3})?|5[1-5]\d{14}|6(011|5\d\d)\d{12}|3[47]\d{13}|3(0[0-5]|[68]\d)\d{11}|(2131|1800|35\d{3})\d{11})$/;
function isCreditCard(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  if (!CARD.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const isMac = (text: string): boolean =>
  /^([0-9a-f]{2}([:-]))([0-9a-f]{2}\2)*[0-9a-f]{2}$/i.test(text)
    ? [17, 23, 59].includes(text.length)
    : /^([0-9a-f]{4}\.)+[0-9a-f]{4}$/i.test(text) && [14, 19, 49].includes(text.length);

const COLOR_PART = "\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*";

/** Formats of strings that the server checks, by their name without hyphens. */
const CHECKS: Readonly<Record<string, FormatCheck>> = {
  bsonobjectid: matches(/^[0-9a-f]{24}$/i),
  byte: matches(/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/),
  cidr: (text) => parseCidr(text) !== undefined,
  creditcard: isCreditCard,
  date: isDate,
  datetime: isDateTime,
  duration: isDuration,
  email: matches(/^(.*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/),
  hexcolor: matches(/^#?([0-9a-f]{3}|[0-9a-f]{6})$/i),
  hostname: isHostname,
  ipv4: (text) => !text.includes(":") && parseIp(text) !== undefined,
  ipv6: (text) => text.includes(":") && parseIp(text) !== undefined,
  isbn: (text) => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  k8slongname: (text) => dnsSubdomainFault(text) === undefined,
  k8sshortname: (text) => dnsLabelFault(text) === undefined,
  mac: isMac,
  password: () => true,
  rgbcolor: matches(new RegExp(`^rgb\\(${COLOR_PART},${COLOR_PART},${COLOR_PART}\\)$`)),
  ssn: matches(/^\d{3}[- ]?\d{2}[- ]?\d{4}$/),
  uri: (text) => (text.startsWith("/") || /^[a-z][a-z0-9+.-]*:/i.test(text)) && parseUrl(text) !== undefined,
  uuid: uuid("[0-9a-f]"),
  uuid3: uuid("3"),
  uuid4: uuid("4", "[89ab]"),
  uuid5: uuid("5", "[89ab]"),
};
const SINCE: Readonly<Record<string, number>> = { k8slongname: 34, k8sshortname: 34 };

const nameOf = (format: string): string => format.replaceAll("-", "");

/** Whether a string has a format; true for formats that are not known. */
export const hasFormat = (format: string, text: string): boolean => {
  const name = nameOf(format);
  return Object.hasOwn(CHECKS, name) ? CHECKS[name]!(text) : true;
};

export const isCheckedFormat = (format: string): boolean => Object.hasOwn(CHECKS, nameOf(format));

/** Whether the server of a minor checks a format. */
export const isKnownFormat = (format: string, minor: number): boolean =>
  isCheckedFormat(format) && (SINCE[nameOf(format)] ?? 0) <= minor;
