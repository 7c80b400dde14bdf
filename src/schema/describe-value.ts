import type { FieldType, Scalar } from "./type-table.js";

/** A value in words: `the number 8080`, `true`, `a list`, `a mapping`, `the string "80"`; without it where `secret`. */
export function describeFound(value: unknown, secret: boolean): string {
  switch (typeof value) {
    case "number":
      return secret ? "a number" : `the number ${value}`;
    case "boolean":
      return secret ? "true or false" : String(value);
    case "string":
      return secret || value.length > 60 || value.includes("\n") ? "a string" : `the string "${value}"`;
    default:
      return value === null ? "null" : Array.isArray(value) ? "a list" : "a mapping";
  }
}

const SCALAR_WORDS: Readonly<Record<Scalar, string>> = {
  string: "a string",
  int32: "an integer",
  int64: "an integer",
  number: "a number",
  boolean: "true or false",
  Quantity: "a quantity",
  IntOrString: "an integer or a string",
  Time: "a date and time",
  MicroTime: "a date and time",
  bytes: "a base64 string",
  object: "a mapping",
  any: "any value",
  SchemaOrArray: "a schema or a list of schemas",
  SchemaOrBool: "a schema, true or false",
  SchemaOrStrings: "a schema or a list of strings",
};
const SCALAR_PLURALS: Readonly<Partial<Record<Scalar, string>>> = {
  string: "strings",
  int32: "integers",
  int64: "integers",
  number: "numbers",
  boolean: "booleans",
  Quantity: "quantities",
  bytes: "base64 strings",
};

/** A type in words: `a string`, `a list of Container`, `a mapping of strings`, `a mapping`. */
export function describeType(type: FieldType): string {
  switch (type.code) {
    case "ref":
      return "a mapping";
    case "list":
      return `a list of ${describePlural(type.item)}`;
    case "map":
      return `a mapping of ${describePlural(type.item)}`;
    default:
      return SCALAR_WORDS[type.code];
  }
}

function describePlural(type: FieldType): string {
  if (type.code === "ref") return type.definition.name;
  if (type.code === "list") return "lists";
  if (type.code === "map") return "mappings";
  return SCALAR_PLURALS[type.code] ?? "values";
}

/** What to do about a value of another type, where that is plain. */
export function remedyFor(type: FieldType, value: unknown): string | undefined {
  const scalar = typeof value === "number" || typeof value === "boolean";
  if (type.code === "string" || type.code === "bytes") return scalar ? "quote it" : undefined;
  if (typeof value === "string") {
    if ((type.code === "int32" || type.code === "int64") && /^[+-]?\d+$/.test(value)) return "remove the quotes";
    if (type.code === "boolean" && /^(true|false|yes|no|on|off)$/i.test(value)) return "remove the quotes";
  }
  if (type.code === "list") {
    const item = type.item.code;
    const fits = item === "ref" || item === "map" ? isMapping(value) : item === "string" && typeof value === "string";
    if (fits) return 'write it as a list item, after "- "';
  }
  if ((type.code === "map" || type.code === "ref") && Array.isArray(value)) return 'write its entries as "name: value"';
  return undefined;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
