/**
 * Regular expressions as the API server runs them (Go's RE2: https://github.com/google/re2/wiki/Syntax), matched in time
 * proportional to the text, whatever the pattern: a schema of the input must not be able to hang a run. What is rare is
 * not read: such a pattern is undefined, and decides nothing.
 */
export interface Re2Pattern {
  /** Whether the text holds a match anywhere; undefined where finding out would take too long. */
  matches(text: string): boolean | undefined;
}

/** Ranges of code points, both ends in. */
type Ranges = readonly (readonly [number, number])[];
type Node =
  | { readonly is: "set"; readonly ranges: Ranges }
  | { readonly is: "start" | "end" | "word" | "not-word" | "empty" }
  | { readonly is: "sequence" | "choice"; readonly parts: readonly Node[] }
  | { readonly is: "repeat"; readonly part: Node; readonly least: number; readonly most: number };

const MOST_STATES = 5000;
const MOST_STEPS = 5_000_000;
const LAST = 0x10ffff;
const DIGIT: Ranges = [[48, 57]];
const WORD: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: Ranges = [
  [9, 10],
  [12, 13],
  [32, 32],
];
const ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const CLASSES: Readonly<Record<string, Ranges>> = {
  d: DIGIT,
  w: WORD,
  s: SPACE,
  D: invert(DIGIT),
  W: invert(WORD),
  S: invert(SPACE),
};

class Unread extends Error {}

