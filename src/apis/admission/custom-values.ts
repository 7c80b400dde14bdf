import { DEEPEST, itemsOf, propertyOf, type Schema, valuesOf } from "../apiextensions/schema-node.js";
import { isMapping } from "../decode/is-mapping.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";

const RESOURCE_FIELDS = new Set(["apiVersion", "kind", "metadata"]);
const PRESERVES = "x-kubernetes-preserve-unknown-fields";
/** Of one object, as for built-in kinds. */
const MOST_UNKNOWN = 1000;

/**
 * A copy of a custom resource without what its schema does not have; `unknown` collects the paths of that.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
 */
export function prune(value: unknown, schema: Schema, unknown: string[]): unknown {
  return pruned(value, { ...schema, "x-kubernetes-embedded-resource": true }, "", unknown, 0);
}

function pruned(value: unknown, schema: Schema | undefined, path: string, unknown: string[], depth: number): unknown {
  if (depth > DEEPEST || typeof value !== "object" || value === null) return value;
  const keeps = schema?.[PRESERVES] === true;
  if (Array.isArray(value)) {
    const items = schema && itemsOf(schema);
    return value.map((item, i) =>
      keeps && items === undefined ? item : pruned(item, items, `${path}[${i}]`, unknown, depth + 1),
    );
  }
  // Without a prototype: users choose the keys.
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, item] of Object.entries(value)) {
    const below = path === "" ? name : `${path}.${name}`;
    const property = schema && propertyOf(schema, name);
    if (schema?.["x-kubernetes-embedded-resource"] && RESOURCE_FIELDS.has(name)) copy[name] = item;
    else if (property !== undefined) copy[name] = pruned(item, property, below, unknown, depth + 1);
    else if (schema?.additionalProperties !== undefined)
      copy[name] = pruned(item, valuesOf(schema), below, unknown, depth + 1);
    else if (keeps) copy[name] = item;
    else if (unknown.length < MOST_UNKNOWN) unknown.push(below);
  }
  return copy;
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * Fills in the defaults of a schema, and takes out nulls where none may be. Changes the value.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 */
export function fillDefaults(value: unknown, schema: Schema | undefined, depth = 0): void {
  if (schema === undefined || depth > DEEPEST) return;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    if (items === undefined) return;
    for (let i = 0; i < value.length; i++) {
      if (value[i] === null && !items.nullable && isSet(items.default)) value[i] = structuredClone(items.default);
      fillDefaults(value[i], items, depth + 1);
    }
    return;
  }
  if (!isMapping(value)) return;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const absent = !Object.hasOwn(value, name) || (value[name] === null && !property.nullable);
    if (absent && isSet(property.default)) value[name] = structuredClone(property.default);
  }
  for (const name of Object.keys(value)) {
    const property = propertyOf(schema, name) ?? valuesOf(schema);
    if (property === undefined) continue;
    if (value[name] === null && !property.nullable) {
      if (isSet(property.default)) value[name] = structuredClone(property.default);
      else delete value[name];
    }
    fillDefaults(value[name], property, depth + 1);
  }
}

/** Reports what a list that is a set or a map has twice: https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy */
export function checkListTypes(
  value: unknown,
  schema: Schema | undefined,
  at: FieldPath,
  errors: FieldErrors,
  depth = 0,
): void {
  if (schema === undefined || depth > DEEPEST) return;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    checkItems(value, schema, at, errors);
    for (const [i, item] of value.entries()) checkListTypes(item, items, at.index(i), errors, depth + 1);
  } else if (isMapping(value))
    for (const [name, item] of Object.entries(value)) {
      const property = propertyOf(schema, name);
      const below = property === undefined ? at.key(name) : at.child(name);
      checkListTypes(item, property ?? valuesOf(schema), below, errors, depth + 1);
    }
}

function checkItems(values: readonly unknown[], schema: Schema, at: FieldPath, errors: FieldErrors): void {
  const type = schema["x-kubernetes-list-type"];
  if (type !== "set" && type !== "map") return;
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  const identity = (item: unknown): string =>
    type === "map" && isMapping(item) ? JSON.stringify(keys.map((key) => item[key] ?? null)) : canonicalText(item);
  const seen = new Map<string, number>();
  for (const [i, item] of values.entries()) {
    const text = identity(item);
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    // Said once of what is there three times.
    if (times === 2) errors.duplicate(at.index(i), item);
  }
}

/** Equal for values that are the same, whatever the order of their fields. */
const canonicalText = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    isMapping(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  ) ?? "";
