import { decodeObject } from "../decode/decode-object.js";
import { isMapping } from "../decode/is-mapping.js";
import { shapesOf } from "../decode/shapes.js";
import { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dns1035LabelFault, pathSegmentFault } from "../meta/names.js";
import { validateObjectMeta } from "../meta/object-meta.js";
import type { ObjectMeta } from "../types/meta.v1.generated.js";
import { DEEPEST, itemsOf, propertyOf, type Schema, valuesOf } from "./schema-node.js";
import { hasBrokenRule } from "./schema-rules.js";
import { validateValue } from "./validate-value.js";

const RESOURCE_FIELDS = new Set(["apiVersion", "kind", "metadata"]);

/** The resource around a default, with the way from its root; the default stands at the end of the way. */
interface Surrounding {
  readonly root: Schema;
  readonly way: Way | undefined;
  /** Within apiVersion, kind or metadata. */
  readonly inMetadata: boolean;
}

/** The last step of a way, undefined for the items of a list, with the way before. */
interface Way {
  readonly before: Way | undefined;
  readonly step: string | undefined;
}

/**
 * Reports defaults that the schema itself would drop or refuse. Asked only of structural schemas.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting
 */
export function validateDefaults(schema: Schema, minor: number, at: FieldPath, errors: FieldErrors): void {
  const root = { ...schema, "x-kubernetes-embedded-resource": true };
  validateNode(root, { root, way: undefined, inMetadata: false }, minor, at, errors, 0);
}

function validateNode(
  schema: Schema,
  around: Surrounding,
  minor: number,
  at: FieldPath,
  errors: FieldErrors,
  depth: number,
): void {
  if (depth > DEEPEST) return;
  const embedded = schema["x-kubernetes-embedded-resource"] === true;
  const here = embedded ? { root: schema, way: undefined, inMetadata: false } : around;
  if (schema.default !== undefined && schema.default !== null) {
    const defaultAt = at.child("default");
    if (here.inMetadata) validateInMetadata(schema, here, minor, defaultAt, errors);
    else validateDefault(schema, minor, defaultAt, errors);
  }
  const items = itemsOf(schema);
  if (items !== undefined) {
    const below = { root: here.root, way: { before: here.way, step: undefined }, inMetadata: here.inMetadata };
    validateNode(items, below, minor, at.child("items"), errors, depth + 1);
  }
  const { properties } = schema;
  if (properties === undefined) return;
  const propertiesAt = at.child("properties");
  for (const name in properties) {
    const inMetadata = here.inMetadata || (embedded && RESOURCE_FIELDS.has(name));
    const below = { root: here.root, way: { before: here.way, step: name }, inMetadata };
    validateNode(properties[name]!, below, minor, propertiesAt.key(name), errors, depth + 1);
  }
}

function validateDefault(schema: Schema, minor: number, at: FieldPath, errors: FieldErrors): void {
  if (isPruned(schema.default, schema, 0)) errors.invalid(at, undefined, "has fields that the schema does not have");
  const before = errors.causes.length;
  validateEmbedded(schema.default, schema, minor, at, errors, 0);
  if (errors.causes.length > before) return;
  validateValue(schema, schema.default, at, errors);
  const embedded = schema["x-kubernetes-embedded-resource"] === true;
  if (errors.causes.length === before && hasBrokenRule(schema, embedded, at))
    errors.invalid(at, schema.default, "cannot be judged: a rule for it is no expression");
}

/** The resource that holds nothing but the default has to have metadata that is right. */
function validateInMetadata(
  schema: Schema,
  { root, way }: Surrounding,
  minor: number,
  at: FieldPath,
  errors: FieldErrors,
): void {
  let value: unknown = schema.default;
  for (let last = way; last !== undefined; last = last.before)
    value = last.step === undefined ? [value] : { [last.step]: value };
  const resource = { kind: "Validation", apiVersion: "validation/v1", ...(isMapping(value) ? value : {}) };
  const found = new FieldErrors();
  validateEmbedded(resource, root, minor, FieldPath.of(), found, 0);
  if (found.any) errors.invalid(at, schema.default, "makes metadata that is refused");
  else validateValue(schema, schema.default, at, errors);
}

/** Whether the schema leads to something being dropped from a value. */
function isPruned(value: unknown, schema: Schema | undefined, depth: number): boolean {
  if (depth > DEEPEST || typeof value !== "object" || value === null) return false;
  const keeps = schema?.["x-kubernetes-preserve-unknown-fields"] === true;
  if (Array.isArray(value)) {
    const items = schema && itemsOf(schema);
    if (keeps && items === undefined) return false;
    return value.some((item) => isPruned(item, items, depth + 1));
  }
  return Object.entries(value).some(([name, item]) => {
    if (schema === undefined) return true;
    if (schema["x-kubernetes-embedded-resource"] && RESOURCE_FIELDS.has(name)) return false;
    const property = propertyOf(schema, name);
    if (property !== undefined) return isPruned(item, property, depth + 1);
    if (schema.additionalProperties !== undefined) return isPruned(item, valuesOf(schema), depth + 1);
    return !keeps;
  });
}

/** The metadata of embedded resources, wherever in the value they are. */
export function validateEmbedded(
  value: unknown,
  schema: Schema,
  minor: number,
  at: FieldPath,
  errors: FieldErrors,
  depth: number,
): void {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    if (items === undefined) return;
    for (const [i, item] of value.entries()) validateEmbedded(item, items, minor, at.index(i), errors, depth + 1);
  } else if (isMapping(value)) {
    if (schema["x-kubernetes-embedded-resource"]) validateResource(value, minor, at, errors);
    const values = valuesOf(schema);
    for (const [name, item] of Object.entries(value)) {
      const property = propertyOf(schema, name);
      if (property !== undefined) validateEmbedded(item, property, minor, at.child(name), errors, depth + 1);
      else if (values !== undefined) validateEmbedded(item, values, minor, at.key(name), errors, depth + 1);
    }
  }
}

function validateResource(
  resource: Readonly<Record<string, unknown>>,
  minor: number,
  at: FieldPath,
  errors: FieldErrors,
): void {
  for (const field of ["apiVersion", "kind"] as const) {
    const value = resource[field];
    const fieldAt = at.child(field);
    if (!Object.hasOwn(resource, field)) errors.required(fieldAt);
    else if (typeof value !== "string" || value === "") errors.invalid(fieldAt, value, `is no ${field}`);
    else if (field === "kind") checkForm((text) => dns1035LabelFault(text.toLowerCase()), value, fieldAt, errors);
    else if (value.split("/").length > 2) errors.invalid(fieldAt, value, "is not a group and a version");
  }
  if (!Object.hasOwn(resource, "metadata")) return;
  const { metadata } = resource;
  const metadataAt = at.child("metadata");
  const shapes = shapesOf(minor);
  const decoded = isMapping(metadata) ? decodeObject(shapes, shapes.find("meta.v1.ObjectMeta"), metadata) : undefined;
  if (decoded === undefined || decoded.mismatch !== undefined) {
    if (metadata !== null) errors.invalid(metadataAt, undefined, "is no metadata");
    return;
  }
  const meta = { ...decoded.object } as ObjectMeta;
  meta.name ||= "any";
  validateObjectMeta(meta, Boolean(meta.namespace), pathSegmentFault, metadataAt, errors);
}