/** Reads a pattern; undefined for one that is not RE2 or uses what is not read here. */
export function readPattern(pattern: string): Re2Pattern | undefined {
  try {
    const program = new Program();
    const accept = program.add({ op: "accept" });
    const start = program.compile(new PatternReader(pattern).read(), accept);
    return { matches: (text) => program.run(start, text) };
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

class PatternReader {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  read(): Node {
    const node = this.#choice();
    if (this.#at < this.text.length) throw new Unread();
    return node;
  }

  #choice(): Node {
    if (++this.#depth > 200) throw new Unread();
    const parts = [this.#sequence()];
    while (this.#take("|")) parts.push(this.#sequence());
    this.#depth--;
    return parts.length === 1 ? parts[0]! : { is: "choice", parts };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#at < this.text.length && !"|)".includes(this.text[this.#at]!)) parts.push(this.#repeated());
    return { is: "sequence", parts };
  }

  #repeated(): Node {
    let node = this.#atom();
    for (let times = 0; ; times++) {
      const bounds = this.#bounds();
      if (bounds === undefined) return node;
      if (times > 0) throw new Unread();
      // Whether a repetition is greedy does not change whether there is a match.
      this.#take("?");
      node = { is: "repeat", part: node, least: bounds[0], most: bounds[1] };
    }
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#take("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.#take("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.#take("?")) return [0, 1];
    const match = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(this.text.slice(this.#at, this.#at + 12));
    if (match === null) return undefined;
    this.#at += match[0].length;
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === undefined ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (least > 1000 || most < least || (most > 1000 && most !== Number.POSITIVE_INFINITY)) throw new Unread();
    return [least, most];
  }

  #atom(): Node {
    const c = String.fromCodePoint(this.text.codePointAt(this.#at)!);
    this.#at += c.length;
    switch (c) {
      case "(": {
        if (this.#take("?") && !this.#take(":")) throw new Unread();
        const inner = this.#choice();
        if (!this.#take(")")) throw new Unread();
        return inner;
      }
      case "[":
        return { is: "set", ranges: this.#set() };
      case ".":
        return { is: "set", ranges: invert([[10, 10]]) };
      case "^":
        return { is: "start" };
      case "$":
        return { is: "end" };
      case "*":
      case "+":
      case "?":
        throw new Unread();
      case "\\":
        return this.#escape();
      default:
        return { is: "set", ranges: one(c.codePointAt(0)!) };
    }
  }

  #escape(): Node {
    const c = this.text[this.#at++];
    if (c === "A") return { is: "start" };
    if (c === "z") return { is: "end" };
    if (c === "b") return { is: "word" };
    if (c === "B") return { is: "not-word" };
    return { is: "set", ranges: this.#escaped(c) };
  }

  #escaped(c: string | undefined): Ranges {
    if (c === undefined) throw new Unread();
    const known = CLASSES[c] ?? (ESCAPES[c] === undefined ? undefined : one(ESCAPES[c]));
    if (known !== undefined) return known;
    if (c === "x") {
      const hex = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(this.text.slice(this.#at, this.#at + 8));
      if (hex === null) throw new Unread();
      this.#at += hex[0].length;
      return one(Number.parseInt(hex[1] ?? hex[2]!, 16));
    }
    if (/[A-Za-z0-9]/.test(c) || c.charCodeAt(0) > 127) throw new Unread();
    return one(c.charCodeAt(0));
  }

  #set(): Ranges {
    const negated = this.#take("^");
    const ranges: (readonly [number, number])[] = [];
    for (let first = true; ; first = false) {
      const code = this.text.codePointAt(this.#at);
      if (code === undefined) throw new Unread();
      if (!first && this.#take("]")) break;
      if (this.text.startsWith("[:", this.#at)) throw new Unread();
      const low = this.#member();
      const from = low.length === 1 && low[0]![0] === low[0]![1] ? low[0]![0] : undefined;
      const dash = this.text[this.#at] === "-" && this.text[this.#at + 1] !== "]";
      if (!dash || from === undefined) {
        ranges.push(...low);
        continue;
      }
      this.#at++;
      const high = this.#member();
      if (high.length !== 1 || high[0]![0] !== high[0]![1] || high[0]![0] < from) throw new Unread();
      ranges.push([from, high[0]![0]]);
    }
    return negated ? invert(ranges) : ranges;
  }

  #member(): Ranges {
    const c = String.fromCodePoint(this.text.codePointAt(this.#at) ?? 0);
    this.#at += c.length;
    return c === "\\" ? this.#escaped(this.text[this.#at++]) : one(c.codePointAt(0)!);
  }

  #take(c: string): boolean {
    if (this.text[this.#at] !== c) return false;
    this.#at++;
    return true;
  }
}

const one = (code: number): Ranges => [[code, code]];

function invert(ranges: Ranges): Ranges {
  const result: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (from > next) result.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST) result.push([next, LAST]);
  return result;
}

type State =
  | { op: "accept" }
  | { op: "set"; ranges: Ranges; next: number }
  | { op: "split"; next: number; other: number }
  | { op: "start" | "end" | "word" | "not-word"; next: number };

/** Thompson's construction: all states a text can be in are followed at once. */
class Program {
  readonly #states: State[] = [];

  add(state: State): number {
    if (this.#states.length >= MOST_STATES) throw new Unread();
    return this.#states.push(state) - 1;
  }

  /** Adds the states of a node that go on to `next`, and gives the first. */
  compile(node: Node, next: number): number {
    switch (node.is) {
      case "set":
        return this.add({ op: "set", ranges: node.ranges, next });
      case "sequence":
        return node.parts.reduceRight((then, part) => this.compile(part, then), next);
      case "choice":
        return node.parts
          .map((part) => this.compile(part, next))
          .reduce((other, first) => this.add({ op: "split", next: first, other }));
      case "repeat":
        return this.#repeat(node, next);
      case "empty":
        return next;
      default:
        return this.add({ op: node.is, next });
    }
  }

  #repeat({ part, least, most }: Node & { is: "repeat" }, next: number): number {
    let entry = next;
    if (most === Number.POSITIVE_INFINITY) {
      const split: State = { op: "split", next: 0, other: next };
      entry = this.add(split);
      split.next = this.compile(part, entry);
    } else {
      for (let i = least; i < most; i++)
        entry = this.add({ op: "split", next: this.compile(part, entry), other: next });
    }
    for (let i = 0; i < least; i++) entry = this.compile(part, entry);
    return entry;
  }

  run(start: number, text: string): boolean | undefined {
    const marks = new Int32Array(this.#states.length).fill(-1);
    let current: number[] = [];
    let steps = 0;
    for (let at = 0; ; ) {
      const code = text.codePointAt(at);
      const before = at === 0 ? undefined : text.charCodeAt(at - 1);
      // A match may begin anywhere.
      current.push(start);
      const reached = this.#follow(current, marks, at, before, code);
      if (reached === undefined) return true;
      steps += reached.length + 1;
      if (steps > MOST_STEPS) return undefined;
      if (code === undefined) return false;
      current = [];
      for (const index of reached) {
        const state = this.#states[index]!;
        if (state.op === "set" && state.ranges.some(([from, to]) => code >= from && code <= to))
          current.push(state.next);
      }
      at += code > 0xffff ? 2 : 1;
    }
  }

  /** The sets that the given states lead to without reading on; undefined where one accepts. */
  #follow(
    from: number[],
    marks: Int32Array,
    at: number,
    before: number | undefined,
    after: number | undefined,
  ): number[] | undefined {
    const sets: number[] = [];
    const pending = from;
    while (pending.length > 0) {
      const index = pending.pop()!;
      if (marks[index] === at) continue;
      marks[index] = at;
      const state = this.#states[index]!;
      if (state.op === "accept") return undefined;
      if (state.op === "set") sets.push(index);
      else if (state.op === "split") pending.push(state.next, state.other);
      else if (holds(state.op, before, after)) pending.push(state.next);
    }
    return sets;
  }
}

function holds(
  op: "start" | "end" | "word" | "not-word",
  before: number | undefined,
  after: number | undefined,
): boolean {
  if (op === "start") return before === undefined;
  if (op === "end") return after === undefined;
  return (isWord(before) !== isWord(after)) === (op === "word");
}

const isWord = (code: number | undefined): boolean =>
  code !== undefined && WORD.some(([from, to]) => code >= from && code <= to);
