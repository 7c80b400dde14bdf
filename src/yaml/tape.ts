import type { YamlStyle } from "./yaml-document.js";

const CELLS = 5;
const KIND = 0;
const START = 1;
const END = 2;
/** Index of the node that follows the subtree. */
const NEXT = 3;
/** Of an alias, the anchored node. */
const TARGET = 4;

const KINDS = ["scalar", "mapping", "sequence", "alias"] as const;
export type TapeKind = (typeof KINDS)[number];
const STYLES: readonly YamlStyle[] = ["plain", "single-quoted", "double-quoted", "literal", "folded", "block", "flow"];

/**
 * The nodes of one document in the order of the text, five integers a node: kind and style, start, end, the index after
 * the subtree, the target of an alias. A mapping is followed by key, value, key, value ... A tape is only written when
 * someone asks for nodes: the document is read again for it, which costs less than keeping tapes of what nobody asks for.
 */
export class Tape {
  private cells = new Int32Array(64 * CELLS);
  /** By node: what it decodes to. */
  readonly values: unknown[] = [];
  /** By node: the name of a key; undefined for `<<` and for everything that is no key. */
  readonly names: (string | undefined)[] = [];
  length = 0;

  add(kind: TapeKind, style: YamlStyle, start: number, end: number, value: unknown): number {
    const index = this.length++;
    if (this.length * CELLS > this.cells.length) {
      const larger = new Int32Array(this.cells.length * 2);
      larger.set(this.cells);
      this.cells = larger;
    }
    const at = index * CELLS;
    this.cells[at + KIND] = KINDS.indexOf(kind) | (STYLES.indexOf(style) << 4);
    this.cells[at + START] = start;
    this.cells[at + END] = end;
    this.cells[at + NEXT] = index + 1;
    this.cells[at + TARGET] = -1;
    this.values[index] = value;
    this.names[index] = undefined;
    return index;
  }

  close(index: number, end: number): void {
    this.cells[index * CELLS + END] = end;
    this.cells[index * CELLS + NEXT] = this.length;
  }

  pointTo(index: number, target: number): void {
    this.cells[index * CELLS + TARGET] = target;
  }

  /** Forgets a node and what came after it. */
  truncate(length: number): void {
    this.length = length;
    this.values.length = length;
    this.names.length = length;
  }

  kind(index: number): TapeKind {
    return KINDS[this.cells[index * CELLS]! & 15]!;
  }
  style(index: number): YamlStyle {
    return STYLES[this.cells[index * CELLS]! >> 4]!;
  }
  start(index: number): number {
    return this.cells[index * CELLS + START]!;
  }
  end(index: number): number {
    return this.cells[index * CELLS + END]!;
  }
  next(index: number): number {
    return this.cells[index * CELLS + NEXT]!;
  }
  target(index: number): number {
    return this.cells[index * CELLS + TARGET]!;
  }
}
