/**
 * File patterns of the configuration: `*`, `?`, `[a-z]`, `{a,b}` and `**` for any number of folders. Matched by hand
 * because a configuration comes with the repository and is not trusted: micromatch turns patterns into regular
 * expressions that backtrack (six `*` against 65 characters: 3 s), and costs 7 to 12 ms to load. Its answers are the
 * partner in the tests. Here matching takes at most pattern length times path length.
 */

/** A pattern relative to the folder of the configuration. */
export interface Glob {
  /** As written. */
  readonly text: string;
  /** Written with a leading `!`: takes back what earlier patterns of its list matched. */
  readonly negated: boolean;
  /** Whether the pattern covers the whole path, given with `/` between folders. */
  matches(path: string): boolean;
}

/** Why a pattern cannot be used. */
export interface GlobProblem {
  /** Continues `Glob "x" …`. */
  readonly problem: string;
  readonly help?: string;
}

/** One character of a segment: itself, any, any run (`*`), or one of a class. */
type Token = string | typeof ANY | typeof RUN | CharacterClass;
const ANY = Symbol("?");
const RUN = Symbol("*");
const FOLDERS = Symbol("**");

interface CharacterClass {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [from: string, to: string])[];
}

/** A brace expression multiplies alternatives; beyond this it is a mistake or an attack. */
const MOST_ALTERNATIVES = 100;
const LONGEST = 1000;

/** Reads a pattern, or says why it is none. */
export function parseGlob(text: string): Glob | GlobProblem {
  const negated = text.startsWith("!");
  const pattern = text
    .slice(negated ? 1 : 0)
    .replace(/^(\.\/)+/, "")
    .replace(/(?<=[^/])\/$/, "");
  const unusable = UNUSABLE.find(({ when }) => when(pattern));
  if (unusable) return unusable;
  const alternatives = expandBraces(pattern);
  if (!Array.isArray(alternatives)) return alternatives;
  const compiled: (readonly Token[] | typeof FOLDERS)[][] = [];
  for (const alternative of alternatives) {
    const segments: (readonly Token[] | typeof FOLDERS)[] = [];
    for (const segment of alternative.split("/")) {
      const tokens = segment === "**" ? FOLDERS : readSegment(segment);
      if (tokens !== FOLDERS && !Array.isArray(tokens)) return tokens as GlobProblem;
      segments.push(tokens as readonly Token[] | typeof FOLDERS);
    }
    compiled.push(segments);
  }
  return {
    text,
    negated,
    matches: (path) => {
      const parts = path.split("/");
      return compiled.some((segments) =>
        matchRuns(
          segments,
          parts,
          (s) => s === FOLDERS,
          (s, part) => matchSegment(s as readonly Token[], part),
        ),
      );
    },
  };
}

/** What a list of patterns says of a path: the last one that covers it, or a folder it is in, decides. */
export function matchesGlobs(globs: readonly Glob[], path: string): boolean {
  let matched = false;
  for (const glob of globs) if (glob.negated === matched && coversPathOrFolder(glob, path)) matched = !glob.negated;
  return matched;
}

function coversPathOrFolder(glob: Glob, path: string): boolean {
  if (glob.matches(path)) return true;
  for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1))
    if (glob.matches(path.slice(0, slash))) return true;
  return false;
}

