import { RESERVED_WORDS } from "../cel/syntax.js";
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listOf,
  mapOf,
  objectOf,
  STRING,
  TIMESTAMP,
} from "../cel/types.js";
import type { FieldPath } from "../meta/field-path.js";
import { DEEPEST, itemsOf, propertyOf, type Schema, valuesOf } from "./schema-node.js";

/** All that expressions see of an object's metadata. */
export const METADATA = objectOf("metadata", { name: STRING, generateName: STRING });
const SCALARS: Readonly<Record<string, CelType>> = { boolean: BOOL, integer: INT, number: DOUBLE };
const BY_FORMAT: Readonly<Record<string, CelType>> = {
  byte: BYTES,
  duration: DURATION,
  date: TIMESTAMP,
  "date-time": TIMESTAMP,
};

/**
 * The type that values of a schema have to the expressions in it; undefined for values of which the schema says nothing.
 * https://kubernetes.io/docs/reference/using-api/cel/#type-system-integration
 */
export function typeOfSchema(schema: Schema, isResource: boolean, at: FieldPath, depth = 0): CelType | undefined {
  if (schema["x-kubernetes-int-or-string"]) return DYN;
  if (depth > DEEPEST) return undefined;
  switch (schema.type) {
    case "array": {
      const items = itemsOf(schema);
      const item = items && typeOfSchema(items, isEmbedded(items), at.child("items"), depth + 1);
      return item && listOf(item);
    }
    case "object":
      return typeOfObject(schema, isResource, at, depth);
    case "string":
      return BY_FORMAT[schema.format ?? ""] ?? STRING;
    default:
      return SCALARS[schema.type ?? ""];
  }
}

/** Whether `typeOfSchema` has a type for a schema, without making it: asked for every field of every object. */
export function hasType(schema: Schema, depth = 0): boolean {
  if (schema["x-kubernetes-int-or-string"]) return true;
  if (depth > DEEPEST) return false;
  if (schema.type === "string") return true;
  if (schema.type !== "array" && schema.type !== "object") return SCALARS[schema.type ?? ""] !== undefined;
  const inner = schema.type === "array" ? itemsOf(schema) : valuesOf(schema);
  return inner === undefined ? schema.type === "object" : hasType(inner, depth + 1);
}

export const isEmbedded = (schema: Schema): boolean => schema["x-kubernetes-embedded-resource"] === true;

/** Objects of two places in a schema are of two types, however alike they are. */
function typeOfObject(schema: Schema, isResource: boolean, at: FieldPath, depth: number): CelType | undefined {
  const values = valuesOf(schema);
  if (values !== undefined) {
    const value = typeOfSchema(values, isEmbedded(values), at.child("additionalProperties"), depth + 1);
    return value && mapOf(STRING, value);
  }
  const fields = new Map<string, CelType>();
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const escaped = escapeName(name);
    const type = typeOfSchema(property, isEmbedded(property), at.child("properties").key(name), depth + 1);
    if (type === undefined || escaped === undefined) continue;
    fields.set(escaped, type);
    // Newer servers take reserved words as they are, too.
    if (RESERVED_WORDS.has(name)) fields.set(name, type);
  }
  if (isResource && !describesResource(schema)) {
    for (const name of ["kind", "apiVersion"]) fields.set(name, STRING);
    fields.set("metadata", METADATA);
  }
  return { name: at.toString(), fields };
}

/** A schema that has all of what a resource has by nature is taken as it is. */
export function describesResource(schema: Schema): boolean {
  const metadata = propertyOf(schema, "metadata");
  if (metadata?.type !== "object") return false;
  const types = [propertyOf(schema, "kind"), propertyOf(schema, "apiVersion")];
  types.push(propertyOf(metadata, "name"), propertyOf(metadata, "generateName"));
  return types.every((property) => property?.type === "string");
}

const ESCAPES: readonly (readonly [string, string])[] = [
  ["__", "__underscores__"],
  [".", "__dot__"],
  ["-", "__dash__"],
  ["/", "__slash__"],
];

/** Names that are no identifiers are written with words in place of signs; undefined for names with other signs. */
export function escapeName(name: string): string | undefined {
  if (RESERVED_WORDS.has(name)) return `__${name}__`;
  let escaped = name;
  for (const [sign, word] of ESCAPES) escaped = escaped.replaceAll(sign, word);
  return /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(escaped) ? escaped : undefined;
}
