import type { RE2JS } from "re2js";

/**
 * Regular expressions as the API server runs them (Go's RE2: https://github.com/google/re2/wiki/Syntax), in time
 * proportional to the text, whatever the pattern: a schema of the input must not be able to hang a run.
 */
export interface Re2Pattern {
  /** Whether the text holds a match anywhere; undefined where finding out would take too long. */
  matches(text: string): boolean | undefined;
  /** The first matches, at most `most` of them; undefined where finding them would take too long. */
  find(text: string, most: number): readonly string[] | undefined;
}

/** Beyond these, in characters, a pattern or a match takes longer than a second. */
const LONGEST_PATTERN = 10_000;
const MOST_WORK = 200_000_000;

/** Reads a pattern; undefined where Go would refuse it, or where it is too long to be read. */
export function readPattern(pattern: string): Re2Pattern | undefined {
  if (pattern.length > LONGEST_PATTERN) return undefined;
  try {
    // Asked for here, because few inputs have a pattern.
    const re2: { RE2JS: typeof RE2JS } = require("re2js");
    const compiled = re2.RE2JS.compile(pattern);
    const work = Math.max(1, compiled.programSize());
    return {
      matches: (text) => (text.length * work > MOST_WORK ? undefined : compiled.matcher(text).find()),
      find(text, most) {
        // Where nothing matches, the rest of the text is read again after each match.
        if (text.length * work * Math.min(most, text.length + 1) > MOST_WORK) return undefined;
        const matcher = compiled.matcher(text);
        const found: string[] = [];
        while (found.length < most && matcher.find()) found.push(matcher.group() ?? "");
        return found;
      },
    };
  } catch {
    return undefined;
  }
}
