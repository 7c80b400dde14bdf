import { ValueBuilder } from "./build-values.js";
import { codePoints, INDICATOR } from "./characters.js";
import { explainFlow } from "./mistakes/explain-flow.js";
import type { Mistake, Place } from "./mistakes/place.js";
import * as S from "./states.js";

/** Longest key without `?`, in characters up to its colon. */
export const MAX_KEY_LENGTH = 1024;

/** `[ ]` and `{ }`: indentation means nothing within. */
export class FlowParser extends ValueBuilder {
  /** Where the first property of the node to come stands if that could begin a key, and on which line. */
  private flowKeyStart = -1;
  private flowKeyLine = -1;

  /** Opens the collection whose bracket is at the position. */
  openFlow(): void {
    const p = this.pos;
    const isMap = this.text.charCodeAt(p) === 0x7b;
    this.open(isMap ? S.FLOW_MAP : S.FLOW_SEQ, isMap ? S.AT_FLOW_KEY : S.AT_FLOW_ITEM, this.indent, p);
    this.flowLevel++;
    this.pos = p + 1;
    this.lastEnd = p + 1;
    this.keyAllowed = true;
  }

  /** Reads tokens until the outermost flow collection is closed. */
  parseFlow(): void {
    while (this.flowLevel > 0) {
      this.skipToToken();
      const p = this.pos;
      if (p >= this.end) throw this.unclosedBracket(p);
      if (p === this.lineStart) {
        if (this.isDocumentMarker(p)) throw this.unclosedBracket(p);
        if (this.text.charCodeAt(p) === 0x25) throw this.flowMistake(p);
      }
      this.flowToken(p, this.text.charCodeAt(p));
    }
  }

  private flowToken(p: number, c: number): void {
    const state = this.states[this.depth]!;
    switch (c) {
      case 0x2c: // ,
        this.finishFlowNode(p);
        if (this.states[this.depth] !== S.AT_COMMA) throw this.flowMistake(p);
        this.states[this.depth] = this.types[this.depth] === S.FLOW_MAP ? S.AT_FLOW_KEY : S.AT_FLOW_ITEM;
        this.pos = this.lastEnd = p + 1;
        this.keyAllowed = true;
        return;
      case 0x5d: // ]
      case 0x7d: // }
        this.closeFlow(p, c === 0x5d ? S.FLOW_SEQ : S.FLOW_MAP);
        return;
      case 0x5b: // [
      case 0x7b: // {
        if (state < S.AWAITS_NODE && state !== S.AT_FLOW_KEY) throw this.flowMistake(p);
        this.openFlow();
        return;
      case 0x3f: // ?
        if (state === S.AT_FLOW_ITEM && this.pendingStart < 0) this.open(S.PAIR, S.AT_EXPLICIT_KEY, this.indent, p);
        else if (state === S.AT_FLOW_KEY && this.pendingStart < 0) this.states[this.depth] = S.AT_EXPLICIT_KEY;
        else throw this.flowMistake(p);
        this.pos = this.lastEnd = p + 1;
        this.keyAllowed = false;
        return;
      case 0x3a: // :
        this.flowColon(p, state);
        return;
      case 0x26: // &
      case 0x21: // !
        this.flowProperty(p, c, state);
        return;
      default:
        this.flowScalar(p, c, state);
    }
  }

  /** Before `,` or a closing bracket: what is still waited for is null. */
  private finishFlowNode(p: number): void {
    const state = this.states[this.depth]!;
    if (this.pendingStart >= 0 && state === S.AT_FLOW_KEY) {
      this.setEmptyKey(this.lastEnd);
      this.completeMissing();
    } else if (state === S.AT_EXPLICIT_KEY && this.pendingStart < 0) throw this.flowMistake(p);
    else if (state >= S.AWAITS_NODE || state === S.AT_COLON) this.completeMissing();
    // A pair closes with its value; what was missing may have been its key.
    if (this.states[this.depth] === S.AT_COLON) this.completeMissing();
  }

  private closeFlow(p: number, type: number): void {
    if (this.states[this.depth] !== S.AT_FLOW_ITEM || this.pendingStart >= 0) this.finishFlowNode(p);
    if (this.types[this.depth] !== type) throw this.flowMistake(p);
    this.flowLevel--;
    this.pos = p + 1;
    this.keyAllowed = false;
    this.close(p + 1);
  }

  private flowColon(p: number, state: number): void {
    const { pendingStart } = this;
    if (state === S.AT_COLON) this.states[this.depth] = S.AT_VALUE;
    else if (
      pendingStart >= 0 &&
      (state === S.AT_FLOW_KEY || state === S.AT_FLOW_ITEM) &&
      this.flowKeyLine === this.lineStart
    ) {
      if (state === S.AT_FLOW_ITEM) this.openPair(this.flowKeyStart);
      this.setEmptyKey(this.lastEnd);
    } else throw this.flowMistake(p);
    this.pos = this.lastEnd = p + 1;
    this.keyAllowed = false;
  }

