const SLOTS = 2048;
/** V8 copies slices up to this length; a longer one keeps the whole text alive that it is a slice of. */
const LONGEST_COPIED = 12;
/** Longer texts seldom repeat. */
const LONGEST_KEPT = 32;

/**
 * Remembers short texts and what they mean, so that a key or value written a thousand times is sliced and resolved once
 * and is one string in memory. A newer text takes the slot of an older one; nothing is searched and nothing grows.
 */
export class InternTable<Value> {
  private readonly texts: string[] = new Array<string>(SLOTS).fill("");
  private readonly values: Value[];
  private readonly longest: number;

  constructor(
    private readonly mean: (text: string) => Value,
    /** Whether longer texts are worth a copy. The table outlives the texts it slices from, and may not keep them alive. */
    keep: boolean,
  ) {
    this.longest = keep ? LONGEST_KEPT : LONGEST_COPIED;
    // Every slot holds a text whose meaning is known, so that a hit needs no second check.
    this.values = new Array<Value>(SLOTS).fill(mean(""));
  }

  /** What the text between two offsets means. `hash` may be anything that is equal for equal texts. */
  get(text: string, start: number, end: number, hash: number): Value {
    const length = end - start;
    if (length > this.longest) return this.mean(text.slice(start, end));
    const slot = (hash ^ (hash >>> 13)) & (SLOTS - 1);
    const known = this.texts[slot]!;
    if (known.length === length) {
      let i = 0;
      while (i < length && known.charCodeAt(i) === text.charCodeAt(start + i)) i++;
      if (i === length) return this.values[slot]!;
    }
    const slice = text.slice(start, end);
    const fresh = length > LONGEST_COPIED ? copy(slice) : slice;
    const value = this.mean(fresh);
    this.texts[slot] = fresh;
    this.values[slot] = value;
    return value;
  }
}

/** The same text as a property name, which V8 stores apart from the (possibly large) text it was sliced from. */
function copy(slice: string): string {
  return Object.keys({ [slice]: 0 })[0]!;
}
