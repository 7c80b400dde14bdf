import type { YamlProblemCode } from "../yaml-problem.js";
import { endOfLine, type Mistake, type Place, trimmedEnd } from "./place.js";

const GLUED_KEY = /^["']?([A-Za-z_][\w./-]*)["']?:(?=[^\s:/])/;
export const KEY_LINE = /^(?:- +)*["']?[A-Za-z_$][\w./-]*["']?\s*:(?:\s|$)/;

/** A quote that was meant to end on its line, but ended at the opening quote of a later one. */
export function unclosedQuoteBefore(place: Place): Mistake | undefined {
  const { text, longQuote, at } = place;
  if (longQuote.end === 0 || longQuote.end > at || endOfLine(place, longQuote.end) < at) return undefined;
  const lines = text
    .slice(longQuote.start, longQuote.end)
    .split(/\r\n?|\n/)
    .slice(1);
  if (!lines.some((line) => KEY_LINE.test(line.trimStart()))) return undefined;
  const quote = text[longQuote.start]!;
  const kind = quote === '"' ? "double" : "single";
  return {
    code: "unclosed-quote",
    start: longQuote.start,
    end: longQuote.start + 1,
    message: `The ${kind} quote opened here is not closed on its line`,
    help: `Close it with ${quote} at the end of the value`,
    related: [{ span: { start: longQuote.end - 1, end: longQuote.end }, note: "the next such quote ends it" }],
  };
}

/** `key:value`, which is one word. Only the part before the colon is shown. */
export function gluedKey(place: Place, start: number): Mistake | undefined {
  const glued = GLUED_KEY.exec(place.text.slice(start, endOfLine(place, start)));
  return glued ? missingSpace(place.text, start, start + glued[0].length - 1) : undefined;
}

/** Where every line of a scalar reads `key:value`. */
export function findGluedKeys(text: string, start: number, end: number): Mistake | undefined {
  const lines = text.slice(start, end).split(/[\r\n]+\s*/);
  if (!lines.every((line) => GLUED_KEY.test(line))) return undefined;
  return missingSpace(text, start, start + GLUED_KEY.exec(lines[0]!)![0].length - 1);
}

export function missingSpace(text: string, start: number, colon: number): Mistake {
  const key = text.slice(start, colon).replace(/^["']|["']$/g, "");
  return {
    code: "missing-space-after-colon",
    start,
    end: colon + 1,
    message: `No space follows the colon of "${key}"`,
    help: `Write "${key}: " with a space before the value`,
  };
}

export function commentBySlashes(place: Place, at: number): Mistake | undefined {
  const mark = /^(\/\/|\/\*|;|--\s)/.exec(place.text.slice(at, at + 3))?.[1]?.trim();
  if (!mark) return undefined;
  return {
    code: "slash-comment",
    start: at,
    end: endOfLine(place, at),
    message: `"${mark}" begins no comment in YAML`,
    help: 'Begin the comment with "#"',
  };
}

export function oddSpace(place: Place, at: number, lineEnd: number): Mistake | undefined {
  const found = /^(?:[^\s:]*[:-])?([\u00a0\u2000-\u200b\u3000\ufeff])/.exec(place.text.slice(at, lineEnd));
  if (!found) return undefined;
  const start = at + found[0].length - 1;
  return {
    code: "no-break-space",
    start,
    end: start + 1,
    message: `U+${codeOf(found[1]!)} stands where a space belongs, and looks like one`,
    help: "Replace it by an ordinary space",
  };
}

export function placeholder(place: Place, at: number): Mistake | undefined {
  const { text } = place;
  const from = at > 0 && text.startsWith("{{", at - 1) ? at - 1 : at;
  if (!text.startsWith("{{", from) && !text.startsWith("{%", from)) return undefined;
  const line = endOfLine(place, from);
  const close = text.indexOf(text[from + 1] === "{" ? "}}" : "%}", from);
  return {
    code: "template-placeholder",
    start: from,
    end: close >= 0 && close < line ? close + 2 : line,
    message: `A template directive is no YAML; the text can only be read once it is rendered`,
    help: "Render the template first, or quote the placeholder if it stands for a value",
  };
}

export function dashWithoutSpace(place: Place, at: number): Mistake | undefined {
  if (place.text[at] !== "-" || place.text[at + 1] === "-") return undefined;
  return {
    code: "syntax",
    start: at,
    end: at + 1,
    message: "No space follows the dash",
    help: 'Write "- " with a space before the item',
  };
}

export function textAfterValue(place: Place): Mistake {
  const { text, at, lastEnd } = place;
  const end = trimmedEnd(text, at, endOfLine(place, at));
  const before = text[lastEnd - 1] ?? "";
  if (`"'`.includes(before) && before !== "") {
    const remedy = before === '"' ? 'Write a quote within the value as \\"' : "Double a quote within the value";
    return {
      code: "syntax",
      start: at,
      end,
      message: "Text follows the closing quote of the value",
      help: `${remedy}, or remove what follows`,
    };
  }
  if ("]}".includes(before)) {
    return {
      code: "syntax",
      start: at,
      end,
      message: `Text follows the closing "${before}" of the value`,
      help: "Put the whole value in quotes, or remove what follows",
    };
  }
  return {
    code: "syntax",
    start: at,
    end,
    message: "Text follows the value",
    help: "Put the whole value in quotes, or begin a new line",
  };
}

export function reservedStart(place: Place, c: string): Mistake {
  return at1(place, "syntax", `A value outside quotes cannot begin with "${c}"`, "Put the value in quotes");
}

export function at1(place: Place, code: YamlProblemCode, message: string, help?: string): Mistake {
  return { code, start: place.at, end: Math.min(place.at + 1, place.end), message, help };
}

const codeOf = (c: string) => c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
