import { type Anchor, MAX_DEPTH } from "./anchors.js";
import { InternTable } from "./intern-table.js";
import { grown, MappingKeys } from "./mapping-keys.js";
import { nameKey, resolvePlain, resolveTagged, type ScalarValue } from "./resolve-scalar.js";
import * as S from "./states.js";
import type { Tape } from "./tape.js";
import type { YamlStyle } from "./yaml-document.js";

/** The key `<<`. */
const MERGE = Symbol("<<");

/** For keys and plain values. Keys are the same few hundred everywhere, so theirs outlives the file. */
const KEY_NAMES = new InternTable<string | undefined>(
  (text) => (typeof resolvePlain(text) === "string" ? text : undefined),
  true,
);

/** Puts values together as their parts are read: the stack of open collections, keys, merges, anchors. */
export class ValueBuilder extends MappingKeys {
  /** Keeps integers beyond 2^53 as bigint. */
  exactIntegers = false;
  tape: Tape | undefined;
  root: unknown;
  sawBigInteger = false;
  /** End of the last token that counts. */
  lastEnd = 0;
  /** Properties read for the node to come. */
  pendingAnchor: string | undefined;
  pendingTag: string | undefined;
  pendingStart = -1;

  types = new Uint8Array(64);
  states = new Uint8Array(64);
  indents = new Int32Array(64);
  starts = new Int32Array(64);
  private heights = new Int32Array(64);
  private nodes = new Int32Array(64);
  private keyNodes = new Int32Array(64);
  private weightsBefore = new Float64Array(64);
  private keys: (string | typeof MERGE | undefined)[] = [];
  private anchorsOpen: (Anchor | undefined)[] = [];

  private readonly plainValues = new InternTable<ScalarValue>(resolvePlain, false);

  protected resetValues(): void {
    this.root = undefined;
    this.sawBigInteger = false;
    this.depth = 0;
    this.types[0] = S.ROOT;
    this.states[0] = S.AT_ROOT;
    this.indents[0] = this.indent = -1;
    this.flowLevel = 0;
    this.pendingAnchor = this.pendingTag = undefined;
    this.pendingStart = -1;
    this.tagHandles = undefined;
    this.resetAnchors();
    this.resetKeys();
    this.keys.length = 0;
    this.anchorsOpen.length = 0;
  }

  /** Opens a collection, with the pending properties, as the node the innermost open one waits for. */
  open(type: number, state: number, indent: number, start: number): void {
    const d = ++this.depth;
    if (d > MAX_DEPTH) {
      this.depth--;
      this.abandoned = true;
      throw this.broken(
        "too-deep",
        start,
        start + 1,
        `Nesting goes deeper than the ${MAX_DEPTH} levels the API server reads`,
      );
    }
    if (d >= this.types.length) this.growStack();
    this.types[d] = type;
    this.states[d] = state;
    this.indents[d] = this.indent = indent;
    this.starts[d] = start;
    this.heights[d] = 1;
    this.weightsBefore[d] = this.decoded;
    this.visit(1);
    const isMap = type === S.BLOCK_MAP || type === S.FLOW_MAP || type === S.PAIR;
    const value = isMap ? {} : [];
    this.containers[d] = value;
    this.keys[d] = undefined;
    this.beginKeys(d);
    if (this.tape) {
      const style = type === S.FLOW_SEQ || type === S.FLOW_MAP || type === S.PAIR ? "flow" : "block";
      this.nodes[d] = this.tape.add(isMap ? "mapping" : "sequence", style, start, start, value);
    }
    this.anchorsOpen[d] =
      this.pendingAnchor === undefined ? undefined : this.defineAnchor(this.pendingAnchor, value, this.nodes[d]!);
    this.clearPending();
  }

  /** Set when no more of the document is worth reading. */
  abandoned = false;

