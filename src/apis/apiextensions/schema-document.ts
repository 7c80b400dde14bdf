import { isMapping } from "../decode/is-mapping.js";
import { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { type Cardinality, cardinalityWithin, ONE, RuleCosts } from "./rule-costs.js";
import { DEEPEST, itemListOf, itemsOf, propertyOf, type Schema, valuesOf } from "./schema-node.js";
import { validateExpressions, validateRuleFields } from "./schema-rules.js";

const TYPES = ["array", "boolean", "integer", "number", "object", "string"];
const LIST_TYPES = ["atomic", "set", "map"];
const MAP_TYPES = ["atomic", "granular"];
const RESOURCE_FIELDS = new Set(["metadata", "kind", "apiVersion"]);

/** Where a schema stands in the schema of a resource. */
interface Place {
  readonly root: boolean;
  readonly inMetadata: boolean;
  /** Why there may be no defaults. */
  readonly noDefaults?: string;
  /** Collects the faults of expressions, where they are judged at all. */
  readonly ofRules?: FieldErrors;
  /** The outermost list or map around, whose items have no identity over time. */
  readonly unrelated?: FieldPath;
  readonly costs: RuleCosts;
  /** How many values there may be. */
  readonly within: Cardinality;
}

/**
 * Reports what no schema may have, and list types and keys that do not fit. The expressions are judged only in schemas
 * that are right otherwise, with all in them.
 */
export function validateSchemaDocument(schema: Schema, judgesRules: boolean, at: FieldPath, errors: FieldErrors): void {
  const ofRules = judgesRules ? new FieldErrors() : undefined;
  const costs = new RuleCosts();
  validateNode(schema, at, errors, { root: true, inMetadata: false, ofRules, costs, within: ONE }, 0);
  if (ofRules !== undefined) costs.check(at, ofRules);
  errors.causes.push(...(ofRules?.causes ?? []));
}

/** Keywords of JSON Schema that are not supported, and when they count as given. */
const UNSUPPORTED: readonly (readonly [keyof Schema, (value: unknown) => boolean])[] = [
  ["id", Boolean],
  ["additionalItems", (value) => value !== undefined],
  ["patternProperties", (value) => isMapping(value) && Object.keys(value).length > 0],
  ["definitions", (value) => isMapping(value) && Object.keys(value).length > 0],
  ["dependencies", (value) => value !== undefined],
  ["$ref", (value) => value !== undefined],
];

/** Whether any of them is there: schemas are many, and few have one. */
function mayBeUnsupported(schema: Schema): boolean {
  const { id, additionalItems, patternProperties, definitions, dependencies, $ref } = schema;
  return (id ?? additionalItems ?? patternProperties ?? definitions ?? dependencies ?? $ref) !== undefined;
}

function validateNode(schema: Schema, at: FieldPath, errors: FieldErrors, place: Place, depth: number): void {
  if (depth > DEEPEST) return;
  const before = errors.causes.length;
  validateKeywords(schema, at, errors, place);
  validateChildren(schema, at, errors, place, depth);
  if (schema["x-kubernetes-preserve-unknown-fields"] === false)
    errors.invalid(at.child("x-kubernetes-preserve-unknown-fields"), false, "is not true; leave it out instead");
  validateListsAndMaps(schema, at, errors);
  validateRuleFields(schema, at, errors);
  const isResource = place.root || schema["x-kubernetes-embedded-resource"] === true;
  if (place.ofRules !== undefined && errors.causes.length === before)
    validateExpressions(schema, { ...place, isResource }, at, place.ofRules);
}

function validateKeywords(schema: Schema, at: FieldPath, errors: FieldErrors, place: Place): void {
  const { type } = schema;
  if (type && !TYPES.includes(type)) errors.notSupported(at.child("type"), type, TYPES);
  if (type === "null") errors.forbidden(at.child("type"), "Type null is not supported; nullable takes its place");
  if (schema.default !== undefined && place.noDefaults !== undefined)
    errors.forbidden(at.child("default"), `A default is not allowed ${place.noDefaults}`);
  if (mayBeUnsupported(schema))
    for (const [name, isSet] of UNSUPPORTED)
      if (isSet(schema[name])) errors.forbidden(at.child(name), `Keyword ${name} is not supported`);
  if (itemListOf(schema).length > 0) errors.forbidden(at.child("items"), "A list of schemas is not supported here");
  if (place.inMetadata && schema["x-kubernetes-embedded-resource"])
    errors.forbidden(at.child("x-kubernetes-embedded-resource"), "Metadata holds no resources");
  if (schema.uniqueItems)
    errors.forbidden(at.child("uniqueItems"), "Comparing all items with all others takes too long");
  const { additionalProperties, properties = {} } = schema;
  if (additionalProperties !== undefined && additionalProperties !== true && Object.keys(properties).length > 0)
    errors.forbidden(at.child("additionalProperties"), "An object has properties or additionalProperties");
}

function validateChildren(schema: Schema, at: FieldPath, errors: FieldErrors, place: Place, depth: number): void {
  const within = cardinalityWithin(place.within, schema);
  const below: Place = place.root || within !== place.within ? { ...place, root: false, within } : place;
  const visit: Visit = (part, partAt, around) => validateNode(part, partAt, errors, around, depth + 1);
  const values = valuesOf(schema);
  if (values !== undefined) {
    const around = place.inMetadata ? { ...below, noDefaults: "within additionalProperties of metadata" } : below;
    visit(values, at.child("additionalProperties"), around);
  }
  const { properties } = schema;
  if (properties !== undefined) {
    const propertiesAt = at.child("properties");
    const isResource = place.root || schema["x-kubernetes-embedded-resource"] === true;
    const around = schema["x-kubernetes-map-type"] === "atomic" ? withoutIdentity(below, at) : below;
    for (const name in properties) {
      const ofResource = isResource && RESOURCE_FIELDS.has(name);
      visit(properties[name]!, propertiesAt.key(name), ofResource ? inResource(around, name, place.root) : around);
    }
  }
  visitAlternatives(schema, at, below, visit);
  const items = itemsOf(schema);
  const related = schema["x-kubernetes-list-type"] === "map";
  if (items !== undefined) visit(items, at.child("items"), related ? below : withoutIdentity(below, at));
  else visitAll(itemListOf(schema), at.child("items"), below, visit);
  const { dependencies } = schema;
  for (const name in dependencies) {
    const part = dependencies[name];
    if (isMapping(part)) visit(part as Schema, at.child("dependencies").key(name), withoutRules(below));
  }
}

type Visit = (part: Schema, at: FieldPath, place: Place) => void;

/** The schemas in which expressions are not judged. */
function visitAlternatives(schema: Schema, at: FieldPath, place: Place, visit: Visit): void {
  const { not, definitions } = schema;
  if (not !== undefined) visit(not, at.child("not"), withoutRules(place));
  for (const name of ALTERNATIVES) if (schema[name] !== undefined) visitAll(schema[name], at.child(name), place, visit);
  for (const name in definitions) visit(definitions[name]!, at.child("definitions").key(name), withoutRules(place));
}

const ALTERNATIVES = ["allOf", "oneOf", "anyOf"] as const;

const visitAll = (parts: readonly Schema[], at: FieldPath, place: Place, visit: Visit): void =>
  parts.forEach((part, i) => void visit(part, at.index(i), withoutRules(place)));

/** A place is one object for all that stands there, as schemas are many and places few. */
const withoutRules = (place: Place): Place => (place.ofRules === undefined ? place : { ...place, ofRules: undefined });

/** The outermost list or map is the one that is named. */
const withoutIdentity = (place: Place, at: FieldPath): Place =>
  place.unrelated === undefined ? { ...place, unrelated: at } : place;

const inResource = (place: Place, name: string, root: boolean): Place => ({
  ...place,
  inMetadata: true,
  noDefaults: root ? `in ${name} of the resource itself` : place.noDefaults,
});

/** https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy */
function validateListsAndMaps(schema: Schema, at: FieldPath, errors: FieldErrors): void {
  const mapType = schema["x-kubernetes-map-type"];
  if (mapType !== undefined) {
    checkTypeIs("object", "x-kubernetes-map-type", schema, at, errors);
    if (!MAP_TYPES.includes(mapType)) errors.notSupported(at.child("x-kubernetes-map-type"), mapType, MAP_TYPES);
  }
  const listType = schema["x-kubernetes-list-type"];
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  const listTypeAt = at.child("x-kubernetes-list-type");
  if (keys.length > 0 && listType === undefined) errors.required(listTypeAt, "lists with keys are of type map");
  if (listType === undefined) return;
  const fits = checkTypeIs("array", "x-kubernetes-list-type", schema, at, errors);
  const items = itemsOf(schema);
  if (fits && listType === "set" && items !== undefined) validateSetItems(items, at.child("items"), errors);
  if (!LIST_TYPES.includes(listType)) errors.notSupported(listTypeAt, listType, LIST_TYPES);
  if (keys.length > 0 && listType !== "map") errors.invalid(listTypeAt, listType, "is not map, and the list has keys");
  if (listType === "map") validateMapItems(schema, keys, at, errors);
  if (items?.nullable && (listType === "map" || listType === "set"))
    errors.forbidden(at.child("items").child("nullable"), `Items of a list of type ${listType} cannot be null`);
}

function checkTypeIs(type: string, keyword: string, schema: Schema, at: FieldPath, errors: FieldErrors): boolean {
  if (schema.type === type) return true;
  if (!schema.type) errors.required(at.child("type"), `${keyword} is for type ${type}`);
  else errors.invalid(at.child("type"), schema.type, `is not ${type}, which ${keyword} is for`);
  return false;
}

/** Items of a set are compared as a whole. */
function validateSetItems(items: Schema, at: FieldPath, errors: FieldErrors): void {
  const [listType, mapType] = [items["x-kubernetes-list-type"], items["x-kubernetes-map-type"]];
  if (items.type === "array" && listType !== undefined && listType !== "atomic")
    errors.invalid(at.child("x-kubernetes-list-type"), listType, "is not atomic, as items of a set are");
  if (items.type === "object" && mapType !== "atomic")
    errors.invalid(at.child("x-kubernetes-map-type"), mapType ?? "", "is not atomic, as items of a set are");
}

/** Items of a map are told apart by scalar fields that are always there. */
function validateMapItems(schema: Schema, keys: readonly string[], at: FieldPath, errors: FieldErrors): void {
  const keysAt = at.child("x-kubernetes-list-map-keys");
  const itemsAt = at.child("items");
  if (keys.length === 0) errors.required(keysAt, "a list of type map has keys");
  const items = itemsOf(schema);
  if (schema.items === undefined) errors.required(itemsAt, "a list of type map says what its items are");
  else if (items === undefined) errors.invalid(itemsAt, undefined, "is no single schema");
  if (items === undefined) return;
  if (items.type !== "object")
    errors.invalid(itemsAt.child("type"), items.type ?? "", "is no object, as items with keys are");
  keys.forEach((key, i) => {
    const property = propertyOf(items, key);
    const propertyAt = itemsAt.child("properties").key(key);
    if (items.type === "object") {
      if (property === undefined) errors.invalid(keysAt, key, "is no property of the items");
      else if (property.type === "array" || property.type === "object")
        errors.invalid(propertyAt.child("type"), property.type, "is no scalar type, as keys have");
      if (keys.indexOf(key) < i) errors.invalid(keysAt, key, "is in the list already");
    }
    if (property === undefined) return;
    if (!items.required?.includes(key) && property.default === undefined)
      errors.required(propertyAt.child("default"), "a key is required or has a default");
    if (property.nullable) errors.forbidden(propertyAt.child("nullable"), "A key cannot be null");
  });
}
