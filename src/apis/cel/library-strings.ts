import { fixedText } from "./double-text.js";
import type { CelFunction, CelFunctions } from "./function-table.js";
import { characterCount, textOf } from "./library-standard.js";
import { patternOf } from "./patterns.js";
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
} from "./values.js";

const ofText =
  (call: (text: string, args: readonly CelValue[]) => CelValue | undefined): CelFunction =>
  ([text, ...args], spend) => {
    if (typeof text !== "string") return undefined;
    spend(text.length / 10);
    return call(text, args);
  };

const OUTSIDE = new CelError("index out of range");
const isText = (value: CelValue | undefined): value is string => typeof value === "string";
/** A whole number that fits where characters are counted; undefined for other values. */
const countOf = (value: CelValue | undefined): number | undefined =>
  typeof value === "bigint" ? Number(value) : undefined;

function charAt(text: string, [index]: readonly CelValue[]): CelValue | undefined {
  const at = countOf(index);
  if (at === undefined) return undefined;
  const characters = [...text];
  if (at < 0 || at > characters.length) return OUTSIDE;
  return characters[at] ?? "";
}

/** Places are counted in characters; JavaScript's are in halves of them. */
function indexIn(text: string, [part, from]: readonly CelValue[], last: boolean): CelValue | undefined {
  if (!isText(part) || (from !== undefined && typeof from !== "bigint")) return undefined;
  const length = characterCount(text);
  const at = countOf(from) ?? (last ? length : 0);
  if (from !== undefined && (at < 0 || at >= length) && part !== "") return OUTSIDE;
  if (part === "") return BigInt(Math.min(at, length));
  const start = length === text.length ? at : [...text].slice(0, at).join("").length;
  const found = last ? text.lastIndexOf(part, start) : text.indexOf(part, start);
  return BigInt(found < 0 || length === text.length ? found : characterCount(text.slice(0, found)));
}

function substring(text: string, [from, to]: readonly CelValue[]): CelValue | undefined {
  const start = countOf(from);
  if (start === undefined || (to !== undefined && typeof to !== "bigint")) return undefined;
  const characters = characterCount(text) === text.length ? text : [...text];
  const end = countOf(to) ?? characters.length;
  if (start < 0 || start > characters.length || end > characters.length || start > end) return OUTSIDE;
  const part = characters.slice(start, end);
  return typeof part === "string" ? part : part.join("");
}

const LONGEST = 10_000_000;

/** A negative number of times is every time. */
function replace(text: string, [old, replacement, times]: readonly CelValue[]): CelValue | undefined {
  if (!isText(old) || !isText(replacement) || (times !== undefined && typeof times !== "bigint")) return undefined;
  if ((text.length + 1) * (replacement.length + 1) > LONGEST) return NOT_KNOWN;
  const most = countOf(times) ?? -1;
  if (most < 0) return replaceAll(text, old, replacement);
  if (old === "") {
    const characters = [...text];
    const pieces = characters.map((character, i) => (i < most ? replacement + character : character));
    return pieces.join("") + (most > characters.length ? replacement : "");
  }
  const parts = text.split(old);
  const head = parts.slice(0, most + 1).join(replacement);
  return parts.length > most + 1 ? [head, ...parts.slice(most + 1)].join(old) : head;
}

const replaceAll = (text: string, old: string, replacement: string): string =>
  old === ""
    ? replacement + [...text].map((character) => character + replacement).join("")
    : text.replaceAll(old, () => replacement);

/** As Go splits: with a limit, the last part keeps the rest; zero makes no parts. */
function split(text: string, [separator, limit]: readonly CelValue[]): CelValue | undefined {
  if (!isText(separator) || (limit !== undefined && typeof limit !== "bigint")) return undefined;
  const most = countOf(limit) ?? -1;
  if (most === 0) return new CelList([]);
  const parts = separator === "" ? [...text] : text.split(separator);
  if (most < 0 || parts.length <= most) return new CelList(parts);
  return new CelList([...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)]);
}

const join: CelFunction = ([list, separator = ""], spend) => {
  if (!(list instanceof CelList) || !isText(separator)) return undefined;
  spend(list.size);
  const parts = [...list];
  if (parts.includes(NOT_KNOWN)) return NOT_KNOWN;
  if (!parts.every(isText)) return undefined;
  if (parts.reduce((length, part) => length + part.length + separator.length, 0) > LONGEST) return NOT_KNOWN;
  return parts.join(separator);
};

const SPACE = /^[\s\u0085\u180e\u200b-\u200d\u2060\ufeff]+|[\s\u0085\u180e\u200b-\u200d\u2060\ufeff]+$/g;
const QUOTED: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};
const quote = (text: string): string => `"${text.replace(/[\x07\b\f\n\r\t\v\\"]/g, (sign) => QUOTED[sign]!)}"`;

