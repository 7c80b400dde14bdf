import { isBlank, isBreak } from "../characters.js";
import * as S from "../states.js";
import { isBlankAt, lineOf, type Mistake, type Place, wordEnd } from "./place.js";
import { at1 } from "./usual-mistakes.js";

const spaces = (n: number) => (n === 1 ? "1 space" : `${n} spaces`);

export function isAfterColon(text: string, start: number): boolean {
  let p = start - 1;
  while (p >= 0 && isBlank(text.charCodeAt(p))) p--;
  return text[p] === ":" || text[p] === "-";
}

export function dash(place: Place): Mistake {
  const { text, at, lineStart, type } = place;
  const column = at - lineOf(text, at);
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
  if (type === S.BLOCK_MAP && at - lineStart === place.indent) {
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
export function dashAbove(place: Place, column: number): number {
  const { text } = place;
  let line = lineOf(text, place.at);
  for (let i = 0; i < 500 && line > 0; i++) {
    line = lineOf(text, line - 1);
    let p = line;
    while (text[p] === " ") p++;
    if (p >= text.length || isBreak(text.charCodeAt(p)) || text[p] === "#") continue;
    const base = p - line;
    if (base === 0 && text.startsWith("---", p)) return -1;
    if (base < column) return -1;
    if (base > column && text[p] === "-" && isBlankAt(place, p + 1)) return p;
  }
  return -1;
}

/** A key in a column where none can be. */
export function key(place: Place): Mistake {
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
export function tooDeep(place: Place, start: number): Mistake {
  const { text } = place;
  const line = lineOf(text, start);
  const column = start - line;
  const above = contentAbove(place, line);
  const end = wordEnd(place, start);
  // Columns are told as an editor shows them, also where the whole text is indented in Markdown.
  const indent = Math.max(place.indent, 0) + place.lineStart - lineOf(text, place.at);
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
export function contentAbove(place: Place, from: number): number {
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