  /** Opens a pair whose key has the pending properties. */
  private openPair(start: number): void {
    const { pendingAnchor, pendingTag, pendingStart } = this;
    this.clearPending();
    this.open(S.PAIR, S.AT_VALUE, this.indent, start);
    this.pendingAnchor = pendingAnchor;
    this.pendingTag = pendingTag;
    this.pendingStart = pendingStart;
  }

  private flowProperty(p: number, c: number, state: number): void {
    if (state < S.AWAITS_NODE && state !== S.AT_FLOW_KEY) throw this.flowMistake(p);
    if (c === 0x26 ? this.pendingAnchor !== undefined : this.pendingTag !== undefined) throw this.flowMistake(p);
    if (this.pendingStart < 0) {
      this.pendingStart = p;
      this.flowKeyStart = this.keyAllowed ? p : -1;
      this.flowKeyLine = this.lineStart;
    }
    if (c === 0x26) this.pendingAnchor = this.scanName();
    else this.pendingTag = this.scanTag();
    this.lastEnd = this.pos;
  }

  private flowScalar(p: number, c: number, state: number): void {
    if (state < S.AWAITS_NODE && state !== S.AT_FLOW_KEY) throw this.flowMistake(p);
    const properties = this.pendingStart >= 0;
    const keyStart = properties ? this.flowKeyStart : this.keyAllowed ? p : -1;
    const keyLine = properties ? this.flowKeyLine : this.lineStart;
    let alias: string | undefined;
    let style: "plain" | "single-quoted" | "double-quoted" = "plain";
    if (c === 0x2a) {
      if (properties) throw this.flowMistake(p);
      alias = this.scanName();
      this.scalarStart = p;
      this.scalarEnd = this.pos;
    } else if (c === 0x22 || c === 0x27) {
      style = c === 0x22 ? "double-quoted" : "single-quoted";
      this.scanQuoted(c);
    } else {
      // A dash before a blank is that of a block sequence.
      if (c < 0x80 && INDICATOR[c] === 1 && (c !== 0x2d || this.isBlankOrEnd(p + 1))) throw this.flowMistake(p);
      if (c === 0x09) throw this.flowMistake(p);
      this.scanPlain();
    }
    let colon = this.pos;
    while (colon < this.end && (this.text.charCodeAt(colon) === 0x20 || this.text.charCodeAt(colon) === 0x09)) colon++;
    const isKey =
      keyStart >= 0 &&
      this.text.charCodeAt(colon) === 0x3a &&
      colon < this.end &&
      keyLine === this.lineStart &&
      this.fitsKey(keyStart, colon);
    if (state === S.AT_FLOW_KEY || (isKey && state === S.AT_FLOW_ITEM)) {
      if (state === S.AT_FLOW_ITEM) this.openPair(keyStart);
      const { pendingAnchor, pendingTag } = this;
      if (properties) this.clearPending();
      if (alias !== undefined) this.setAliasKey(alias, p, this.scalarEnd);
      else this.setKey(style, pendingAnchor, pendingTag);
      if (isKey) {
        this.pos = this.lastEnd = colon + 1;
        this.keyAllowed = false;
      } else this.completeMissing();
    } else if (alias !== undefined) this.completeAlias(alias, p, this.scalarEnd);
    else this.completeScalar(style);
  }

  /** Whether a key that begins at `start` and whose colon is at `colon` is short enough to do without `?`. */
  fitsKey(start: number, colon: number): boolean {
    // Characters outside the basic plane are two UTF-16 units.
    return (
      colon - start <= MAX_KEY_LENGTH ||
      (colon - start <= 2 * MAX_KEY_LENGTH && codePoints(this.text, start, colon) <= MAX_KEY_LENGTH)
    );
  }

  /** The offset of the innermost bracket that is open. */
  openBracket(): number {
    let d = this.depth;
    while (d > 0 && this.types[d] !== S.FLOW_SEQ && this.types[d] !== S.FLOW_MAP) d--;
    return this.starts[d]!;
  }

  protected unclosedBracket(_noticed: number): unknown {
    const start = this.openBracket();
    const open = this.text[start];
    return this.broken("unclosed-bracket", start, start + 1, `The "${open}" opened here is never closed`, {
      help: `Close it with "${open === "[" ? "]" : "}"}"`,
    });
  }

  /** Reports what is wrong with the token at `p`. To be thrown. */
  protected flowMistake(p: number): unknown {
    return this.explained(explainFlow(this.placeOf(p), this.openBracket()));
  }

  protected explained({ code, start, end, message, help, related }: Mistake): unknown {
    return this.broken(code, start, end, message, { help, related });
  }

  protected placeOf(at: number): Place {
    return {
      text: this.text,
      at,
      end: this.end,
      lineStart: this.lineStart,
      indent: this.indent,
      type: this.types[this.depth]!,
      state: this.states[this.depth]!,
      keyAllowed: this.keyAllowed,
      lastEnd: this.lastEnd,
      scalar: { start: this.scalarStart, end: this.scalarEnd },
      longQuote: { start: this.longQuoteStart, end: this.longQuoteEnd },
    };
  }
}