/** What `%s` makes of a value; undefined for values that have no text. */
function written(value: CelValue, within = false): string | undefined {
  if (value === null) return "null";
  if (typeof value === "string") return within ? quote(value) : value;
  if (value instanceof CelTypeName) return value.name;
  if (value instanceof CelList)
    return bracketed(
      "[",
      [...value].map((item) => written(item, true)),
      "]",
    );
  if (value instanceof CelMap) {
    const entries = [...value.keys()].map((key) => {
      const item = written(value.get(key) ?? null, true);
      return item && `${written(key, true)}:${item}`;
    });
    return bracketed("{", entries.sort(), "}");
  }
  const text = textOf(value);
  if (typeof text !== "string") return undefined;
  if (!within) return text;
  if (typeof value === "number") return fixedText(value, DEFAULT_DIGITS);
  if (value instanceof CelTimestamp) return `timestamp(${quote(text)})`;
  if (value instanceof CelDuration) return `duration(${quote(text)})`;
  return value instanceof CelBytes ? `b${quote(text)}` : text;
}

const bracketed = (open: string, parts: readonly (string | undefined)[], close: string): string | undefined =>
  parts.includes(undefined) ? undefined : `${open}${parts.join(", ")}${close}`;

const DEFAULT_DIGITS = 6;
const MOST_DIGITS = 100;
const BASES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16, d: 10 };

function formatted(verb: string, digits: number, value: CelValue): string | undefined {
  if (verb === "s") return written(value);
  if (verb === "f" || verb === "e") {
    const special = typeof value === "string" && /^(NaN|-?Infinity)$/.test(value) ? Number(value) : value;
    return typeof special === "number" ? fixedText(special, digits, verb === "e") : undefined;
  }
  const base = BASES[verb];
  if (base === undefined) return undefined;
  const text = inBase(verb, base, value);
  return verb === "X" ? text?.toUpperCase() : text;
}

function inBase(verb: string, base: number, value: CelValue): string | undefined {
  if (typeof value === "bigint") return value.toString(base);
  if (value instanceof CelUint) return value.value.toString(base);
  if (typeof value === "boolean") return verb === "b" ? String(Number(value)) : undefined;
  if (base !== 16) return undefined;
  if (typeof value === "string") return Buffer.from(value).toString("hex");
  return value instanceof CelBytes ? Buffer.from(value.bytes).toString("hex") : undefined;
}

const CLAUSE = /%(?:%|(?:\.(\d{1,3}))?([a-zA-Z]))|%/g;

function format(text: string, [args]: readonly CelValue[]): CelValue | undefined {
  if (!(args instanceof CelList)) return undefined;
  let next = 0;
  let fault: CelValue | undefined;
  const result = text.replace(CLAUSE, (clause, precision: string | undefined, verb: string | undefined) => {
    if (clause === "%%") return "%";
    if (verb === undefined || next >= args.size || Number(precision ?? 0) > MOST_DIGITS) {
      fault ??= new CelError(verb === undefined ? "unrecognized formatting clause" : `index ${next} out of range`);
      return "";
    }
    const value = args.at(next++);
    if (value === NOT_KNOWN) fault = NOT_KNOWN;
    const made = fault === undefined ? formatted(verb, Number(precision ?? DEFAULT_DIGITS), value) : "";
    if (made === undefined) fault = new CelError(`could not format the value with %${verb}`);
    return made ?? "";
  });
  return fault ?? result;
}

function find(text: string, [pattern, limit]: readonly CelValue[], all: boolean): CelValue | undefined {
  if (!isText(pattern) || (limit !== undefined && typeof limit !== "bigint")) return undefined;
  const read = patternOf(pattern);
  if (read === undefined) return new CelError("the text is no regular expression");
  const most = all ? (countOf(limit) ?? -1) : 1;
  const found = read.find(text, most < 0 ? text.length + 1 : most);
  if (found === undefined) return NOT_KNOWN;
  return all ? new CelList(found) : (found[0] ?? "");
}

/**
 * Texts, and regular expressions: https://pkg.go.dev/github.com/google/cel-go/ext#Strings and
 * https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library
 */
export const STRING_FUNCTIONS: CelFunctions = {
  charAt: ofText(charAt),
  indexOf: ofText((text, args) => indexIn(text, args, false)),
  lastIndexOf: ofText((text, args) => indexIn(text, args, true)),
  join,
  lowerAscii: ofText((text) => text.replace(/[A-Z]+/g, (part) => part.toLowerCase())),
  upperAscii: ofText((text) => text.replace(/[a-z]+/g, (part) => part.toUpperCase())),
  replace: ofText(replace),
  split: ofText(split),
  substring: ofText(substring),
  trim: ofText((text) => text.replace(SPACE, "")),
  format: ofText(format),
  "strings.quote": ofText(quote),
  find: ofText((text, args) => find(text, args, false)),
  findAll: ofText((text, args) => find(text, args, true)),
};
