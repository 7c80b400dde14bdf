import { INDICATOR, isBreak, lineStartOf } from "./characters.js";
import { explainBlock, explainScalar } from "./mistakes/explain-block.js";
import { findGluedKeys } from "./mistakes/usual-mistakes.js";
import { FlowParser } from "./parse-flow.js";
import * as S from "./states.js";
import type { YamlStyle } from "./yaml-document.js";

/** Block collections: what a token means follows from its column and from what the innermost open collection waits for. */
export class BlockParser extends FlowParser {
  /** Properties that stand before a key on its own line. */
  private keyAnchor: string | undefined;
  private keyTag: string | undefined;

  /** Reads tokens up to the end of the document's content, which is left at the position. */
  protected parseBlock(): void {
    const { text } = this;
    for (;;) {
      this.skipToToken();
      const p = this.pos;
      if (p >= this.end) break;
      const column = p - this.lineStart;
      while (column < this.indent) this.close(this.lastEnd);
      const c = text.charCodeAt(p);
      if (column === 0) {
        if ((c === 0x2d || c === 0x2e) && this.isDocumentMarker(p)) break;
        // A directive ends the document before it.
        if (c === 0x25) break;
      }
      if (this.states[0] === S.DONE) break;
      if (c === 0x2d && this.isBlankOrEnd(p + 1)) this.dash(p, column);
      else {
        if (this.types[this.depth] === S.FLUSH_SEQ && this.states[this.depth] === S.AT_DASH) this.close(this.lastEnd);
        if (c === 0x3f && this.isBlankOrEnd(p + 1)) this.explicitKey(p, column);
        else if (c === 0x3a && this.isBlankOrEnd(p + 1)) this.explicitColon(p, column);
        else this.blockNode(p, column, c);
      }
    }
    while (this.depth > 0) this.close(this.lastEnd);
    if (this.states[0] === S.AT_ROOT) this.completeMissing();
  }

  protected forgetKeyProperties(): void {
    this.keyAnchor = this.keyTag = undefined;
  }

  private dash(p: number, column: number): void {
    if (!this.keyAllowed) throw this.blockMistake(p);
    let state = this.states[this.depth]!;
    if (column > this.indent) {
      if (state < S.AWAITS_NODE) throw this.blockMistake(p);
      this.open(S.BLOCK_SEQ, S.AT_DASH, column, p);
    } else if (this.types[this.depth] === S.BLOCK_MAP) {
      if (state !== S.AT_VALUE && state !== S.AT_EXPLICIT_KEY) throw this.blockMistake(p);
      this.open(S.FLUSH_SEQ, S.AT_DASH, column, p);
    }
    state = this.states[this.depth]!;
    if (state === S.AT_ITEM) this.completeMissing();
    this.states[this.depth] = S.AT_ITEM;
    this.pos = this.lastEnd = p + 1;
    this.keyAllowed = true;
  }

  /** Brings the mapping in whose column a key begins to the point where it takes one. */
  private openMapping(p: number, column: number): void {
    const state = this.states[this.depth]!;
    if (column > this.indent) {
      if (state < S.AWAITS_NODE) throw this.misplacedKey(p);
      this.open(S.BLOCK_MAP, S.AT_KEY, column, p);
      return;
    }
    if (state === S.AT_KEY) return;
    // The key is scanned already, and must outlast the nodes missing before it.
    const { scalarStart, scalarEnd, scalarText } = this;
    if (this.types[this.depth] === S.FLUSH_SEQ && state === S.AT_ITEM) this.close(this.lastEnd);
    if (this.types[this.depth] !== S.BLOCK_MAP) throw this.misplacedKey(p);
    if (this.states[this.depth] !== S.AT_KEY) this.completeMissing();
    this.scalarStart = scalarStart;
    this.scalarEnd = scalarEnd;
    this.scalarText = scalarText;
  }

  private misplacedKey(p: number): unknown {
    this.keyAllowed = true;
    return this.blockMistake(p);
  }

  private explicitKey(p: number, column: number): void {
    if (!this.keyAllowed) throw this.blockMistake(p);
    this.openMapping(p, column);
    this.states[this.depth] = S.AT_EXPLICIT_KEY;
    this.pos = this.lastEnd = p + 1;
    this.keyAllowed = true;
  }