  /** Closes the innermost collection at `end` and hands it to the one around it. */
  close(end: number): void {
    const d = this.depth;
    if (this.states[d]! >= S.AWAITS_NODE || this.states[d] === S.AT_COLON) this.completeMissing();
    const value = this.containers[d];
    this.containers[d] = undefined;
    if (this.tape) this.tape.close(this.nodes[d]!, end);
    const anchor = this.anchorsOpen[d];
    const height = this.heights[d]!;
    if (anchor) {
      anchor.weight = this.decoded - this.weightsBefore[d]!;
      anchor.height = height;
      anchor.open = false;
    }
    this.forgetKeys(d);
    this.depth = d - 1;
    this.indent = this.indents[d - 1]!;
    this.complete(value, false, this.starts[d]!, end, height, this.nodes[d]!);
  }

  /** Gives the node that was waited for but is not there: null, or what its pending properties make of nothing. */
  completeMissing(): void {
    const d = this.depth;
    if (this.states[d] === S.AT_COLON) {
      this.states[d] = S.AT_VALUE;
    } else if (this.states[d] === S.AT_FLOW_ITEM || this.states[d] === S.AT_ROOT) {
      if (this.pendingStart < 0) return;
    }
    if (this.states[d] === S.AT_EXPLICIT_KEY) {
      this.setEmptyKey(this.lastEnd);
      this.completeMissing();
      return;
    }
    this.scalarStart = this.scalarEnd = this.lastEnd;
    this.scalarText = "";
    this.completeScalar("plain");
  }

  /** Takes the scanned scalar, with the pending properties, as the node that is waited for. */
  completeScalar(style: YamlStyle): void {
    if (this.states[this.depth] === S.AT_EXPLICIT_KEY) {
      const { pendingAnchor, pendingTag } = this;
      this.clearPending();
      this.setKey(style, pendingAnchor, pendingTag);
      this.states[this.depth] = S.AT_COLON;
      return;
    }
    const value = this.scalarValue(style, this.pendingTag);
    this.visit(1);
    const node = this.tape ? this.tape.add("scalar", style, this.scalarStart, this.scalarEnd, value) : -1;
    if (this.pendingStart >= 0) {
      if (this.pendingAnchor !== undefined) this.defineAnchor(this.pendingAnchor, value, node).open = false;
      this.clearPending();
    }
    this.complete(value, false, this.scalarStart, this.scalarEnd, 0, node);
  }

  /** Takes `*name` as the node that is waited for. */
  completeAlias(name: string, start: number, end: number): void {
    if (this.states[this.depth] === S.AT_EXPLICIT_KEY) {
      this.setAliasKey(name, start, end);
      this.states[this.depth] = S.AT_COLON;
      return;
    }
    const anchor = this.findAnchor(name, start, end);
    const value = anchor?.value ?? null;
    let node = -1;
    if (this.tape) {
      node = this.tape.add(anchor ? "alias" : "scalar", "plain", start, end, value);
      if (anchor) this.tape.pointTo(node, anchor.node);
    }
    this.complete(value, true, start, end, anchor?.height ?? 0, node);
  }

  private complete(value: unknown, alias: boolean, start: number, end: number, height: number, node: number): void {
    const d = this.depth;
    if (end > this.lastEnd) this.lastEnd = end;
    if (height >= this.heights[d]!) this.heights[d] = height + 1;
    switch (this.states[d]) {
      case S.AT_VALUE: {
        this.put(d, value, alias, start, end);
        this.states[d] = this.types[d] === S.BLOCK_MAP ? S.AT_KEY : S.AT_COMMA;
        if (this.types[d] === S.PAIR) this.close(end);
        break;
      }
      case S.AT_ITEM:
        (this.containers[d] as unknown[]).push(value);
        this.states[d] = S.AT_DASH;
        break;
      case S.AT_FLOW_ITEM:
        (this.containers[d] as unknown[]).push(value);
        this.states[d] = S.AT_COMMA;
        break;
      case S.AT_ROOT:
        this.root = value;
        this.states[d] = S.DONE;
        break;
      // Scalars and aliases that are keys never come here.
      case S.AT_FLOW_KEY:
      case S.AT_EXPLICIT_KEY:
        this.reportCollectionKey(start, end);
        this.keys[d] = undefined;
        this.keyNodes[d] = node;
        this.states[d] = S.AT_COLON;
        break;
    }
  }

