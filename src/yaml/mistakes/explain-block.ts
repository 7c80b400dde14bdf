/*
 * What people really did where the reader cannot go on. The reader only knows that a token does not fit; here its line
 * and the lines around it are looked at for the usual mistakes. Values are never quoted: they may be secret.
 */
import { isBlank, isBreak } from "../characters.js";
import * as S from "../states.js";
import { dash, isAfterColon, key, tooDeep } from "./indentation.js";
import {
  endOfLine,
  firstOfLine,
  isBlankAt,
  isIndentation,
  type Mistake,
  onLineOfContent,
  type Place,
} from "./place.js";
import {
  at1,
  commentBySlashes,
  dashWithoutSpace,
  gluedKey,
  oddSpace,
  placeholder,
  reservedStart,
  textAfterValue,
  unclosedQuoteBefore,
} from "./usual-mistakes.js";

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

export function tab(place: Place): Mistake | undefined {
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

export function colon(place: Place): Mistake {
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