  private explicitColon(p: number, column: number): void {
    if (!this.keyAllowed || column > this.indent) throw this.blockMistake(p);
    if (this.types[this.depth] === S.FLUSH_SEQ && this.states[this.depth] === S.AT_ITEM) this.close(this.lastEnd);
    const state = this.states[this.depth]!;
    if (state === S.AT_EXPLICIT_KEY) this.setEmptyKey(this.lastEnd);
    else if (state !== S.AT_COLON) throw this.blockMistake(p);
    this.states[this.depth] = S.AT_VALUE;
    this.pos = this.lastEnd = p + 1;
    this.keyAllowed = true;
  }

  /** A scalar, alias, bracket or property, with what follows on its line. */
  private blockNode(p: number, column: number, first: number): void {
    const mayBeKey = this.keyAllowed;
    // In the column of its mapping, nothing but a key may begin.
    const mustBeKey = mayBeKey && column === this.indent;
    const line = this.lineStart;
    const { text } = this;
    let c = first;
    let properties = false;
    let alias: string | undefined;
    let style: YamlStyle = "plain";
    if (c === 0x26 || c === 0x21) {
      this.scanKeyProperties();
      properties = true;
      const at = this.pos;
      c = at < this.end ? text.charCodeAt(at) : 0x0a;
      const colon = c === 0x3a && this.isBlankOrEnd(at + 1);
      if (colon) {
        if (!mayBeKey) throw this.blockMistake(at);
        this.emptyKey(p, column, at);
        return;
      }
      const rest = c === 0x23 || isBreak(c);
      if (rest || c === 0x26 || c === 0x21 || c === 0x2a) {
        if (mustBeKey) throw this.blockMistake(p);
        if (this.states[this.depth]! < S.AWAITS_NODE) throw this.blockMistake(p);
        this.takeKeyProperties(p);
        // More properties than a node can have: these belong to an empty one.
        if (!rest) this.completeMissing();
        return;
      }
    }
    const start = this.pos;
    if (c === 0x22 || c === 0x27) {
      style = c === 0x22 ? "double-quoted" : "single-quoted";
      this.scanQuoted(c);
      this.skipBlanks();
    } else if (c === 0x2a) {
      alias = this.scanName();
      this.scalarStart = start;
      this.scalarEnd = this.pos;
      this.crossedLine = false;
      this.skipBlanks();
    } else if (c === 0x5b || c === 0x7b) {
      if (mustBeKey || this.states[this.depth]! < S.AWAITS_NODE) throw this.blockMistake(p);
      if (properties) this.takeKeyProperties(p);
      this.blockFlow(line);
      return;
    } else if (c === 0x7c || c === 0x3e) {
      if (properties && mustBeKey) throw this.blockMistake(p);
      if (this.states[this.depth]! < S.AWAITS_NODE) throw this.blockMistake(p);
      if (properties) this.takeKeyProperties(p);
      this.scanBlockScalar();
      this.completeScalar(c === 0x7c ? "literal" : "folded");
      return;
    } else {
      // Before a blank, `-` `?` `:` are tokens of their own, which cannot stand here.
      if (
        c < 0x80 &&
        (INDICATOR[c] === 1 || c === 0x09) &&
        ((c !== 0x2d && c !== 0x3f && c !== 0x3a) || this.isBlankOrEnd(start + 1))
      ) {
        throw this.blockMistake(start);
      }
      this.scanPlain();
    }
    const colon = this.pos;
    if (
      mayBeKey &&
      !this.crossedLine &&
      colon < this.end &&
      text.charCodeAt(colon) === 0x3a &&
      this.isBlankOrEnd(colon + 1)
    ) {
      if (!this.fitsKey(p, colon)) throw this.longKey(p, colon);
      this.openMapping(p, column);
      if (alias === undefined) this.setKey(style, this.keyAnchor, this.keyTag);
      else this.setAliasKey(alias, start, this.scalarEnd);
      this.keyAnchor = this.keyTag = undefined;
      this.pos = this.lastEnd = colon + 1;
      this.keyAllowed = false;
      return;
    }
    if (mustBeKey || this.states[this.depth]! < S.AWAITS_NODE) throw this.nodeMistake(p, mustBeKey, line);
    if (properties) this.takeKeyProperties(p);
    if (alias !== undefined) {
      if (this.pendingStart >= 0) this.completeMissing();
      if (this.states[this.depth]! < S.AWAITS_NODE) throw this.blockMistake(start);
      this.completeAlias(alias, start, this.scalarEnd);
    } else {
      if (mayBeKey && style === "plain" && this.states[this.depth] === S.AT_VALUE) this.warnOfGluedKeys(start);
      this.completeScalar(style);
    }
  }

