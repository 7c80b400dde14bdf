import type { Span } from "../source/span.js";
import { AnchorTable } from "./anchors.js";
import type { KeyName } from "./resolve-scalar.js";

/** Mappings larger than this find their duplicate keys by hash. */
const FEW_KEYS = 16;

/** Mappings with keys that are no strings, and what tells those keys from strings of the same name. */
const oddKeys = new WeakMap<object, Map<string, string>>();

/** The keys of the open mappings, to find those given twice. */
export class MappingKeys extends AnchorTable {
  /** By depth, the mapping or sequence that is open. */
  protected containers: unknown[] = [];
  /** By depth, where its keys begin in `keyIds`. */
  protected keyBases = new Int32Array(64);
  /** By depth, the keys of large mappings. */
  private keySets: (Map<string, number> | undefined)[] = [];
  /** The keys of all open mappings, innermost last, and where each first stands. */
  private keyIds: string[] = [];
  private keyStarts = new Int32Array(256);
  private keyTop = 0;

  protected resetKeys(): void {
    this.keyTop = 0;
    this.keyIds.length = 0;
    this.containers.length = 0;
    this.keySets.length = 0;
  }

  protected beginKeys(d: number): void {
    this.keyBases[d] = this.keyTop;
    this.keySets[d] = undefined;
  }

  protected forgetKeys(d: number): void {
    this.keyTop = this.keyBases[d]!;
    this.keySets[d] = undefined;
  }

  /** What tells a key of a mapping from others of the same name. */
  protected identityIn(mapping: object, name: string): string {
    return oddKeys.get(mapping)?.get(name) ?? name;
  }

  protected noteOddKey(d: number, key: KeyName): void {
    const map = this.containers[d] as object;
    const odd = oddKeys.get(map) ?? new Map<string, string>();
    odd.set(key.name, key.identity);
    oddKeys.set(map, odd);
  }

  /** Remembers a key of the mapping at `d` and reports it where the mapping has it already. */
  protected noteKey(d: number, identity: string, start: number, end: number, name: string, merge: number): void {
    let first = -1;
    const set = this.keySets[d];
    if (set) {
      first = set.get(identity) ?? -1;
      if (first < 0) set.set(identity, start);
    } else {
      const base = this.keyBases[d]!;
      const top = this.keyTop;
      const { keyIds } = this;
      for (let i = base; i < top; i++) {
        if (keyIds[i] === identity) {
          first = this.keyStarts[i]!;
          break;
        }
      }
      if (first < 0) this.pushKey(d, identity, start, base, top);
    }
    if (first >= 0) this.reportDuplicate(name, start, end, first, merge);
  }

  private pushKey(d: number, identity: string, start: number, base: number, top: number): void {
    if (top === this.keyStarts.length) this.keyStarts = grown(this.keyStarts, new Int32Array(top * 2));
    this.keyIds[top] = identity;
    this.keyStarts[top] = start;
    this.keyTop = top + 1;
    if (top - base < FEW_KEYS) return;
    const set = new Map<string, number>();
    for (let i = base; i <= top; i++) set.set(this.keyIds[i]!, this.keyStarts[i]!);
    this.keySets[d] = set;
    this.keyTop = base;
  }

  private reportDuplicate(name: string, start: number, end: number, first: number, merge: number): void {
    if (this.problemsFull) return;
    const firstSpan = this.keySpan(first, name);
    if (merge >= 0 || this.text.charCodeAt(first) === 0x2a) {
      this.report(
        "merge-override",
        start,
        this.underlineEnd(start, end),
        `Key "${name}" is both given here and merged by "<<"`,
        {
          help: "Strict validation by the API server refuses it, kubectl lets it pass; write the merged keys out to be safe",
          related: [{ span: firstSpan, note: "also given here" }],
        },
      );
      return;
    }
    this.report("duplicate-key", start, this.underlineEnd(start, end), `Key "${name}" is given twice in one mapping`, {
      help: "Remove one of the two, or merge their contents; where duplicates are let pass, the last one counts",
      related: [{ span: firstSpan, note: "first given here" }],
    });
  }

  /** The span of the key, or alias, that begins at `start`. */
  private keySpan(start: number, name: string): Span {
    const { text } = this;
    if (text.startsWith(name, start)) return { start, end: start + name.length };
    const c = text[start];
    const line = this.underlineEnd(start, this.end);
    if (c === '"' || c === "'") {
      const close = text.indexOf(c, start + 1);
      return { start, end: close < 0 || close > line ? line : close + 1 };
    }
    const stop = /[\s:,\]}]/g;
    stop.lastIndex = start + 1;
    const found = stop.exec(text);
    return { start, end: Math.min(found?.index ?? line, line) };
  }

  /** A mapping or sequence as key. */
  protected reportCollectionKey(start: number, end: number): void {
    const { text } = this;
    if (
      text.charCodeAt(start) === 0x7b &&
      (text.charCodeAt(start - 1) === 0x7b || text.charCodeAt(start + 1) === 0x7b)
    ) {
      const from = text.charCodeAt(start - 1) === 0x7b ? start - 1 : start;
      const line = this.underlineEnd(from, this.end);
      const close = text.slice(from, line).indexOf("}}");
      this.report(
        "template-placeholder",
        from,
        close >= 0 ? from + close + 2 : Math.min(end, line),
        `A value that begins with "{{" is a mapping to YAML, not a placeholder`,
        {
          help: "Render the template first, or quote the placeholder",
        },
      );
      return;
    }
    const kind = text.charCodeAt(start) === 0x5b || text.charCodeAt(start) === 0x2d ? "sequence" : "mapping";
    this.report(
      "bad-key",
      start,
      this.underlineEnd(start, end),
      `A ${kind} stands where a key belongs; the keys of Kubernetes objects are strings`,
    );
  }
}

/** A copy of a typed array in a larger one. */
export function grown<A extends Uint8Array | Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
