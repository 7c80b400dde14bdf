import { readPattern } from "../../schema/re2-pattern.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { remembered } from "../meta/remembered.js";
import { DEEPEST, itemListOf, itemsOf, type Schema, someSchema, valuesOf } from "./schema-node.js";

type Level = "root" | "item" | "field";

/** Where a value stands whose type is missing. */
const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  root: "the schema of an object has a type",
  item: "the items of a list have a type",
  field: "a field has a type",
};

const isNotEmpty = (map: object | undefined): boolean => map !== undefined && Object.keys(map).length > 0;

/** Whether a schema uses what no structural schema has, such as `$ref`; nothing more can be said of it then. */
export const usesUnsupported = (schema: Schema): boolean => someSchema(schema, hasUnsupported);

function hasUnsupported(schema: Schema): boolean {
  const { id, $schema, $ref, patternProperties, dependencies, additionalItems, definitions } = schema;
  if (id || $schema || $ref || additionalItems !== undefined || itemListOf(schema).length > 0) return true;
  if (isNotEmpty(patternProperties) || isNotEmpty(dependencies) || isNotEmpty(definitions)) return true;
  return schema["x-kubernetes-preserve-unknown-fields"] === false;
}

/**
 * Reports what keeps a schema from being structural.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function validateStructure(schema: Schema, at: FieldPath, errors: FieldErrors): void {
  checkNode(schema, "root", at, errors, 0);
  checkComplete(schema, schema, at, errors, 0);
}

function checkNode(schema: Schema, level: Level, at: FieldPath, errors: FieldErrors, depth: number): void {
  if (depth > DEEPEST) return;
  const { type, properties, additionalProperties } = schema;
  const items = itemsOf(schema);
  if (type === "array" && items === undefined) errors.required(at.child("items"), "a list says what its items are");
  if (items !== undefined) checkNode(items, "item", at.child("items"), errors, depth + 1);
  const propertiesAt = at.child("properties");
  for (const name in properties) checkNode(properties[name]!, "field", propertiesAt.key(name), errors, depth + 1);
  if (additionalProperties !== undefined) {
    if (level === "root")
      errors.forbidden(at.child("additionalProperties"), "The root of a schema has properties only");
    const values = valuesOf(schema);
    if (values !== undefined) checkNode(values, "field", at.child("additionalProperties"), errors, depth + 1);
  }
  checkExtensions(schema, at, errors);
  checkJunctors(schema, isIntOrString(schema.anyOf), isIntOrString(schema.allOf?.[0]?.anyOf), at, errors, depth);
  checkTypeOf(schema, level, at, errors);
  checkMetadata(schema, level, at, errors);
}

function checkExtensions(schema: Schema, at: FieldPath, errors: FieldErrors): void {
  if (!schema["x-kubernetes-int-or-string"]) return;
  for (const name of ["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"] as const)
    if (schema[name]) errors.invalid(at.child(name), true, "is for objects, and x-kubernetes-int-or-string is set");
}

function checkTypeOf(schema: Schema, level: Level, at: FieldPath, errors: FieldErrors): void {
  const { type = "" } = schema;
  const typeAt = at.child("type");
  const embedded = schema["x-kubernetes-embedded-resource"] === true;
  const preserves = schema["x-kubernetes-preserve-unknown-fields"] === true;
  if (embedded && type === "") errors.required(typeAt, "an embedded resource is an object");
  else if (embedded && type !== "object") errors.invalid(typeAt, type, "is no object, as embedded resources are");
  else if (type === "" && !schema["x-kubernetes-int-or-string"] && !preserves)
    errors.required(typeAt, LEVEL_WORDS[level]);
  if (embedded && schema.additionalProperties !== undefined)
    errors.forbidden(at.child("additionalProperties"), "An embedded resource has properties only");
  if (level === "root" && type !== "" && type !== "object")
    errors.invalid(typeAt, type, "is no object, as the root of a schema is");
  if (embedded && !preserves && !isNotEmpty(schema.properties))
    errors.required(at.child("properties"), "without them, all of the embedded resource is dropped");
}

/** Kind, apiVersion and metadata have schemas of their own; of metadata, only names can be restricted. */
function checkMetadata(schema: Schema, level: Level, at: FieldPath, errors: FieldErrors): void {
  if (level !== "root" && schema["x-kubernetes-embedded-resource"] !== true) return;
  const { properties = {} } = schema;
  const own = (name: string): Schema | undefined => (Object.hasOwn(properties, name) ? properties[name] : undefined);
  const propertyAt = (name: string): FieldPath => at.child("properties").key(name);
  for (const [name, type] of [
    ["kind", "string"],
    ["apiVersion", "string"],
    ["metadata", "object"],
  ] as const) {
    const property = own(name);
    if (property !== undefined && property.type !== type)
      errors.invalid(propertyAt(name).child("type"), property.type ?? "", `is not ${type}, the type of ${name}`);
  }
  const metadata = own("metadata");
  if (metadata !== undefined && level === "root" && restrictsMore(metadata))
    errors.forbidden(propertyAt("metadata"), "Of metadata, a schema restricts name and generateName only");
}

const LOST_WHERE_EMPTY = new Set(["allOf", "anyOf", "oneOf", "enum"]);

function restrictsMore(metadata: Schema): boolean {
  const names = Object.keys(metadata.properties ?? {});
  if (names.some((name) => name !== "name" && name !== "generateName")) return true;
  return Object.entries(metadata).some(([key, value]) => {
    if (key === "type" || key === "default" || key === "properties") return false;
    return !(LOST_WHERE_EMPTY.has(key) && Array.isArray(value) && value.length === 0);
  });
}

