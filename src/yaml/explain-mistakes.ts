/**
 * What people really did where the reader cannot go on. The reader only knows that a token does not fit; here its line
 * and the lines around it are looked at for the usual mistakes. Values are never quoted: they may be secret.
 */
import type { Span } from "../source/span.js";
import { isBlank, isBreak } from "./characters.js";
import * as S from "./states.js";
import type { YamlProblemCode } from "./yaml-problem.js";

/** Where the reader stands when a token does not fit. */
export interface Place {
  readonly text: string;
  /** The token. */
  readonly at: number;
  readonly end: number;
  /** Where column 0 of the token's line is. */
  readonly lineStart: number;
  /** Of the innermost block collection. */
  readonly indent: number;
  readonly type: number;
  readonly state: number;
  /** Whether a key or dash could stand here. */
  readonly keyAllowed: boolean;
  /** End of what was read before the token. */
  readonly lastEnd: number;
  /** The scalar that was scanned last, the token itself or what stands before it. */
  readonly scalar: Span;
  /** The last quoted scalar that goes over several lines. */
  readonly longQuote: Span;
}

export interface Mistake {
  readonly code: YamlProblemCode;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help?: string;
  readonly related?: readonly { readonly span: Span; readonly note: string }[];
}

const GLUED_KEY = /^["']?([A-Za-z_][\w./-]*)["']?:(?=[^\s:/])/;
const KEY_LINE = /^(?:- +)*["']?[A-Za-z_$][\w./-]*["']?\s*:(?:\s|$)/;

/** A scalar that is followed by no colon where only a key may stand, or that stands where nothing may. */
export function explainScalar(place: Place, mustBeKey: boolean): Mistake {
  const { text, at } = place;
  const lineEnd = endOfLine(place, at);
  return (
    unclosedQuoteBefore(place) ??
    (mustBeKey || !onLineOfContent(place) ? gluedKey(place, at) : undefined) ??
    commentBySlashes(place, at) ??
    oddSpace(place, at, lineEnd) ??
    placeholder(place, at) ??
    (onLineOfContent(place) ? textAfterValue(place) : undefined) ??
    dashWithoutSpace(place, at) ??
    (mustBeKey
      ? {
          code: text.charCodeAt(at) === 0x201c || text.charCodeAt(at) === 0x2018 ? "smart-quote" : "syntax",
          start: at,
          end: lineEnd,
          message: "The line is no key: no colon follows it",
          help: 'Write it as "key: value"; if it belongs to the value above, indent it deeper than that key',
        }
      : tooDeep(place, at))
  );
}

/** A token of block style that does not fit. */
export function explainBlock(place: Place): Mistake {
  const { text, at } = place;
  const c = text[at] ?? "";
  const early = unclosedQuoteBefore(place) ?? tab(place) ?? placeholder(place, at);
  if (early) return early;
  if (c === ":" && isBlankAt(place, at + 1)) return colon(place);
  if (c === "-" && isBlankAt(place, at + 1)) return dash(place);
  if (onLineOfContent(place) && place.state < S.AWAITS_NODE) return textAfterValue(place);
  if ("]}".includes(c))
    return at1(place, "unclosed-bracket", `"${c}" closes nothing`, "Remove it, or open the bracket before it");
  if (c === ",")
    return at1(place, "syntax", "A comma stands where a value belongs", "Remove it, or put the value in quotes");
  if ("@`%".includes(c)) return reservedStart(place, c);
  if ("[{".includes(c))
    return at1(place, "bad-key", `A "${c}" stands where a key belongs`, "Put the value below a key, and indent it");
  return key(place);
}

/** A token that does not fit within brackets; `opening` is where the innermost of them stands. */
export function explainFlow(place: Place, opening: number): Mistake {
  const { text, at } = place;
  const c = text[at] ?? "";
  const open = text[opening]!;
  const close = open === "[" ? "]" : "}";
  const early = unclosedQuoteBefore(place) ?? placeholder(place, opening);
  if (early) return early;
  const firstOnLine = isIndentation(text, place.lineStart, at);
  if (
    (firstOnLine && at - place.lineStart <= place.indent && !"]},".includes(c)) ||
    (firstOnLine && KEY_LINE.test(text.slice(at, endOfLine(place, at))) && open === "[" && place.state !== S.AT_COMMA)
  ) {
    return {
      code: "unclosed-bracket",
      start: opening,
      end: opening + 1,
      message: `The "${open}" opened here is never closed`,
      help: `Close it with "${close}"`,
      related: [{ span: { start: at, end: at + 1 }, note: "the next key begins here" }],
    };
  }
  if ((c === "]" || c === "}") && c !== close) {
    return {
      ...at1(place, "unclosed-bracket", `"${c}" closes a "${open}"`, `Close the "${open}" with "${close}" first`),
      related: [{ span: { start: opening, end: opening + 1 }, note: "opened here" }],
    };
  }
  if (c === ",")
    return at1(place, "syntax", "A comma follows no value", "Remove one of the commas, or put the value in quotes");
  if ((c === "[" || c === "{") && text[at - 1] === ":") return missingSpace(text, wordStart(text, at - 1), at - 1);
  const quote = c === ":" ? /\s["']/.exec(text.slice(place.scalar.start, Math.min(at, place.scalar.end))) : null;
  if (quote) {
    const start = place.scalar.start + quote.index + 1;
    return {
      code: "syntax",
      start,
      end: start + 1,
      message: `No comma separates this from what stands before it within "${open}${close}"`,
      help: "Put a comma between them",
    };
  }
  if (c === ":" && place.state === S.AT_COMMA)
    return at1(place, "syntax", 'A value within brackets cannot hold ": " outside quotes', "Put the value in quotes");
  if (c === ":")
    return at1(
      place,
      "syntax",
      "A value within brackets cannot begin with a colon",
      "Put the value in quotes, or the key before the colon",
    );
  if (c === "-" && isBlankAt(place, at + 1))
    return at1(
      place,
      "syntax",
      "An item with a dash stands within brackets",
      `Separate the items of "[ ]" with commas, without dashes`,
    );
  if ("@`%|>".includes(c)) return reservedStart(place, c);
  if (c === "#") return at1(place, "syntax", "A comment stands where a value belongs");
  if (place.state === S.AT_COMMA) {
    if (at > 0 && `"'`.includes(text[at - 1]!)) return textAfterValue(place);
    return at1(
      place,
      "syntax",
      `No comma separates this from what stands before it within "${open}${close}"`,
      "Put a comma between them, or quotes around both if they are one value",
    );
  }
  return at1(place, "syntax", `This does not fit within "${open}${close}"`, "Put the value in quotes");
}

/** A quote that was meant to end on its line, but ended at the opening quote of a later one. */
function unclosedQuoteBefore(place: Place): Mistake | undefined {
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
function gluedKey(place: Place, start: number): Mistake | undefined {
  const glued = GLUED_KEY.exec(place.text.slice(start, endOfLine(place, start)));
  return glued ? missingSpace(place.text, start, start + glued[0].length - 1) : undefined;
}

/** Where every line of a scalar reads `key:value`. */
export function findGluedKeys(text: string, start: number, end: number): Mistake | undefined {
  const lines = text.slice(start, end).split(/[\r\n]+\s*/);
  if (!lines.every((line) => GLUED_KEY.test(line))) return undefined;
  return missingSpace(text, start, start + GLUED_KEY.exec(lines[0]!)![0].length - 1);
}

function missingSpace(text: string, start: number, colon: number): Mistake {
  const key = text.slice(start, colon).replace(/^["']|["']$/g, "");
  return {
    code: "missing-space-after-colon",
    start,
    end: colon + 1,
    message: `No space follows the colon of "${key}"`,
    help: `Write "${key}: " with a space before the value`,
  };
}

function commentBySlashes(place: Place, at: number): Mistake | undefined {
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

function oddSpace(place: Place, at: number, lineEnd: number): Mistake | undefined {
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

function placeholder(place: Place, at: number): Mistake | undefined {
  const { text } = place;
  const from = text.startsWith("{{", at - 1) ? at - 1 : at;
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

function dashWithoutSpace(place: Place, at: number): Mistake | undefined {
  if (place.text[at] !== "-" || place.text[at + 1] === "-") return undefined;
  return {
    code: "syntax",
    start: at,
    end: at + 1,
    message: "No space follows the dash",
    help: 'Write "- " with a space before the item',
  };
}

function textAfterValue(place: Place): Mistake {
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

function tab(place: Place): Mistake | undefined {
  const { text, at, lineStart } = place;
  if (text[at] !== "\t") return undefined;
  let end = at;
  while (end < place.end && isBlank(text.charCodeAt(end))) end++;
  const indents = isIndentation(text, lineStart, at);
  const before = text.slice(lineStart, at).trimEnd().at(-1) ?? "-";
  return {
    code: "tab-indentation",
    start: at,
    end,
    message: indents
      ? "A tab indents this line; YAML takes only spaces there"
      : `A tab follows "${before}"; YAML takes only spaces there`,
    help: "Replace the tab by spaces",
  };
}

function colon(place: Place): Mistake {
  const { text, at, scalar } = place;
  // A scalar over several lines before the colon: one of them was meant to be a key.
  for (let p = scalar.start; p < Math.min(scalar.end, at); ) {
    const lineEnd = endOfLine(place, p);
    const glued =
      lineEnd < at && !`"'`.includes(text[scalar.start]!)
        ? (gluedKey(place, p) ?? commentBySlashes(place, p) ?? oddSpace(place, p, lineEnd))
        : undefined;
    if (glued) return glued;
    p = lineEnd;
    while (p < place.end && (isBreak(text.charCodeAt(p)) || isBlank(text.charCodeAt(p)))) p++;
  }
  if (scalar.end <= at && endOfLine(place, scalar.start) < at && scalar.end > scalar.start) {
    const first = firstOfLine(text, at);
    if (place.state < S.AWAITS_NODE && isAfterColon(text, scalar.start)) return tooDeep(place, first);
    return {
      code: "syntax",
      start: scalar.start,
      end: endOfLine(place, scalar.start),
      message: "The line is no key: no colon follows it",
      help: 'Write it as "key: value"',
    };
  }
  if (at === firstOfLine(text, at))
    return at1(place, "bad-key", "No key stands before the colon", "Put the key before it, or the value in quotes");
  return at1(
    place,
    "syntax",
    'A value cannot hold ": " outside quotes',
    "Put the value in quotes, or the nested key on a line of its own, indented",
  );
}

function isAfterColon(text: string, start: number): boolean {
  let p = start - 1;
  while (p >= 0 && isBlank(text.charCodeAt(p))) p--;
  return text[p] === ":" || text[p] === "-";
}

function dash(place: Place): Mistake {
  const { text, at, lineStart, type } = place;
  const column = at - lineStart;
  if (!place.keyAllowed) {
    return {
      code: "bad-indentation",
      start: at,
      end: at + 1,
      message: "A list item begins on the line of its key",
      help: 'Put the "- " on the next line',
    };
  }
  const sibling = dashAbove(place, column);
  if (sibling >= 0) {
    const wanted = sibling - lineOf(text, sibling);
    return {
      code: "bad-indentation",
      start: at,
      end: at + 1,
      message: `The list item is indented by ${spaces(column)}, the item above it by ${wanted}`,
      help: `Indent it by ${spaces(wanted)}`,
      related: [{ span: { start: sibling, end: sibling + 1 }, note: "the item above" }],
    };
  }
  if (type === S.BLOCK_MAP && column === place.indent) {
    return {
      code: "bad-indentation",
      start: at,
      end: at + 1,
      message: "A list item stands among the keys of a mapping",
      help: "Indent it below the key it belongs to, and give that key no other value",
    };
  }
  return tooDeep(place, at);
}

/** The dash of the nearest line above that begins with one further right, as long as no line is further left. */
function dashAbove(place: Place, column: number): number {
  const { text } = place;
  let line = lineOf(text, place.at);
  for (let i = 0; i < 500 && line > 0; i++) {
    line = lineOf(text, line - 1);
    let p = line;
    while (text[p] === " ") p++;
    if (p >= text.length || isBreak(text.charCodeAt(p)) || text[p] === "#") continue;
    const base = p - line;
    if (base < column) return -1;
    if (base > column && text[p] === "-" && isBlankAt(place, p + 1)) return p;
  }
  return -1;
}

/** A key in a column where none can be. */
function key(place: Place): Mistake {
  const { at, lineStart, indent, type } = place;
  const column = at - lineStart;
  if (column === indent && type === S.BLOCK_SEQ) {
    return {
      code: "bad-indentation",
      start: at,
      end: wordEnd(place, at),
      message: "A key stands among the items of a list",
      help: 'Begin the item with "- ", or indent the key deeper than the dash it belongs to',
    };
  }
  if (!place.keyAllowed)
    return at1(
      place,
      "syntax",
      "This cannot stand on the line of the key",
      "Put it on a line of its own, indented, or the value in quotes",
    );
  return tooDeep(place, at);
}

/** A line indented deeper than the collection it would belong to, though nothing waits for content there. */
function tooDeep(place: Place, start: number): Mistake {
  const { text } = place;
  const line = lineOf(text, start);
  const column = start - line;
  const above = contentAbove(place, line);
  const end = wordEnd(place, start);
  const indent = Math.max(place.indent, 0);
  if (above >= 0 && above - lineOf(text, above) > column) {
    const wanted = above - lineOf(text, above);
    const width = text[above] === "-" && text[start] !== "-" ? `${wanted} or ${wanted + 2}` : `${wanted}`;
    return {
      code: "bad-indentation",
      start,
      end,
      message: `The line is indented by ${spaces(column)}, which fits neither the lines above (${wanted}) nor the collection around them (${indent})`,
      help: `Indent it by ${width} to go on with the lines above, or by ${indent} to go on below them`,
      related: [{ span: { start: above, end: wordEnd(place, above) }, note: "the line above" }],
    };
  }
  return {
    code: "bad-indentation",
    start,
    end,
    message: "The line is indented deeper than the key above it, which has a value already",
    help: "Indent it like that key, or remove the value there",
    related: above >= 0 ? [{ span: { start: above, end: wordEnd(place, above) }, note: "the line above" }] : [],
  };
}

/** The first character of the nearest line above that holds more than a comment; -1 if there is none. */
function contentAbove(place: Place, from: number): number {
  const { text } = place;
  let line = from;
  for (let i = 0; i < 200 && line > 0; i++) {
    line = lineOf(text, line - 1);
    let p = line;
    while (text[p] === " ") p++;
    if (p < place.end && !isBreak(text.charCodeAt(p)) && text[p] !== "#") return p;
  }
  return -1;
}

function reservedStart(place: Place, c: string): Mistake {
  return at1(place, "syntax", `A value outside quotes cannot begin with "${c}"`, "Put the value in quotes");
}

function at1(place: Place, code: YamlProblemCode, message: string, help?: string): Mistake {
  return { code, start: place.at, end: Math.min(place.at + 1, place.end), message, help };
}

const spaces = (n: number) => (n === 1 ? "1 space" : `${n} spaces`);
const codeOf = (c: string) => c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");

function onLineOfContent(place: Place): boolean {
  const { text, lastEnd, at, lineStart } = place;
  return lastEnd > lineStart && lastEnd <= at && !isIndentation(text, lineStart, at);
}

function isBlankAt(place: Place, p: number): boolean {
  return p >= place.end || isBlank(place.text.charCodeAt(p)) || isBreak(place.text.charCodeAt(p));
}

function isIndentation(text: string, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (!isBlank(text.charCodeAt(p))) return false;
  return true;
}

function endOfLine(place: Place, p: number): number {
  while (p < place.end && !isBreak(place.text.charCodeAt(p))) p++;
  return p;
}

function lineOf(text: string, offset: number): number {
  while (offset > 0 && !isBreak(text.charCodeAt(offset - 1))) offset--;
  return offset;
}

function firstOfLine(text: string, offset: number): number {
  let p = lineOf(text, offset);
  while (isBlank(text.charCodeAt(p))) p++;
  return p;
}

/** The end of the key, or of the first word, at an offset. */
function wordEnd(place: Place, start: number): number {
  let p = start;
  while (p < place.end && !isBlankAt(place, p) && !(place.text[p] === ":" && isBlankAt(place, p + 1))) p++;
  return Math.max(p, Math.min(start + 1, place.end));
}

/** The start of the key that ends at an offset. */
function wordStart(text: string, end: number): number {
  let p = end;
  while (p > 0 && /[\w./"'-]/.test(text[p - 1]!)) p--;
  return p;
}

function trimmedEnd(text: string, start: number, end: number): number {
  while (end > start + 1 && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}
