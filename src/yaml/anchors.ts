import type { Span } from "../source/span.js";
import { PropertyScanner } from "./scan-properties.js";

/** What the decoder of the API server goes down to: https://pkg.go.dev/encoding/json counts the same. */
export const MAX_DEPTH = 10_000;

export interface Anchor {
  value: unknown;
  /** The nodes the API server's decoder visits for it, aliases within followed. */
  weight: number;
  /** Levels of nesting within. */
  height: number;
  node: number;
  /** Whether its content is still being read. */
  open: boolean;
}

/** The anchors of a document, and how much their aliases repeat. */
export class AnchorTable extends PropertyScanner {
  /** How many collections are open. */
  depth = 0;
  private anchors: Map<string, Anchor> | undefined;
  /** Nodes the API server's decoder would have visited so far, and how many of them through aliases. */
  protected decoded = 0;
  private aliased = 0;
  private lastAlias: Span = { start: 0, end: 0 };

  protected resetAnchors(): void {
    this.anchors = undefined;
    this.decoded = 1;
    this.aliased = 0;
  }

  protected defineAnchor(name: string, value: unknown, node: number): Anchor {
    const anchor = { value, weight: 1, height: 0, node, open: true };
    this.anchors ??= new Map();
    this.anchors.set(name, anchor);
    return anchor;
  }

  protected findAnchor(name: string, start: number, end: number): Anchor | undefined {
    this.lastAlias = { start, end };
    this.visit(1);
    const anchor = this.anchors?.get(name);
    if (!anchor) {
      this.report("unknown-anchor", start, end, `No anchor "&${name}" stands above this alias in the document`, {
        help: this.anchors?.size
          ? "Define the anchor first; anchors do not reach into the next document"
          : `Quote the value if the "*" belongs to it`,
      });
      return undefined;
    }
    if (anchor.open) {
      this.report("excessive-aliasing", start, end, `The alias "*${name}" stands within the value it refers to`);
      return undefined;
    }
    if (this.aliased > Number.MAX_SAFE_INTEGER) return undefined;
    this.aliased += anchor.weight;
    this.visit(anchor.weight);
    if (this.aliased > Number.MAX_SAFE_INTEGER) return undefined;
    if (this.depth + anchor.height > MAX_DEPTH) {
      this.report("too-deep", start, end, `Nesting goes deeper than the ${MAX_DEPTH} levels the API server reads`);
      return undefined;
    }
    return anchor;
  }

  /**
   * Counts nodes as the API server's decoder visits them. It refuses a text of which too much comes through aliases:
   * more than 99 % (10 % of more than 4 million).
   */
  protected visit(count: number): void {
    this.decoded += count;
    if (this.aliased > 100 && this.decoded > 1000) this.checkAliasing();
  }

  protected checkAliasing(): void {
    const allowed = 0.99 - 0.89 * Math.min(1, Math.max(0, (this.decoded - 400_000) / 3_600_000));
    if (this.aliased / this.decoded <= allowed || this.aliased > Number.MAX_SAFE_INTEGER) return;
    this.aliased = Number.POSITIVE_INFINITY;
    this.report(
      "excessive-aliasing",
      this.lastAlias.start,
      this.lastAlias.end,
      "Aliases repeat so much content that the API server refuses the text",
      {
        help: "Write the repeated content out, or split it into several objects",
      },
    );
  }
}
