import type { FieldType } from "../../schema/type-table.js";
import { isMapping } from "./is-mapping.js";
import { decodeScalar, MISMATCH, zeroScalar } from "./scalars.js";
import type { Shape, ShapeField, Shapes } from "./shapes.js";

/** Deeper than any manifest; only the schema in a CustomResourceDefinition nests without bound. */
const DEEPEST = 500;
/** Of one object; the server lists no more either before it cuts the answer. */
const MOST_UNKNOWN = 1000;

/** What decoding made of one object. */
export interface DecodedObject {
  /** A copy in the shape described in `decodeObject`. */
  readonly object: Record<string, unknown>;
  /** Where a value has not the field's type: the first place, as the server stops there. */
  readonly mismatch: Mismatch | undefined;
  /** Fields that the types do not have, each with its path as the strict decoder writes it. */
  readonly unknown: readonly string[];
  /** Leaves out empty lists and maps, and writes nulls, as the server does with an object; call it when all else is done. */
  readonly dropEmpty: () => void;
}

export interface Mismatch {
  readonly path: string;
  readonly type: FieldType;
  readonly value: unknown;
}

/**
 * Decodes an object as the API server does, into what the server would write again:
 *
 * - a field held by value is undefined where it is zero (`hostNetwork: false` is gone), unless it is always written: then
 *   it is there with its zero value (`name: ""`), lists and maps as null;
 * - a field held by pointer is undefined where it was absent or null, and may be zero (`replicas: 0`);
 * - an object held by value is there, if only as `{}` with what its type fills in;
 * - lists and maps stand as given, empty ones too; a null in them is a zero value;
 * - quantities, times and base64 are canonical; unknown fields are gone.
 */
export function decodeObject(shapes: Shapes, shape: Shape, value: Record<string, unknown>): DecodedObject {
  const decoder = new Decoder(shapes);
  const object = decoder.object(shape, value);
  const { mismatch, unknown, empty, nulls } = decoder;
  return {
    object,
    mismatch,
    unknown,
    dropEmpty() {
      for (const [owner, field] of empty) dropIfEmpty(owner, field);
      for (const [owner, name] of nulls) owner[name] ??= null;
    },
  };
}

/** Storage knows no empty lists and maps: they come back as absent, or null where something is always written. */
function dropIfEmpty(owner: Record<string, unknown>, { name, always }: ShapeField): void {
  const value = owner[name];
  if (!(Array.isArray(value) ? value.length === 0 : isMapping(value) && Object.keys(value).length === 0)) return;
  if (always) owner[name] = null;
  else delete owner[name];
}

class Decoder {
  mismatch: Mismatch | undefined;
  readonly unknown: string[] = [];
  readonly empty: [Record<string, unknown>, ShapeField][] = [];
  readonly nulls: [Record<string, unknown>, string][] = [];
  readonly #path: (string | number)[] = [];
  /** Within the schemas that have decoders of their own, which pass over unknown fields. */
  #lenient = 0;

  constructor(private readonly shapes: Shapes) {}

