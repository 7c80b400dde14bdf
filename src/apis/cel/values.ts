/**
 * What expressions are made of when they are evaluated: booleans, strings and null as themselves, `int` as bigint, `double`
 * as number, all others as the classes here. Errors and what is not known are values, too, as some operators pass over
 * them: https://github.com/google/cel-spec/blob/master/doc/langdef.md#runtime-errors
 */
export type CelValue =
  | boolean
  | bigint
  | number
  | string
  | null
  | CelUint
  | CelBytes
  | CelTimestamp
  | CelDuration
  | CelOptional
  | CelList
  | CelMap
  | CelTypeName
  | CelOpaque
  | CelError
  | CelUnknown;

class CelUnknown {
  readonly isUnknown = true;
}

/** What only the cluster can tell, or a placeholder stands for: the result of everything that depends on it. */
export const NOT_KNOWN = new CelUnknown();

export class CelUint {
  constructor(readonly value: bigint) {}
}

export class CelBytes {
  constructor(readonly bytes: Uint8Array) {}
}

/** Nanoseconds since 1970. */
export class CelTimestamp {
  constructor(readonly nanos: bigint) {}
}

export class CelDuration {
  constructor(readonly nanos: bigint) {}
}

export class CelOptional {
  constructor(readonly value: CelValue | undefined) {}
}

export const NONE = new CelOptional(undefined);

/** The value of `type(x)`, and of names such as `string`. */
export class CelTypeName {
  constructor(readonly name: string) {}
}

/** A value of a library's own type, such as `ip`; equal where its texts are. */
export class CelOpaque<T = unknown> {
  constructor(
    readonly type: string,
    readonly held: T,
    readonly text: string,
  ) {}
}

/** Why there is no result: a sentence without a capital, as the server words it. */
export class CelError {
  constructor(readonly message: string) {}
}

export const noOverload = (name: string): CelError => new CelError(`no such overload: ${name}`);

/** How lists of a schema tell their items apart. */
export interface ListIdentity {
  readonly type: "set" | "map";
  readonly keys: readonly string[];
}

/** A list over plain values, each made a value when it is asked for. */
export class CelList {
  constructor(
    readonly raw: readonly unknown[],
    private readonly adapt?: (item: unknown) => CelValue,
    readonly identity?: ListIdentity,
  ) {}

  get size(): number {
    return this.raw.length;
  }

  at(i: number): CelValue {
    const item = this.raw[i];
    return this.adapt === undefined ? (item as CelValue) : this.adapt(item);
  }

  *[Symbol.iterator](): Generator<CelValue> {
    for (let i = 0; i < this.raw.length; i++) yield this.at(i);
  }
}

/** A map or an object. */
export abstract class CelMap {
  abstract readonly size: number;
  /** Undefined where there is none. */
  abstract get(key: CelValue): CelValue | undefined;
  abstract keys(): Iterable<CelValue>;
  /** As `get`, for fields of objects: their names may be written otherwise in expressions. */
  field(name: string): CelValue | undefined {
    return this.get(name);
  }
}

/** A map that an expression has made. */
export class CelEntries extends CelMap {
  readonly #entries = new Map<string, readonly [CelValue, CelValue]>();

  get size(): number {
    return this.#entries.size;
  }

  get(key: CelValue): CelValue | undefined {
    const text = keyText(key);
    return text === undefined ? undefined : this.#entries.get(text)?.[1];
  }

  *keys(): Iterable<CelValue> {
    for (const [key] of this.#entries.values()) yield key;
  }

  /** Answers whether the key could be added: it is of a type that keys have, and was not there. */
  add(key: CelValue, value: CelValue): "added" | "twice" | "no key" {
    const text = keyText(key);
    if (text === undefined) return "no key";
    if (this.#entries.has(text)) return "twice";
    this.#entries.set(text, [key, value]);
    return "added";
  }
}

/** Equal for keys that are equal: numbers of different types may be. */
function keyText(key: CelValue): string | undefined {
  if (typeof key === "string") return `s${key}`;
  if (typeof key === "boolean" || typeof key === "bigint") return String(key);
  if (key instanceof CelUint) return String(key.value);
  if (typeof key === "number" && Number.isInteger(key)) return String(BigInt(key));
  return undefined;
}

/** The fields of plain JSON, by name. */
export class CelFields extends CelMap {
  constructor(
    readonly raw: Readonly<Record<string, unknown>>,
    private readonly adapt: (value: unknown, name: string) => CelValue,
  ) {
    super();
  }

  get size(): number {
    return this.keys().length;
  }

  get(key: CelValue): CelValue | undefined {
    if (typeof key !== "string" || !Object.hasOwn(this.raw, key)) return undefined;
    const value = this.raw[key];
    return value === undefined ? undefined : this.adapt(value, key);
  }

  keys(): readonly string[] {
    return Object.keys(this.raw).filter((name) => this.raw[name] !== undefined);
  }
}

export const isFault = (value: CelValue): value is CelError | CelUnknown =>
  value === NOT_KNOWN || value instanceof CelError;

export function typeNameOf(value: CelValue): string {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return "double";
    case "string":
      return "string";
    default:
  }
  if (value === null) return "null_type";
  if (value instanceof CelUint) return "uint";
  if (value instanceof CelBytes) return "bytes";
  if (value instanceof CelTimestamp) return "google.protobuf.Timestamp";
  if (value instanceof CelDuration) return "google.protobuf.Duration";
  if (value instanceof CelOptional) return "optional_type";
  if (value instanceof CelList) return "list";
  if (value instanceof CelMap) return "map";
  if (value instanceof CelTypeName) return "type";
  return value instanceof CelOpaque ? value.type : "error";
}