  /** A value that stands below its key and reads `key:value` was meant as a mapping. */
  private warnOfGluedKeys(start: number): void {
    const glued = findGluedKeys(this.text, start, this.scalarEnd);
    if (!glued) return;
    const { code, end, message, help } = glued;
    this.report(code, start, end, message, { help, severity: "warning" });
  }

  /** A flow collection as a block node, and what may follow it on its line. */
  private blockFlow(line: number): void {
    const start = this.pos;
    this.openFlow();
    this.parseFlow();
    this.skipBlanks();
    const p = this.pos;
    if (p >= this.end || this.text.charCodeAt(p) !== 0x3a || !this.isBlankOrEnd(p + 1)) return;
    if (line === this.lineStart) this.reportCollectionKey(start, this.lastEnd);
    throw this.blockMistake(p);
  }

  /** Reads the properties at the position, as far as one node can have them on one line. */
  private scanKeyProperties(): void {
    this.forgetKeyProperties();
    for (;;) {
      const c = this.pos < this.end ? this.text.charCodeAt(this.pos) : 0;
      if (c === 0x26 && this.keyAnchor === undefined) this.keyAnchor = this.scanName();
      else if (c === 0x21 && this.keyTag === undefined) this.keyTag = this.scanTag();
      else return;
      this.skipBlanks();
    }
  }

  /** The properties read belong to the node, together with those on lines above it. */
  private takeKeyProperties(p: number): void {
    const clash =
      (this.keyAnchor !== undefined && this.pendingAnchor !== undefined) ||
      (this.keyTag !== undefined && this.pendingTag !== undefined);
    if (clash) {
      const { keyAnchor, keyTag } = this;
      this.completeMissing();
      if (this.states[this.depth]! < S.AWAITS_NODE) throw this.blockMistake(p);
      this.keyAnchor = keyAnchor;
      this.keyTag = keyTag;
    }
    this.pendingAnchor ??= this.keyAnchor;
    this.pendingTag ??= this.keyTag;
    if (this.pendingStart < 0) this.pendingStart = p;
    this.keyAnchor = this.keyTag = undefined;
    this.lastEnd = Math.max(this.lastEnd, this.trimmedEnd(p, this.pos));
  }

  private trimmedEnd(start: number, end: number): number {
    while (end > start && (this.text.charCodeAt(end - 1) === 0x20 || this.text.charCodeAt(end - 1) === 0x09)) end--;
    return end;
  }

  /** `!!str : value`: a key that is nothing but properties. */
  private emptyKey(p: number, column: number, colon: number): void {
    const { keyAnchor, keyTag } = this;
    this.openMapping(p, column);
    this.scalarStart = this.scalarEnd = this.trimmedEnd(p, colon);
    this.scalarText = "";
    this.setKey("plain", keyAnchor, keyTag);
    this.keyAnchor = this.keyTag = undefined;
    this.pos = this.lastEnd = colon + 1;
    this.keyAllowed = false;
  }

  private longKey(start: number, colon: number): unknown {
    return this.broken("bad-key", start, colon, "A key is longer than the 1024 characters the API server reads", {
      help: 'Write "? " before it and put the colon on the next line',
    });
  }

  /** Reports a scalar where a key belongs, or nothing. To be thrown. */
  private nodeMistake(p: number, mustBeKey: boolean, line: number): unknown {
    return this.explained(explainScalar({ ...this.placeOf(p), lineStart: line }, mustBeKey));
  }

  /** Reports what is wrong with the token at `p`. To be thrown. */
  protected blockMistake(p: number): unknown {
    return this.explained(explainBlock({ ...this.placeOf(p), lineStart: lineStartOf(this.text, p) + this.base }));
  }
}