  object(shape: Shape, value: Record<string, unknown>): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (const name in value) {
      const item = value[name];
      const field = shape.fields.get(name);
      if (field === undefined) this.#unknownField(name);
      else if (item !== null && item !== undefined) this.#field(shape, field, item, object);
    }
    for (const field of shape.filled) if (object[field.name] === undefined) object[field.name] = this.#zero(field);
    for (const name of shape.nulls) if (object[name] === undefined) this.nulls.push([object, name]);
    return object;
  }

  #field(shape: Shape, field: ShapeField, item: unknown, object: Record<string, unknown>): void {
    const { name, type } = field;
    if (type.code === "string" && typeof item === "string") {
      if (item !== "" || field.pointer || field.always) object[name] = item;
      return;
    }
    this.#path.push(name);
    const decoded = this.#value(type, item, shape);
    this.#path.pop();
    if (decoded === undefined) return;
    if (!field.pointer) {
      // Zero left out; quantities and int-or-strings are never empty to Go, and always written.
      if (!field.always && (decoded === "" || decoded === 0 || decoded === false)) return;
      if (type.code === "list" || type.code === "map") this.#noteEmpty(object, field, decoded);
    }
    object[name] = decoded;
  }

  #noteEmpty(object: Record<string, unknown>, field: ShapeField, value: unknown): void {
    if (Array.isArray(value)) {
      if (value.length === 0) this.empty.push([object, field]);
    } else {
      for (const _ in value as Record<string, unknown>) return;
      this.empty.push([object, field]);
    }
  }

  /** Undefined after a mismatch. */
  #value(type: FieldType, value: unknown, owner: Shape): unknown {
    switch (type.code) {
      case "ref":
        if (!isMapping(value)) return this.#mismatch(type, value);
        return this.#path.length > DEEPEST ? value : this.object(this.shapes.of(type.definition), value);
      case "list":
        return Array.isArray(value) ? this.#list(type.item, value, owner) : this.#mismatch(type, value);
      case "map":
        return isMapping(value) ? this.#map(type.item, value, owner) : this.#mismatch(type, value);
      case "SchemaOrArray":
      case "SchemaOrBool":
      case "SchemaOrStrings":
        return this.#nestedSchema(type, value, owner);
      default: {
        const decoded = decodeScalar(type.code, value);
        return decoded === MISMATCH ? this.#mismatch(type, value) : decoded;
      }
    }
  }

  #list(item: FieldType, values: readonly unknown[], owner: Shape): unknown[] {
    const list: unknown[] = [];
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value === "string" && item.code === "string") list.push(value);
      else if (value === null || value === undefined) list.push(this.#zeroItem(item));
      else {
        this.#path.push(i);
        list.push(this.#value(item, value, owner) ?? this.#zeroItem(item));
        this.#path.pop();
      }
    }
    return list;
  }

  #map(item: FieldType, values: Record<string, unknown>, owner: Shape): Record<string, unknown> {
    // Without a prototype: users choose the keys, and may choose "constructor".
    const map: Record<string, unknown> = Object.create(null);
    for (const key in values) {
      const value = values[key];
      let decoded: unknown;
      if (typeof value === "string" && item.code === "string") decoded = value;
      else if (value === null || value === undefined) decoded = this.#zeroItem(item);
      else {
        this.#path.push(key);
        decoded = this.#value(item, value, owner) ?? this.#zeroItem(item);
        this.#path.pop();
      }
      map[key] = decoded;
    }
    return map;
  }

  /** The schemas within a CustomResourceDefinition's schema that may also be something else. */
  #nestedSchema(type: FieldType, value: unknown, owner: Shape): unknown {
    if (isMapping(value)) {
      this.#lenient++;
      const schema = this.#path.length > DEEPEST ? value : this.object(owner, value);
      this.#lenient--;
      return schema;
    }
    if (type.code === "SchemaOrBool") return typeof value === "boolean" ? value : this.#mismatch(type, value);
    // Anything else is passed over, but an "items" of it counts as given.
    if (!Array.isArray(value)) return type.code === "SchemaOrArray" ? [] : undefined;
    if (type.code === "SchemaOrStrings")
      return value.every((item) => typeof item === "string") ? value : this.#mismatch(type, value);
    this.#lenient++;
    const schemas = value.map((item) => (isMapping(item) ? this.object(owner, item) : this.#mismatch(type, item)));
    this.#lenient--;
    return schemas;
  }

  #zero({ type }: ShapeField): unknown {
    if (type.code === "ref") return this.object(this.shapes.of(type.definition), {});
    return type.code === "list" || type.code === "map" ? null : zeroScalar(type.code);
  }

  #zeroItem(type: FieldType): unknown {
    if (type.code === "bytes") return "";
    if (type.code === "ref") return this.object(this.shapes.of(type.definition), {});
    return type.code === "list" || type.code === "map" ? null : zeroScalar(type.code);
  }

  #mismatch(type: FieldType, value: unknown): undefined {
    this.mismatch ??= { path: pathText(this.#path), type, value };
    return undefined;
  }

  #unknownField(name: string): void {
    if (this.#lenient > 0 || this.unknown.length >= MOST_UNKNOWN) return;
    this.unknown.push(pathText([...this.#path, name]));
  }
}

/** As the strict decoder writes paths: keys of maps after a dot, like fields. */
function pathText(steps: readonly (string | number)[]): string {
  let text = "";
  for (const step of steps) text += typeof step === "number" ? `[${step}]` : text === "" ? step : `.${step}`;
  return text;
}
