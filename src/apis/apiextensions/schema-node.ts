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

/** Every schema within a schema, itself first. */
export function* schemasIn(schema: Schema, depth = 0): Generator<Schema> {
  yield schema;
  if (depth > DEEPEST) return;
  for (const child of childrenOf(schema)) yield* schemasIn(child, depth + 1);
}

function* childrenOf(schema: Schema): Generator<Schema> {
  const { items, additionalItems, additionalProperties, dependencies, not } = schema;
  for (const value of [items, additionalItems, additionalProperties, not]) if (isMapping(value)) yield value as Schema;
  yield* itemListOf(schema);
  for (const list of [schema.allOf, schema.anyOf, schema.oneOf]) yield* list ?? [];
  for (const map of [schema.properties, schema.patternProperties, schema.definitions]) yield* Object.values(map ?? {});
  for (const value of Object.values(dependencies ?? {})) if (isMapping(value)) yield value as Schema;
}