const UNUSABLE: readonly (GlobProblem & { readonly when: (pattern: string) => boolean })[] = [
  { when: (p) => p === "", problem: "is empty" },
  { when: (p) => p.length > LONGEST, problem: `is longer than ${LONGEST} characters` },
  {
    when: (p) => /^(\/|[A-Za-z]:)/.test(p),
    problem: "is an absolute path",
    help: "Globs are relative to the folder of the configuration",
  },
  {
    when: (p) => p.split("/").includes(".."),
    problem: "leaves the folder of the configuration",
    help: "Globs are relative to the folder of the configuration and reach what is below it",
  },
  { when: (p) => p.includes("\\"), problem: "has a backslash", help: 'Folders are separated by "/"' },
  { when: (p) => /\/\//.test(p), problem: 'has an empty folder name between two "/"' },
  {
    when: (p) => /[@!+?*]\(/.test(p),
    problem: "has a pattern in parentheses, which is not supported",
    help: "Alternatives are written {a,b}",
  },
  { when: (p) => p.includes("[:"), problem: "has a named character class, which is not supported" },
];

function expandBraces(pattern: string): string[] | GlobProblem {
  let done: string[] = [""];
  let i = 0;
  while (i < pattern.length) {
    const c = pattern[i]!;
    if (c === "[") {
      const end = endOfClass(pattern, i);
      if (end < 0) return UNCLOSED_BRACKET;
      done = done.map((text) => text + pattern.slice(i, end));
      i = end;
    } else if (c === "{") {
      const parts = splitBraces(pattern, i);
      if (!parts) return { problem: 'has "{" without "}"' };
      if (parts.alternatives.length === 1)
        return {
          problem: `has braces around a single alternative, "{${parts.alternatives[0]}}"`,
          help: "Alternatives are written {a,b}",
        };
      const expanded: string[] = [];
      for (const alternative of parts.alternatives) {
        const inner = expandBraces(alternative);
        if (!Array.isArray(inner)) return inner;
        for (const text of done) for (const ending of inner) expanded.push(text + ending);
        if (expanded.length > MOST_ALTERNATIVES)
          return { problem: `stands for more than ${MOST_ALTERNATIVES} alternatives` };
      }
      done = expanded;
      i = parts.end;
    } else if (c === "}") return { problem: 'has "}" without "{"' };
    else {
      done = done.map((text) => text + c);
      i++;
    }
  }
  return done;
}

/** The alternatives of the braces that open at `start`, by the commas that stand directly in them. */
function splitBraces(pattern: string, start: number): { alternatives: string[]; end: number } | undefined {
  const alternatives: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let i = start; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === "[") {
      const end = endOfClass(pattern, i);
      if (end < 0) return undefined;
      i = end - 1;
    } else if (c === "{") depth++;
    else if (c === "," && depth === 1) {
      alternatives.push(pattern.slice(from, i));
      from = i + 1;
    } else if (c === "}" && --depth === 0) {
      alternatives.push(pattern.slice(from, i));
      return { alternatives, end: i + 1 };
    }
  }
  return undefined;
}

const UNCLOSED_BRACKET: GlobProblem = { problem: 'has "[" without "]"' };

/** Behind the `]` of the class that opens at `start`, or -1. A `]` that comes first stands for itself. */
function endOfClass(pattern: string, start: number): number {
  const first = start + (pattern[start + 1] === "!" || pattern[start + 1] === "^" ? 2 : 1);
  const close = pattern.indexOf("]", first + 1);
  return close < 0 || pattern.slice(start, close).includes("/") ? -1 : close + 1;
}

function readSegment(segment: string): Token[] | GlobProblem {
  const tokens: Token[] = [];
  for (let i = 0; i < segment.length; ) {
    const c = segment[i]!;
    if (c === "[") {
      const end = endOfClass(segment, i);
      if (end < 0) return UNCLOSED_BRACKET;
      tokens.push(readClass(segment.slice(i + 1, end - 1)));
      i = end;
    } else {
      if (c !== "*") tokens.push(c === "?" ? ANY : c);
      else if (tokens.at(-1) !== RUN) tokens.push(RUN);
      i++;
    }
  }
  return tokens;
}

function readClass(text: string): CharacterClass {
  const negated = text[0] === "!" || text[0] === "^";
  const ranges: [string, string][] = [];
  for (let i = negated ? 1 : 0; i < text.length; i++) {
    const from = text[i]!;
    const isRange = text[i + 1] === "-" && i + 2 < text.length;
    ranges.push([from, isRange ? text[i + 2]! : from]);
    if (isRange) i += 2;
  }
  return { negated, ranges };
}

const matchSegment = (tokens: readonly Token[], part: string): boolean =>
  matchRuns(tokens, part, (token) => token === RUN, matchCharacter);

function matchCharacter(token: Token, c: string): boolean {
  if (typeof token === "string") return token === c;
  if (typeof token === "symbol") return true;
  return token.ranges.some(([from, to]) => c >= from && c <= to) !== token.negated;
}

/**
 * Matches units against tokens of which some stand for any run of units. Going back to the latest such token alone is
 * enough, as everything else takes exactly one unit; so the cost is the product of the lengths.
 */
function matchRuns<T, U>(
  tokens: ArrayLike<T>,
  units: ArrayLike<U>,
  isRun: (token: T) => boolean,
  takes: (token: T, unit: U) => boolean,
): boolean {
  let t = 0;
  let u = 0;
  let runAt = -1;
  let runEnd = 0;
  while (u < units.length) {
    if (t < tokens.length && isRun(tokens[t]!)) {
      runAt = t++;
      runEnd = u;
    } else if (t < tokens.length && takes(tokens[t]!, units[u]!)) {
      t++;
      u++;
    } else if (runAt >= 0) {
      t = runAt + 1;
      u = ++runEnd;
    } else return false;
  }
  while (t < tokens.length && isRun(tokens[t]!)) t++;
  return t === tokens.length;
}
