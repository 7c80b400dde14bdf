import type { Span } from "../source/span.js";
import type { Tape } from "./tape.js";
import type { YamlEntry, YamlNode, YamlStyle } from "./yaml-document.js";

/** The root of the document on a tape; undefined if there is none. */
export function tapeRoot(tape: Tape): YamlNode | undefined {
  return tape.length > 0 ? nodeAt(tape, 0) : undefined;
}

function nodeAt(tape: Tape, index: number): TapeNode {
  if (tape.kind(index) !== "alias") return new TapeNode(tape, index, undefined);
  const target = tape.target(index);
  return new TapeNode(tape, target, { start: tape.start(index), end: tape.end(index) });
}

class TapeNode implements YamlNode {
  readonly kind: "mapping" | "sequence" | "scalar";
  readonly style: YamlStyle;
  readonly span: Span;
  private cachedEntries: readonly YamlEntry[] | undefined;
  private cachedItems: readonly YamlNode[] | undefined;

  constructor(
    private readonly tape: Tape,
    private readonly index: number,
    readonly alias: Span | undefined,
  ) {
    const kind = tape.kind(index);
    this.kind = kind === "alias" ? "scalar" : kind;
    this.style = tape.style(index);
    this.span = { start: tape.start(index), end: tape.end(index) };
  }

  get value(): unknown {
    return this.tape.values[this.index];
  }

  entries(): readonly YamlEntry[] {
    this.cachedEntries ??= this.kind === "mapping" ? this.readEntries() : [];
    return this.cachedEntries;
  }

  items(): readonly YamlNode[] {
    this.cachedItems ??= this.kind === "sequence" ? this.readItems() : [];
    return this.cachedItems;
  }

  private readItems(): YamlNode[] {
    const { tape, index } = this;
    const items: YamlNode[] = [];
    for (let child = index + 1; child < tape.next(index); child = tape.next(child)) items.push(nodeAt(tape, child));
    return items;
  }

  /** Own entries in the order of the text, then merged ones; of entries of one name only the one that counts. */
  private readEntries(): YamlEntry[] {
    const { tape, index } = this;
    const own = new Map<string, YamlEntry>();
    const merged = new Map<string, YamlEntry>();
    for (let child = index + 1; child < tape.next(index); ) {
      const value = tape.next(child);
      const name = tape.names[child];
      if (name !== undefined) {
        own.delete(name);
        merged.delete(name);
        own.set(name, { name, key: nodeAt(tape, child), value: nodeAt(tape, value) });
      } else {
        for (const entry of mergedEntries(nodeAt(tape, value))) {
          // A merge overrides what stands before it, as the API server's decoder does it.
          own.delete(entry.name);
          merged.set(entry.name, entry);
        }
      }
      child = tape.next(value);
    }
    return [...own.values(), ...merged.values()];
  }
}

/** What `<<` brings; in a list, the first mapping that has a key wins. */
function mergedEntries(source: YamlNode): readonly YamlEntry[] {
  if (source.kind === "mapping") return source.entries();
  const byName = new Map<string, YamlEntry>();
  for (const item of source.items()) {
    for (const entry of item.entries()) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  }
  return [...byName.values()];
}
