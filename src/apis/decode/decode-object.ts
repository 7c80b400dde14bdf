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
export function decodeObject(
  shapes: Shapes,
  shape: Shape,
  value: Record<string, unknown>,
  verdictOnly = false,
): DecodedObject {
  const decoding: Decoding = {
    shapes,
    verdictOnly,
    mismatch: undefined,
    unknown: [],
    empty: [],
    nulls: [],
    path: [],
    lenient: 0,
  };
  const object = decodeFields(decoding, shape, value);
  const { mismatch, unknown, empty, nulls } = decoding;
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

/** What is known half-way. */
interface Decoding {
  readonly shapes: Shapes;
  /** Nobody asks for what is stored, so that what `dropEmpty` needs is not collected. */
  readonly verdictOnly: boolean;
  mismatch: Mismatch | undefined;
  readonly unknown: string[];
  readonly empty: [Record<string, unknown>, ShapeField][];
  readonly nulls: [Record<string, unknown>, string][];
  readonly path: (string | number)[];
  /** Within the schemas that have decoders of their own, which pass over unknown fields. */
  lenient: number;
}

function decodeFields(decoding: Decoding, shape: Shape, value: Record<string, unknown>): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const name in value) {
    const item = value[name];
    const field = shape.fields.get(name);
    if (field === undefined) noteUnknown(decoding, name);
    else if (item !== null && item !== undefined) decodeField(decoding, shape, field, item, object);
  }
  fill(decoding, shape, object);
  return object;
}

function fill(decoding: Decoding, { filled, nulls }: Shape, object: Record<string, unknown>): void {
  for (let i = 0; i < filled.length; i++) {
    const { name, type } = filled[i]!;
    if (object[name] === undefined) object[name] = zeroOf(decoding, type, null);
  }
  if (decoding.verdictOnly) return;
  for (let i = 0; i < nulls.length; i++) if (object[nulls[i]!] === undefined) decoding.nulls.push([object, nulls[i]!]);
}

function decodeField(
  decoding: Decoding,
  shape: Shape,
  field: ShapeField,
  item: unknown,
  object: Record<string, unknown>,
): void {
  const { name, type } = field;
  // Most values are texts, which need no more than this.
  if (type.code === "string" && typeof item === "string") {
    if (item !== "" || field.pointer || field.always) object[name] = item;
    return;
  }
  decoding.path.push(name);
  const decoded = decodeValue(decoding, type, item, shape);
  decoding.path.pop();
  if (decoded === undefined) return;
  if (!field.pointer) {
    // Zero left out; quantities and int-or-strings are never empty to Go, and always written.
    if (!field.always && (decoded === "" || decoded === 0 || decoded === false)) return;
    if (!decoding.verdictOnly && (type.code === "list" || type.code === "map"))
      noteEmpty(decoding, object, field, decoded);
  }
  object[name] = decoded;
}

function noteEmpty(decoding: Decoding, object: Record<string, unknown>, field: ShapeField, value: unknown): void {
  if (Array.isArray(value)) {
    if (value.length === 0) decoding.empty.push([object, field]);
  } else {
    for (const _ in value as Record<string, unknown>) return;
    decoding.empty.push([object, field]);
  }
}

/** Undefined after a mismatch. */
function decodeValue(decoding: Decoding, type: FieldType, value: unknown, owner: Shape): unknown {
  switch (type.code) {
    case "ref":
      if (!isMapping(value)) return noteMismatch(decoding, type, value);
      if (decoding.path.length > DEEPEST) return value;
      return decodeFields(decoding, decoding.shapes.of(type.definition), value);
    case "list":
      return Array.isArray(value) ? decodeList(decoding, type.item, value, owner) : noteMismatch(decoding, type, value);
    case "map":
      return isMapping(value) ? decodeMap(decoding, type.item, value, owner) : noteMismatch(decoding, type, value);
    case "SchemaOrArray":
    case "SchemaOrBool":
    case "SchemaOrStrings":
      return decodeNestedSchema(decoding, type, value, owner);
    default: {
      const decoded = decodeScalar(type.code, value);
      return decoded === MISMATCH ? noteMismatch(decoding, type, value) : decoded;
    }
  }
}

function decodeList(decoding: Decoding, item: FieldType, values: readonly unknown[], owner: Shape): unknown[] {
  const list: unknown[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "string" && item.code === "string") list.push(value);
    else if (value === null || value === undefined) list.push(zeroItem(decoding, item));
    else {
      decoding.path.push(i);
      list.push(decodeValue(decoding, item, value, owner) ?? zeroItem(decoding, item));
      decoding.path.pop();
    }
  }
  return list;
}

function decodeMap(
  decoding: Decoding,
  item: FieldType,
  values: Record<string, unknown>,
  owner: Shape,
): Record<string, unknown> {
  // Without a prototype: users choose the keys, and may choose "constructor".
  const map: Record<string, unknown> = Object.create(null);
  for (const key in values) {
    const value = values[key];
    if (typeof value === "string" && item.code === "string") map[key] = value;
    else if (value === null || value === undefined) map[key] = zeroItem(decoding, item);
    else {
      decoding.path.push(key);
      map[key] = decodeValue(decoding, item, value, owner) ?? zeroItem(decoding, item);
      decoding.path.pop();
    }
  }
  return map;
}

/** The schemas within a CustomResourceDefinition's schema that may also be something else. */
function decodeNestedSchema(decoding: Decoding, type: FieldType, value: unknown, owner: Shape): unknown {
  if (isMapping(value)) {
    decoding.lenient++;
    const schema = decoding.path.length > DEEPEST ? value : decodeFields(decoding, owner, value);
    decoding.lenient--;
    return schema;
  }
  if (type.code === "SchemaOrBool") return typeof value === "boolean" ? value : noteMismatch(decoding, type, value);
  // Anything else is passed over, but an "items" of it counts as given.
  if (!Array.isArray(value)) return type.code === "SchemaOrArray" ? [] : undefined;
  if (type.code === "SchemaOrStrings")
    return value.every((item) => typeof item === "string") ? value : noteMismatch(decoding, type, value);
  decoding.lenient++;
  const schemas = value.map((item) =>
    isMapping(item) ? decodeFields(decoding, owner, item) : noteMismatch(decoding, type, item),
  );
  decoding.lenient--;
  return schemas;
}

/** Bytes are null as a field and empty as an item. */
const zeroItem = (decoding: Decoding, type: FieldType): unknown => zeroOf(decoding, type, "");

function zeroOf(decoding: Decoding, type: FieldType, bytes: "" | null): unknown {
  if (type.code === "ref") {
    const object: Record<string, unknown> = {};
    fill(decoding, decoding.shapes.of(type.definition), object);
    return object;
  }
  if (type.code === "bytes") return bytes;
  return type.code === "list" || type.code === "map" ? null : zeroScalar(type.code);
}

function noteMismatch(decoding: Decoding, type: FieldType, value: unknown): undefined {
  decoding.mismatch ??= { path: pathText(decoding.path), type, value };
  return undefined;
}

function noteUnknown(decoding: Decoding, name: string): void {
  if (decoding.lenient > 0 || decoding.unknown.length >= MOST_UNKNOWN) return;
  decoding.unknown.push(pathText([...decoding.path, name]));
}

/** As the strict decoder writes paths: keys of maps after a dot, like fields. */
function pathText(steps: readonly (string | number)[]): string {
  let text = "";
  for (const step of steps) text += typeof step === "number" ? `[${step}]` : text === "" ? step : `.${step}`;
  return text;
}
