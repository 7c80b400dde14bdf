import { isMapping } from "../decode/is-mapping.js";
import type { JSONSchemaProps } from "../types/apiextensions.v1.generated.js";

/** A schema of a CustomResourceDefinition, and the schemas in it: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation */
export type Schema = JSONSchemaProps;

/** Deeper schemas are taken as empty; no server stores them. */
export const DEEPEST = 200;

/** `items` where it is one schema. */
export const itemsOf = ({ items }: Schema): Schema | undefined => (isMapping(items) ? (items as Schema) : undefined);

/** `items` where it is a list of schemas; empty where it is a single one or absent. */
export const itemListOf = ({ items }: Schema): readonly Schema[] => (Array.isArray(items) ? (items as Schema[]) : []);

/** `additionalProperties` where it is a schema. */
export const valuesOf = ({ additionalProperties }: Schema): Schema | undefined =>
  isMapping(additionalProperties) ? (additionalProperties as Schema) : undefined;

export const propertyOf = ({ properties }: Schema, name: string): Schema | undefined =>
  properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;

/** Whether a schema or one of those within it is such; asked from the outside in. */
export function someSchema(schema: Schema, isSuch: SchemaTest, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  if (isSuch(schema)) return true;
  const { items, additionalItems, additionalProperties, not, allOf, anyOf, oneOf } = schema;
  if (isSome(items, isSuch, depth) || isSome(additionalItems, isSuch, depth)) return true;
  if (isSome(additionalProperties, isSuch, depth) || isSome(not, isSuch, depth)) return true;
  if (isSome(allOf, isSuch, depth) || isSome(anyOf, isSuch, depth) || isSome(oneOf, isSuch, depth)) return true;
  const { properties, patternProperties, definitions, dependencies } = schema;
  if (isSomeIn(properties, isSuch, depth) || isSomeIn(patternProperties, isSuch, depth)) return true;
  return isSomeIn(definitions, isSuch, depth) || isSomeIn(dependencies, isSuch, depth);
}

type SchemaTest = (schema: Schema) => boolean;

/** Of a schema or a list of them. */
function isSome(part: unknown, isSuch: SchemaTest, depth: number): boolean {
  if (part === undefined) return false;
  if (Array.isArray(part)) return part.some((item) => isSome(item, isSuch, depth));
  return isMapping(part) && someSchema(part as Schema, isSuch, depth + 1);
}

function isSomeIn(parts: Readonly<Record<string, unknown>> | undefined, isSuch: SchemaTest, depth: number): boolean {
  for (const name in parts) if (isSome(parts[name], isSuch, depth)) return true;
  return false;
}
