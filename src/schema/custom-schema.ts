import { isMapping } from "./describe-value.js";
import { type Re2Pattern, readPattern } from "./re2-pattern.js";
import { isBase64 } from "./scalar-formats.js";

/** A node of a CustomResourceDefinition's schema as the input has it. Any part may be missing or of the wrong type. */
export type SchemaNode = Readonly<Record<string, unknown>>;

export const nodeAt = (schema: SchemaNode | undefined, name: string): SchemaNode | undefined => {
  const value = schema?.[name];
  return isMapping(value) ? value : undefined;
};
export const propertyOf = (schema: SchemaNode | undefined, name: string): SchemaNode | undefined => {
  const properties = nodeAt(schema, "properties");
  return properties !== undefined && Object.hasOwn(properties, name) ? nodeAt(properties, name) : undefined;
};
export const textAt = (schema: SchemaNode, name: string): string | undefined => {
  const value = schema[name];
  return typeof value === "string" ? value : undefined;
};
export const textsAt = (schema: SchemaNode, name: string): readonly string[] => {
  const value = schema[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
};

/** Words for the type a schema asks for; undefined where it asks for none. */
export function describeSchema(schema: SchemaNode): string | undefined {
  if (schema["x-kubernetes-int-or-string"] === true) return "an integer or a string";
  switch (schema.type) {
    case "string":
      return "a string";
    case "integer":
      return "an integer";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "array":
      return "a list";
    case "object":
      return "a mapping";
    default:
      return undefined;
  }
}

export function hasType(schema: SchemaNode, value: unknown): boolean {
  if (schema["x-kubernetes-int-or-string"] === true)
    return typeof value === "string" || (typeof value === "number" && Number.isInteger(value));
  switch (schema.type) {
    case "string":
    case "boolean":
    case "number":
      return typeof value === schema.type;
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isMapping(value);
    default:
      return true;
  }
}

/** What a value of the right type violates of the schema's own bounds: `at least 1`. Junctors and children are not looked at. */
export function violatedBound(schema: SchemaNode, value: unknown): string | undefined {
  if (typeof value === "number") return numberBound(schema, value);
  if (typeof value === "string") return textBound(schema, value);
  if (Array.isArray(value)) return sizeBound(schema, value.length, "minItems", "maxItems", "item");
  if (isMapping(value)) return sizeBound(schema, Object.keys(value).length, "minProperties", "maxProperties", "field");
  return undefined;
}

const numberAt = (schema: SchemaNode, name: string): number | undefined => {
  const value = schema[name];
  return typeof value === "number" ? value : undefined;
};

function numberBound(schema: SchemaNode, value: number): string | undefined {
  const [least, most] = [numberAt(schema, "minimum"), numberAt(schema, "maximum")];
  const factor = numberAt(schema, "multipleOf");
  if (least !== undefined) {
    if (schema.exclusiveMinimum === true && value <= least) return `more than ${least}`;
    if (value < least) return `at least ${least}`;
  }
  if (most !== undefined) {
    if (schema.exclusiveMaximum === true && value >= most) return `less than ${most}`;
    if (value > most) return `at most ${most}`;
  }
  // Only whole numbers: what a remainder of fractions is depends on their rounding.
  const whole = factor !== undefined && factor > 0 && Number.isSafeInteger(factor) && Number.isSafeInteger(value);
  return whole && value % factor !== 0 ? `a multiple of ${factor}` : undefined;
}

function textBound(schema: SchemaNode, value: string): string | undefined {
  const limit = sizeBound(schema, value.length, "minLength", "maxLength", "character");
  // Lengths count code points; only text outside the basic plane needs counting.
  if (limit !== undefined && sizeBound(schema, [...value].length, "minLength", "maxLength", "") !== undefined)
    return limit;
  const pattern = textAt(schema, "pattern");
  if (pattern !== undefined && compiled(pattern)?.matches(value) === false) return `text that matches ${pattern}`;
  if (schema.format === "byte" && !isBase64(value)) return "base64";
  if (schema.format === "date" && !/^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$/.test(value))
    return "a date such as 2024-01-31";
  return undefined;
}

function sizeBound(schema: SchemaNode, size: number, min: string, max: string, unit: string): string | undefined {
  const [least, most] = [numberAt(schema, min), numberAt(schema, max)];
  if (least !== undefined && size < least) return `at least ${least} ${unit}${least === 1 ? "" : "s"}`;
  if (most !== undefined && size > most) return `at most ${most} ${unit}${most === 1 ? "" : "s"}`;
  return undefined;
}

const patterns = new Map<string, Re2Pattern | undefined>();

function compiled(pattern: string): Re2Pattern | undefined {
  if (!patterns.has(pattern)) {
    if (patterns.size > 2000) patterns.clear();
    patterns.set(pattern, pattern.length > 2000 ? undefined : readPattern(pattern));
  }
  return patterns.get(pattern);
}

export function allowedBy(schema: SchemaNode): readonly unknown[] | undefined {
  return Array.isArray(schema.enum) && schema.enum.length > 0 ? schema.enum : undefined;
}

/** Whether the value passes the schema's `allOf`, `anyOf`, `oneOf` and `not`; undefined where that is not decided here. */
export function passesJunctors(schema: SchemaNode, value: unknown, depth = 0): boolean | undefined {
  if (depth > 20) return undefined;
  let known: true | undefined = true;
  for (const name of ["allOf", "anyOf", "oneOf"] as const) {
    const list = schema[name];
    if (!Array.isArray(list) || list.length === 0) continue;
    const results = list.map((part) => (isMapping(part) ? passes(part, value, depth + 1) : undefined));
    const passing = results.filter((result) => result === true).length;
    const open = results.some((result) => result === undefined);
    const failed = name === "allOf" ? results.includes(false) : passing > 1 ? name === "oneOf" : passing === 0 && !open;
    if (failed) return false;
    if (open && (name !== "anyOf" || passing === 0)) known = undefined;
  }
  const not = nodeAt(schema, "not");
  const negated = not === undefined ? false : passes(not, value, depth + 1);
  if (negated === true) return false;
  return negated === undefined ? undefined : known;
}

/** The whole of a schema within a junctor, which asks for nothing but values. */
function passes(schema: SchemaNode, value: unknown, depth: number): boolean | undefined {
  if (depth > 20) return undefined;
  if (value === null) return schema.nullable === true ? true : undefined;
  if (!hasType(schema, value) || violatedBound(schema, value) !== undefined) return false;
  const allowed = allowedBy(schema);
  if (allowed !== undefined && typeof value !== "object" && !allowed.includes(value)) return false;
  let known: boolean | undefined = passesJunctors(schema, value, depth + 1);
  if (known === false) return false;
  if (schema.format !== undefined || schema["x-kubernetes-validations"] !== undefined || schema.uniqueItems === true)
    known = undefined;
  if (isMapping(value)) {
    if (textsAt(schema, "required").some((name) => value[name] === undefined || value[name] === null)) return false;
    for (const [name, item] of Object.entries(value)) {
      const child = propertyOf(schema, name) ?? nodeAt(schema, "additionalProperties");
      const result = child === undefined ? true : passes(child, item, depth + 1);
      if (result === false) return false;
      if (result === undefined) known = undefined;
    }
  } else if (Array.isArray(value)) {
    const items = nodeAt(schema, "items");
    if (items !== undefined) {
      if (value.length > 100) return undefined;
      const results = value.map((item) => passes(items, item, depth + 1));
      if (results.includes(false)) return false;
      if (results.includes(undefined)) known = undefined;
    }
  }
  return known;
}
