import { readLiteral } from "./literals.js";

/**
 * Expressions as the API server reads them (Common Expression Language, with optional values).
 * https://kubernetes.io/docs/reference/using-api/cel/
 */
export type CelNode =
  | { readonly is: "literal"; readonly type: LiteralType; readonly value: LiteralValue }
  | { readonly is: "ident"; readonly name: string }
  | { readonly is: "select"; readonly of: CelNode; readonly field: string; readonly optional: boolean }
  | { readonly is: "index"; readonly of: CelNode; readonly key: CelNode; readonly optional: boolean }
  | { readonly is: "call"; readonly name: string; readonly target?: CelNode; readonly args: readonly CelNode[] }
  | { readonly is: "list"; readonly items: readonly CelNode[]; readonly optional: ReadonlySet<number> }
  | { readonly is: "map"; readonly entries: readonly MapEntry[]; readonly optional: ReadonlySet<number> }
  | { readonly is: "message"; readonly name: string };

export type LiteralType = "bool" | "int" | "uint" | "double" | "string" | "bytes" | "null";
/** Integers are of type bigint. */
export type LiteralValue = boolean | bigint | number | string | Uint8Array | null;
export type MapEntry = readonly [key: CelNode, value: CelNode];

/** Why a text is no expression: a continuation of it, "ends too early". */
export class CelFault extends Error {}

interface Token {
  readonly kind: "int" | "uint" | "double" | "string" | "bytes" | "ident" | "escaped" | "sign" | "end";
  readonly text: string;
}

const LONGEST = 100_000;
const DEEPEST = 200;
/** Of operators of one precedence, and of fields of fields: each is one level more to whoever walks the tree. */
const LONGEST_CHAIN = 800;
const ESCAPE = String.raw`\\(?:[abfnrtv\\?"'\x60]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})`;
const strings = (quote: string): string =>
  `${quote}${quote}${quote}(?:${ESCAPE}|[^\\\\])*?${quote}${quote}${quote}|${quote}(?:${ESCAPE}|[^\\\\${quote}\\n\\r])*${quote}`;
const rawStrings = (quote: string): string =>
  `${quote}${quote}${quote}[^]*?${quote}${quote}${quote}|${quote}[^${quote}\\n\\r]*${quote}`;

const TOKEN = new RegExp(
  [
    String.raw`(?<space>[\t\n\f\r ]+|\/\/[^\n]*)`,
    String.raw`(?<double>\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)`,
    "(?<uint>(?:0x[0-9a-fA-F]+|\\d+)[uU])",
    "(?<int>0x[0-9a-fA-F]+|\\d+)",
    `(?<bytes>[bB](?:${strings('"')}|${strings("'")})|(?:[bB][rR]|[rR][bB])(?:${rawStrings('"')}|${rawStrings("'")}))`,
    `(?<string>${strings('"')}|${strings("'")}|[rR](?:${rawStrings('"')}|${rawStrings("'")}))`,
    "(?<ident>[_a-zA-Z][_a-zA-Z0-9]*)",
    "(?<escaped>`[a-zA-Z0-9_.\\-/ ]+`)",
    String.raw`(?<sign>==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}])`,
  ].join("|"),
  "y",
);

/** Words that name nothing: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    "true false null in as break const continue else for function if import let loop package namespace return var " +
    "void while"
  ).split(" "),
);

/** An identifier that may name a variable. */
export const isIdentifier = (text: string): boolean =>
  /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(text) && !RESERVED_WORDS.has(text);

/** Throws a `CelFault` for what is no expression. */
export function parseExpression(text: string): CelNode {
  if (text.length > LONGEST) throw new CelFault("is too long");
  return new Parser(tokensOf(text)).parse();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined)
      throw new CelFault(`is no expression at ${JSON.stringify(text.slice(start, start + 10))}`);
    for (const kind in groups) {
      const part = groups[kind];
      if (part !== undefined && kind !== "space") tokens.push({ kind: kind as Token["kind"], text: part });
    }
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}

