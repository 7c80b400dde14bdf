const SLOTS = 2048;
/** Longer texts seldom repeat. */
const MAX_LENGTH = 32;

/**
 * Remembers short texts and what they mean, so that a key or value written a thousand times is sliced and resolved once
 * and is one string in memory. A newer text takes the slot of an older one; nothing is searched and nothing grows.
 */
export class InternTable<Value> {
  private readonly texts: string[] = new Array<string>(SLOTS).fill("");
  private readonly values: Value[];

  constructor(
    private readonly mean: (text: string) => Value,
    /** Whether the table outlives the text it slices from, and so has to copy. */
    private readonly keep: boolean,
  ) {
    // Every slot holds a text whose meaning is known, so that a hit needs no second check.
    this.values = new Array<Value>(SLOTS).fill(mean(""));
  }

  /** Forgets everything, and with it the text that slices keep alive. */
  clear(): void {
    this.texts.fill("");
    this.values.fill(this.mean(""));
  }

  /** What the text between two offsets means. `hash` may be anything that is equal for equal texts. */
  get(text: string, start: number, end: number, hash: number): Value {
    const length = end - start;
    if (length > MAX_LENGTH) return this.mean(text.slice(start, end));
    const slot = (hash ^ (hash >>> 13)) & (SLOTS - 1);
    const known = this.texts[slot]!;
    if (known.length === length) {
      let i = 0;
      while (i < length && known.charCodeAt(i) === text.charCodeAt(start + i)) i++;
      if (i === length) return this.values[slot]!;
    }
    let fresh = text.slice(start, end);
    // V8 copies slices below 13 characters anyway.
    if (this.keep && length > 12) fresh = copy(fresh);
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