  /** Takes the scanned scalar as the key of the innermost mapping, which then waits for its value. */
  setKey(style: YamlStyle, anchor: string | undefined, tag: string | undefined): void {
    const d = this.depth;
    const start = this.scalarStart;
    const end = this.scalarEnd;
    this.states[d] = S.AT_VALUE;
    this.lastEnd = end;
    this.visit(1);
    let name: string | undefined;
    if (style === "plain" && tag === undefined && this.scalarText === undefined) {
      name = KEY_NAMES.get(this.text, start, end, this.scalarHash);
    } else if (style !== "plain" && tag === undefined) name = this.scalarText!;
    if (name !== undefined && (name !== "<<" || style !== "plain")) {
      this.noteKey(d, name, start, end, name, -1);
      this.keys[d] = name;
      if (anchor !== undefined || this.tape) this.recordKey(d, style, anchor, name, name);
      return;
    }
    const content = this.scalarContent();
    if (
      content === "<<" &&
      (tag === "!" || tag === "tag:yaml.org,2002:merge" || (tag === undefined && style === "plain"))
    ) {
      this.decoded--;
      this.keys[d] = MERGE;
      this.recordKey(d, style, anchor, "<<", undefined);
      return;
    }
    const value = this.scalarValue(style, tag, true);
    this.setKeyOf(value, start, end, tag?.endsWith(":float") ?? false);
    const key = this.keys[d];
    this.recordKey(d, style, anchor, value, typeof key === "string" ? key : undefined);
  }

  /** Takes a decoded value as key. */
  protected setKeyOf(value: ScalarValue, start: number, end: number, float = false): void {
    const d = this.depth;
    const text = this.text.charCodeAt(start) === 0x2a ? String(value) : this.scalarContent();
    const key = nameKey(value, text, float);
    this.keys[d] = key?.name;
    if (!key) {
      const what = value === null ? "Null" : "An integer of 2^63 or more";
      this.report(
        "bad-key",
        start,
        Math.max(end, start),
        `${what} stands where a key belongs; the API server refuses it`,
        { help: "Quote the key" },
      );
      return;
    }
    if (key.identity !== key.name) this.noteOddKey(d, key);
    this.noteKey(d, key.identity, start, end, key.name, -1);
  }

  /** Takes `*name` as the key of the innermost mapping. */
  setAliasKey(name: string, start: number, end: number): void {
    const d = this.depth;
    const anchor = this.findAnchor(name, start, end);
    this.states[d] = S.AT_VALUE;
    this.lastEnd = end;
    this.keys[d] = undefined;
    const value = anchor?.value;
    if (anchor && typeof value === "object" && value !== null) this.reportCollectionKey(start, end);
    else if (anchor) this.setKeyOf(value as ScalarValue, start, end);
    if (!this.tape) return;
    const key = this.keys[d];
    const node = this.tape.add(anchor ? "alias" : "scalar", "plain", start, end, value);
    this.keyNodes[d] = node;
    if (anchor) this.tape.pointTo(node, anchor.node);
    this.tape.names[node] = typeof key === "string" ? key : undefined;
  }

  /** Takes nothing, or what its properties make of nothing, as the key of the innermost mapping. */
  setEmptyKey(end: number): void {
    this.scalarStart = this.scalarEnd = end;
    this.scalarText = "";
    const { pendingAnchor, pendingTag } = this;
    this.clearPending();
    this.setKey("plain", pendingAnchor, pendingTag);
  }