/** Operators from the loosest to the tightest. */
const BINARY: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "<", "<=", ">", ">=", "in"],
  ["+", "-"],
  ["*", "/", "%"],
];

class Parser {
  #at = 0;
  #depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): CelNode {
    const node = this.#expression();
    if (this.#peek.kind !== "end") throw this.#unexpected();
    return node;
  }

  #expression(): CelNode {
    if (++this.#depth > DEEPEST) throw new CelFault("is nested too deeply");
    const condition = this.#binary(0);
    let node = condition;
    if (this.#take("?")) {
      const then = this.#binary(0);
      this.#expect(":");
      node = { is: "call", name: "?:", args: [condition, then, this.#expression()] };
    }
    this.#depth--;
    return node;
  }

  #binary(level: number): CelNode {
    const operators = BINARY[level];
    if (operators === undefined) return this.#unary();
    let node = this.#binary(level + 1);
    for (let length = 0; ; length++) {
      if (length > LONGEST_CHAIN) throw new CelFault("is nested too deeply");
      const { kind, text } = this.#peek;
      const isOperator = (kind === "sign" || text === "in") && operators.includes(text) && kind !== "string";
      if (!isOperator) return node;
      this.#at++;
      node = { is: "call", name: text, args: [node, this.#binary(level + 1)] };
    }
  }

  #unary(): CelNode {
    const sign = this.#peek.text;
    if (this.#peek.kind !== "sign" || (sign !== "!" && sign !== "-")) return this.#member();
    let count = 0;
    while (this.#take(sign)) count++;
    const negative = sign === "-" && count % 2 === 1;
    const literal = ["int", "double"].includes(this.#peek.kind);
    const operand = this.#member(negative);
    if (sign === "-" && literal && operand.is === "literal") return negative ? negated(operand) : operand;
    // Two signs in a row take each other away.
    if (count % 2 === 0) return operand;
    return { is: "call", name: sign === "!" ? "!" : "negate", args: [operand] };
  }

  #member(negative = false): CelNode {
    let node = this.#primary(negative);
    for (let length = 0; ; length++) {
      if (length > LONGEST_CHAIN) throw new CelFault("is nested too deeply");
      if (this.#take(".")) {
        const optional = this.#take("?");
        const { kind, text } = this.#next();
        if (kind === "escaped") node = { is: "select", of: node, field: text.slice(1, -1), optional };
        else if (kind !== "ident" || text === "in" || text === "true" || text === "false" || text === "null")
          throw this.#unexpected(-1);
        else if (!optional && this.#take("(")) node = { is: "call", name: text, target: node, args: this.#list(")") };
        else node = { is: "select", of: node, field: text, optional };
      } else if (this.#take("[")) {
        const optional = this.#take("?");
        node = { is: "index", of: node, key: this.#expression(), optional };
        this.#expect("]");
      } else if (this.#peek.text === "{" && this.#peek.kind === "sign" && isName(node)) {
        this.#at++;
        this.#messageFields();
        node = { is: "message", name: nameOf(node) };
      } else return node;
    }
  }

  #primary(negative: boolean): CelNode {
    const { kind, text } = this.#next();
    switch (kind) {
      case "int":
      case "uint":
        checkInteger(kind, text, negative);
        return { is: "literal", type: kind, value: BigInt(kind === "uint" ? text.slice(0, -1) : text) };
      case "double":
      case "string":
      case "bytes":
        return { is: "literal", type: kind, value: readLiteral(kind, text) };
      case "ident":
        return this.#identifier(text);
      case "sign":
        return this.#group(text);
      default:
        throw this.#unexpected(-1);
    }
  }

  #identifier(name: string): CelNode {
    if (name === "true" || name === "false") return { is: "literal", type: "bool", value: name === "true" };
    if (name === "null") return { is: "literal", type: "null", value: null };
    if (name === "in") throw this.#unexpected(-1);
    if (RESERVED_WORDS.has(name)) throw new CelFault(`uses ${name}, a reserved word`);
    return this.#take("(") ? { is: "call", name, args: this.#list(")") } : { is: "ident", name };
  }

  #group(sign: string): CelNode {
    switch (sign) {
      case "(": {
        const node = this.#expression();
        this.#expect(")");
        return node;
      }
      case "[":
        return this.#listLiteral();
      case "{":
        return this.#mapLiteral();
      case ".": {
        const { kind, text } = this.#next();
        if (kind !== "ident") throw this.#unexpected(-1);
        return this.#identifier(text);
      }
      default:
        throw this.#unexpected(-1);
    }
  }

  /** Arguments take no comma at their end; lists do, and optional items. */
  #list(close: ")" | "]", optional = new Set<number>()): CelNode[] {
    const items: CelNode[] = [];
    while (!this.#take(close)) {
      if (close === "]" && this.#take("?")) optional.add(items.length);
      items.push(this.#expression());
      if (this.#take(",")) {
        if (close === ")" && this.#peek.text === ")" && this.#peek.kind === "sign") throw this.#unexpected();
      } else if (!(this.#peek.kind === "sign" && this.#peek.text === close)) throw this.#unexpected();
    }
    return items;
  }

  #listLiteral(): CelNode {
    const optional = new Set<number>();
    return { is: "list", items: this.#list("]", optional), optional };
  }

  #mapLiteral(): CelNode {
    const entries: MapEntry[] = [];
    const optional = new Set<number>();
    while (!this.#take("}")) {
      if (this.#take("?")) optional.add(entries.length);
      const key = this.#expression();
      this.#expect(":");
      entries.push([key, this.#expression()]);
      if (!this.#take(",") && !(this.#peek.kind === "sign" && this.#peek.text === "}")) throw this.#unexpected();
    }
    return { is: "map", entries, optional };
  }

  #messageFields(): void {
    while (!this.#take("}")) {
      this.#take("?");
      if (this.#next().kind !== "ident") throw this.#unexpected(-1);
      this.#expect(":");
      this.#expression();
      if (!this.#take(",") && !(this.#peek.kind === "sign" && this.#peek.text === "}")) throw this.#unexpected();
    }
  }

  get #peek(): Token {
    return this.tokens[this.#at]!;
  }

  #next(): Token {
    const token = this.#peek;
    if (token.kind !== "end") this.#at++;
    return token;
  }

  #take(sign: string): boolean {
    const { kind, text } = this.#peek;
    if (kind !== "sign" || text !== sign) return false;
    this.#at++;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#unexpected();
  }

  #unexpected(offset = 0): CelFault {
    const token = this.tokens[this.#peek.kind === "end" ? this.#at : this.#at + offset]!;
    return new CelFault(token.kind === "end" ? "ends too early" : `has ${token.text} where none can be`);
  }
}

const negated = (node: CelNode & { is: "literal" }): CelNode => {
  const { value } = node;
  return typeof value === "bigint" || typeof value === "number" ? { ...node, value: -value } : node;
};

function checkInteger(kind: "int" | "uint", text: string, negative: boolean): void {
  const value = BigInt(kind === "uint" ? text.slice(0, -1) : text);
  const most = kind === "uint" ? 2n ** 64n - 1n : negative ? 2n ** 63n : 2n ** 63n - 1n;
  if (value > most) throw new CelFault(`has ${text}, too large a number`);
}

/** Whether a node is a name with dots in it. */
export const isName = (node: CelNode): boolean =>
  node.is === "ident" || (node.is === "select" && !node.optional && isName(node.of));

/** The text of a name with dots. */
export const nameOf = (node: CelNode): string =>
  node.is === "ident" ? node.name : node.is === "select" ? `${nameOf(node.of)}.${node.field}` : "";