/** `anyOf: [{type: integer}, {type: string}]`, the one place where types may stand within alternatives. */
const isIntOrString = (alternatives: readonly Schema[] | undefined): boolean =>
  alternatives?.length === 2 &&
  ["integer", "string"].every((type, i) => {
    const keys = Object.keys(alternatives[i]!);
    return keys.length === 1 && alternatives[i]!.type === type;
  });

function checkJunctors(
  schema: Schema,
  skipsAnyOf: boolean,
  skipsFirstAllOf: boolean,
  at: FieldPath,
  errors: FieldErrors,
  depth: number,
): void {
  const { anyOf, allOf, oneOf, not, pattern } = schema;
  if (!skipsAnyOf)
    anyOf?.forEach((part, i) => void checkNested(part, false, at.child("anyOf").index(i), errors, depth + 1));
  allOf?.forEach((part, i) => {
    checkNested(part, skipsFirstAllOf && i === 0, at.child("allOf").index(i), errors, depth + 1);
  });
  oneOf?.forEach((part, i) => void checkNested(part, false, at.child("oneOf").index(i), errors, depth + 1));
  if (not !== undefined) checkNested(not, false, at.child("not"), errors, depth + 1);
  if (pattern && isBrokenPattern(pattern)) errors.invalid(at.child("pattern"), pattern, "is no regular expression");
}

/** Escapes that RE2 does not know; JavaScript takes most of them for the letter itself. */
const UNKNOWN_ESCAPE = /^(?:[^\\]|\\[^ceghijklmouyFGHIJKLMNORTUVXYZ1-9])*\\[ceghijklmouyFGHIJKLMNORTUVXYZ1-9]/s;

/** Reports nothing of what is not read here: only JavaScript's word is then heard, where the two languages agree. */
const isBrokenPattern = remembered((pattern): boolean => {
  if (readPattern(pattern) !== undefined) return false;
  if (UNKNOWN_ESCAPE.test(pattern) || /\(\?<?[=!]/.test(pattern)) return true;
  try {
    new RegExp(pattern);
    return false;
  } catch {
    return !/\(\?P?<|\(\?[a-zA-Z-]+[:)]|\\[pPQEAzC]|\[\[:/.test(pattern);
  }
});

/** What may not stand in a schema within alternatives, with what it has to be there. */
const REFUSED: readonly (readonly [name: keyof Schema, isSet: (value: unknown) => boolean])[] = [
  ["type", Boolean],
  ["default", (value) => value !== undefined],
  ["title", Boolean],
  ["description", Boolean],
  ["nullable", Boolean],
  ["x-kubernetes-preserve-unknown-fields", Boolean],
  ["x-kubernetes-embedded-resource", Boolean],
  ["x-kubernetes-int-or-string", Boolean],
  ["x-kubernetes-list-map-keys", (value) => Array.isArray(value) && value.length > 0],
  ["x-kubernetes-list-type", (value) => value !== undefined],
  ["x-kubernetes-map-type", (value) => value !== undefined],
  ["x-kubernetes-validations", (value) => Array.isArray(value) && value.length > 0],
];

/** Schemas within allOf, anyOf, oneOf and not say of values only what is beside their structure. */
function checkNested(schema: Schema, skipsAnyOf: boolean, at: FieldPath, errors: FieldErrors, depth: number): void {
  if (depth > DEEPEST) return;
  checkJunctors(schema, skipsAnyOf, false, at, errors, depth);
  const items = itemsOf(schema);
  if (items !== undefined) checkNested(items, false, at.child("items"), errors, depth + 1);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    checkNested(property, false, at.child("properties").key(name), errors, depth + 1);
  for (const [name, isSet] of REFUSED)
    if (isSet(schema[name])) errors.forbidden(at.child(name), `A schema within alternatives has no ${name}`);
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false)
    errors.forbidden(at.child("additionalProperties"), "A schema within alternatives has no additionalProperties");
  if (Object.hasOwn(schema.properties ?? {}, "metadata"))
    errors.forbidden(at.child("properties").key("metadata"), "A schema within alternatives says nothing of metadata");
}

/** Every field that alternatives speak of has to be in the structure, too. */
function checkComplete(part: Schema, structure: Schema, at: FieldPath, errors: FieldErrors, depth: number): void {
  if (depth > DEEPEST) return;
  const nested = [part.not, ...(part.allOf ?? []), ...(part.anyOf ?? []), ...(part.oneOf ?? [])];
  for (const schema of nested) if (schema !== undefined) checkNestedComplete(schema, structure, at, errors, depth + 1);
}

function checkNestedComplete(
  part: Schema,
  structure: Schema | undefined,
  at: FieldPath,
  errors: FieldErrors,
  depth: number,
): void {
  if (depth > DEEPEST) return;
  if (structure === undefined) {
    errors.required(at, "schemas within alternatives speak of it");
    return;
  }
  checkComplete(part, structure, at, errors, depth);
  const items = itemsOf(part);
  if (items !== undefined) checkNestedComplete(items, itemsOf(structure), at.child("items"), errors, depth + 1);
  for (const [name, property] of Object.entries(part.properties ?? {})) {
    const own = Object.hasOwn(structure.properties ?? {}, name) ? structure.properties![name] : undefined;
    checkNestedComplete(property, own, at.child("properties").key(name), errors, depth + 1);
  }
}