  private recordKey(
    d: number,
    style: YamlStyle,
    anchor: string | undefined,
    value: unknown,
    name: string | undefined,
  ): void {
    let node = -1;
    if (this.tape) {
      node = this.keyNodes[d] = this.tape.add("scalar", style, this.scalarStart, this.scalarEnd, value);
      this.tape.names[node] = name;
    }
    if (anchor !== undefined) this.defineAnchor(anchor, value, node).open = false;
  }

  /** The value of the scanned scalar. */
  private scalarValue(style: YamlStyle, tag: string | undefined, key = false): ScalarValue {
    if (style !== "plain" && tag === undefined) return this.scalarText!;
    let value: ScalarValue | undefined;
    if (tag === undefined) {
      value =
        this.scalarText === undefined
          ? this.plainValues.get(this.text, this.scalarStart, this.scalarEnd, this.scalarHash)
          : resolvePlain(this.scalarText);
    } else {
      const content = this.scalarContent();
      value = resolveTagged(tag, content);
      if (value === undefined) {
        const name = `!!${tag.slice(tag.lastIndexOf(":") + 1)}`;
        this.report(
          "bad-tag",
          this.scalarStart,
          this.scalarEnd,
          `The value is tagged ${name}, but is written as something else`,
          {
            help: `Remove the tag, or write the value as ${name} takes it`,
          },
        );
        return content;
      }
    }
    if (typeof value === "bigint" && !key) {
      this.sawBigInteger = true;
      return this.exactIntegers ? value : Number(value);
    }
    if (typeof value === "number" && !key && !Number.isFinite(value)) {
      this.report(
        "not-finite",
        this.scalarStart,
        this.scalarEnd,
        "JSON, and so the API server, has no number for infinity or NaN",
        {
          help: "Quote the value if it is text",
        },
      );
      return null;
    }
    return value;
  }

  private put(d: number, value: unknown, alias: boolean, start: number, end: number): void {
    const name = this.keys[d];
    if (name === undefined) {
      if (this.tape) this.tape.truncate(this.keyNodes[d]!);
    } else if (name === MERGE) this.merge(d, value, alias, start, end);
    else setProperty(this.containers[d] as Record<string, unknown>, name, value);
  }

  /** `<<`: the merged keys are set at once, in the order the API server's decoder does it. */
  private merge(d: number, value: unknown, alias: boolean, start: number, end: number): void {
    const isMapping = (v: unknown): v is Record<string, unknown> =>
      typeof v === "object" && v !== null && !Array.isArray(v);
    const sources = isMapping(value) ? [value] : Array.isArray(value) && !alias ? value.toReversed() : undefined;
    if (!sources?.every(isMapping)) {
      this.report(
        "bad-merge",
        start,
        this.underlineEnd(start, end),
        `"<<" merges mappings, and this is something else`,
        {
          help: 'Give it an alias of a mapping, or a list of such; quote the "<<" if it is an ordinary key',
        },
      );
      return;
    }
    const target = this.containers[d] as Record<string, unknown>;
    for (const source of sources) {
      for (const name of Object.keys(source)) {
        const identity = this.identityIn(source, name);
        if (identity !== name) this.noteOddKey(d, { name, identity });
        this.noteKey(d, identity, start, end, name, start);
        setProperty(target, name, source[name]);
      }
    }
  }

  clearPending(): void {
    this.pendingAnchor = this.pendingTag = undefined;
    this.pendingStart = -1;
  }

  private growStack(): void {
    const size = this.types.length * 2;
    this.types = grown(this.types, new Uint8Array(size));
    this.states = grown(this.states, new Uint8Array(size));
    this.indents = grown(this.indents, new Int32Array(size));
    this.starts = grown(this.starts, new Int32Array(size));
    this.keyBases = grown(this.keyBases, new Int32Array(size));
    this.heights = grown(this.heights, new Int32Array(size));
    this.nodes = grown(this.nodes, new Int32Array(size));
    this.keyNodes = grown(this.keyNodes, new Int32Array(size));
    this.weightsBefore = grown(this.weightsBefore, new Float64Array(size));
  }
}

function setProperty(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__")
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}
