import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { validateDefaults } from "./schema-defaults.js";
import { validateSchemaDocument } from "./schema-document.js";
import { type Schema, someSchema } from "./schema-node.js";
import { isKnownFormat } from "./string-formats.js";
import { usesUnsupported, validateStructure } from "./structural-schema.js";

/** All that the root of a schema may have where status is a resource of its own. */
const ROOT_FIELDS = new Set(
  (
    "description type format title maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern " +
    "maxItems minItems uniqueItems multipleOf required items properties externalDocs example " +
    "x-kubernetes-preserve-unknown-fields x-kubernetes-validations"
  ).split(" "),
);

export interface SchemaUse {
  readonly minor: number;
  readonly statusSubresource: boolean;
}

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation */
export function validateDefinitionSchema(schema: Schema, use: SchemaUse, at: FieldPath, errors: FieldErrors): void {
  const rootAt = at.child("openAPIV3Schema");
  if (use.statusSubresource) validateRoot(schema, rootAt, errors);
  if (schema.nullable) errors.forbidden(rootAt.child("nullable"), "The root of a schema cannot be null");
  const before = errors.causes.length;
  const unsupported = usesUnsupported(schema);
  if (!unsupported) {
    validateStructure(schema, rootAt, errors);
    if (errors.causes.length === before) validateDefaults(schema, use.minor, rootAt, errors);
  }
  validateSchemaDocument(schema, !unsupported && errors.causes.length === before, rootAt, errors);
  if (unsupported && errors.causes.length === before)
    errors.invalid(rootAt, undefined, "has a keyword that is not supported");
}

/** The first thing found is all that is said. */
function validateRoot(schema: Schema, at: FieldPath, errors: FieldErrors): void {
  const unusual = Object.keys(schema).find((name) => !ROOT_FIELDS.has(name));
  const early = schema.id || schema.$schema || schema.$ref !== undefined;
  if (schema.type && schema.type !== "object" && !early)
    errors.invalid(at.child("type"), schema.type, "is no object, as the root of a schema with a status is");
  else if (unusual !== undefined)
    errors.invalid(at, undefined, `has ${unusual} at its root, which a schema with a status subresource may not`);
}

/** Collects the formats of strings in a schema that the server takes no notice of. */
export function collectUnknownFormats(schema: Schema, minor: number, formats: Set<string>): void {
  someSchema(schema, ({ type, format }) => {
    if (type === "string" && format && !isKnownFormat(format, minor)) formats.add(format);
    return false;
  });
}
