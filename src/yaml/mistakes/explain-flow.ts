import * as S from "../states.js";
import { endOfLine, firstOfLine, isBlankAt, isIndentation, type Mistake, type Place, wordStart } from "./place.js";
import {
  at1,
  KEY_LINE,
  missingSpace,
  placeholder,
  reservedStart,
  textAfterValue,
  unclosedQuoteBefore,
} from "./usual-mistakes.js";

/** A token that does not fit within brackets; `opening` is where the innermost of them stands. */
export function explainFlow(place: Place, opening: number): Mistake {
  const { text, at } = place;
  const c = text[at] ?? "";
  const open = text[opening]!;
  const close = open === "[" ? "]" : "}";
  const early = unclosedQuoteBefore(place) ?? placeholder(place, opening);
  if (early) return early;
  const firstOnLine = isIndentation(text, place.lineStart, at);
  // A plain scalar that took the next key for its second line.
  const line = firstOfLine(text, at);
  if (c === ":" && line > opening && line < at && line > place.scalar.start && line - place.lineStart <= place.indent) {
    return {
      ...unclosed(opening, open, close),
      related: [{ span: { start: line, end: at }, note: "the next key begins here" }],
    };
  }
  if (
    (firstOnLine && at - place.lineStart <= place.indent && !"]},".includes(c)) ||
    (firstOnLine && KEY_LINE.test(text.slice(at, endOfLine(place, at))) && open === "[" && place.state !== S.AT_COMMA)
  ) {
    return {
      ...unclosed(opening, open, close),
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

function unclosed(opening: number, open: string, close: string): Mistake {
  return {
    code: "unclosed-bracket",
    start: opening,
    end: opening + 1,
    message: `The "${open}" opened here is never closed`,
    help: `Close it with "${close}"`,
  };
}
