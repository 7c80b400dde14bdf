import { valueOfJson } from "../cel/json-values.js";
import { RESERVED_WORDS } from "../cel/syntax.js";
import { parseDuration, parseTimestamp } from "../cel/times.js";
import {
  CelBytes,
  CelDuration,
  CelError,
  CelFields,
  CelList,
  CelTimestamp,
  type CelValue,
  NOT_KNOWN,
} from "../cel/values.js";
import { itemsOf, propertyOf, type Schema, valuesOf } from "./schema-node.js";
import { describesResource, escapeName, hasType, isEmbedded, METADATA } from "./schema-types.js";

type IsUnknown = ((value: unknown) => boolean) | undefined;

/**
 * A value of a custom resource as the expressions of its schema see it: typed by the schema, and without the fields of
 * which it says nothing. https://kubernetes.io/docs/reference/using-api/cel/#type-system-integration
 */
export function valueOfSchema(value: unknown, schema: Schema, isResource: boolean, isUnknown?: IsUnknown): CelValue {
  if (value === NOT_KNOWN || isUnknown?.(value)) return NOT_KNOWN;
  if (value === null || value === undefined) return schema.nullable ? null : new CelError("null where none may be");
  if (schema["x-kubernetes-int-or-string"])
    return typeof value === "string" || Number.isInteger(value) ? valueOfJson(value) : mismatch("int or string");
  switch (schema.type) {
    case "object":
      return isRecord(value) ? objectValue(value, schema, isResource, isUnknown) : mismatch("object");
    case "array":
      return Array.isArray(value) ? listValue(value, schema, isUnknown) : mismatch("list");
    case "string":
      return typeof value === "string" ? textValue(value, schema.format) : mismatch("string");
    case "integer":
      return Number.isInteger(value) ? BigInt(value as number) : mismatch("integer");
    case "number":
      return typeof value === "number" ? value : mismatch("number");
    case "boolean":
      return typeof value === "boolean" ? value : mismatch("boolean");
    default:
      return valueOfJson(value, isUnknown);
  }
}

const mismatch = (type: string): CelError => new CelError(`the value is no ${type}`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function listValue(items: readonly unknown[], schema: Schema, isUnknown: IsUnknown): CelValue {
  const own = itemsOf(schema);
  if (own === undefined) return mismatch("list with a type of items");
  const type = schema["x-kubernetes-list-type"];
  const identity =
    type === "set" || type === "map" ? { type, keys: schema["x-kubernetes-list-map-keys"] ?? [] } : undefined;
  const adapt = (item: unknown): CelValue => valueOfSchema(item, own, isEmbedded(own), isUnknown);
  return new CelList(items, adapt, identity as CelList["identity"]);
}

function objectValue(
  value: Record<string, unknown>,
  schema: Schema,
  isResource: boolean,
  isUnknown: IsUnknown,
): CelValue {
  const values = valuesOf(schema);
  if (values !== undefined && schema.properties === undefined)
    return new CelFields(value, (item) => valueOfSchema(item, values, isEmbedded(values), isUnknown));
  const ofResource = isResource && !describesResource(schema);
  const adapt = (item: unknown, name: string): CelValue => {
    if (ofResource && name === "metadata") return metadataValue(item, isUnknown);
    const property = propertyOf(schema, name);
    return property === undefined
      ? valueOfJson(item, isUnknown)
      : valueOfSchema(item, property, isEmbedded(property), isUnknown);
  };
  return new CelObject(value, adapt, namesOf(schema, ofResource));
}

/** An object whose fields have names of their own in expressions. */
class CelObject extends CelFields {
  constructor(
    raw: Readonly<Record<string, unknown>>,
    adapt: (value: unknown, name: string) => CelValue,
    private readonly names: ReadonlyMap<string, string>,
  ) {
    super(raw, adapt);
  }

  override field(name: string): CelValue | undefined {
    const own = this.names.get(name);
    return own === undefined ? undefined : this.get(own);
  }
}

function metadataValue(value: unknown, isUnknown: IsUnknown): CelValue {
  if (!isRecord(value)) return mismatch("object");
  const names = new Map([...METADATA.fields!.keys()].map((name) => [name, name]));
  return new CelObject(value, (item) => valueOfJson(item, isUnknown), names);
}

const known = new WeakMap<Schema, ReadonlyMap<string, string>>();

/** The name that each field has in expressions -> its own. Fields of no known type have none. */
function namesOf(schema: Schema, ofResource: boolean): ReadonlyMap<string, string> {
  let names = known.get(schema);
  if (names === undefined) {
    names = readNames(schema, ofResource);
    known.set(schema, names);
  }
  return names;
}

function readNames(schema: Schema, ofResource: boolean): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const escaped = escapeName(name);
    if (escaped === undefined || !hasType(property)) continue;
    names.set(escaped, name);
    if (RESERVED_WORDS.has(name)) names.set(name, name);
  }
  if (ofResource) for (const name of ["apiVersion", "kind", "metadata"]) names.set(name, name);
  return names;
}

/** Formats that have types of their own. What is written otherwise than usual is not read here. */
function textValue(text: string, format: string | undefined): CelValue {
  switch (format) {
    case "duration": {
      const nanos = parseDuration(text);
      return nanos === undefined ? NOT_KNOWN : new CelDuration(nanos);
    }
    case "date":
    case "date-time": {
      const nanos = parseTimestamp(format === "date" ? `${text}T00:00:00Z` : text);
      return nanos === undefined ? NOT_KNOWN : new CelTimestamp(nanos);
    }
    case "byte":
      return new CelBytes(Buffer.from(text, "base64"));
    default:
      return text;
  }
}
