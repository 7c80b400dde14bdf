import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { byteLength } from "../meta/names.js";
import type {
  CustomResourceColumnDefinition,
  CustomResourceSubresources,
  SelectableField,
} from "../types/apiextensions.v1.generated.js";
import { findField } from "./schema-fields.js";
import type { Schema } from "./schema-node.js";

const COLUMN_TYPES = ["boolean", "date", "integer", "number", "string"];
const COLUMN_FORMATS = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];
const SELECTABLE_TYPES = ["string", "boolean", "integer"];
const MOST_SELECTABLE = 8;
const LONGEST_WARNING = 256;

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#scale-subresource */
export function validateSubresources(
  subresources: CustomResourceSubresources | undefined,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const scale = subresources?.scale;
  if (scale === undefined) return;
  const scaleAt = at.child("scale");
  for (const [field, starts, required] of [
    ["specReplicasPath", [".spec."], true],
    ["statusReplicasPath", [".status."], true],
    ["labelSelectorPath", [".spec.", ".status."], false],
  ] as const) {
    const path = scale[field] ?? "";
    if (path === "") {
      if (required) errors.required(scaleAt.child(field));
    } else if (!starts.some((start) => path.startsWith(start)))
      errors.invalid(scaleAt.child(field), path, `does not start with ${starts.join(" or ")}`);
  }
}

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#additional-printer-columns */
export function validateColumn(column: CustomResourceColumnDefinition, at: FieldPath, errors: FieldErrors): void {
  const { name, type, format, jsonPath } = column;
  if (name === "") errors.required(at.child("name"));
  if (type === "") errors.required(at.child("type"));
  else if (!COLUMN_TYPES.includes(type))
    errors.invalid(at.child("type"), type, `is not one of ${COLUMN_TYPES.join(", ")}`);
  if (format && !COLUMN_FORMATS.includes(format))
    errors.invalid(at.child("format"), format, `is not one of ${COLUMN_FORMATS.join(", ")}`);
  if (jsonPath === "") errors.required(at.child("JSONPath"));
  else if (!jsonPath.startsWith(".")) errors.invalid(at.child("JSONPath"), jsonPath, "does not start with a dot");
}

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#crd-selectable-fields */
export function validateSelectableFields(
  fields: readonly SelectableField[],
  schema: Schema,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const known = new Set<string>();
  fields.forEach(({ jsonPath }, i) => {
    const pathAt = at.index(i).child("jsonPath");
    if (jsonPath === "") {
      errors.required(pathAt);
      return;
    }
    const found = findField(jsonPath, schema, { quoted: false });
    if (found === undefined) {
      errors.invalid(pathAt, jsonPath, "leads to no field of the schema");
      return;
    }
    if (found.names[0] === "metadata") errors.invalid(pathAt, jsonPath, "leads to metadata");
    if (!SELECTABLE_TYPES.includes(found.schema?.type ?? ""))
      errors.invalid(pathAt, jsonPath, "leads to a field of another type than string, boolean or integer");
    const path = found.names.join(".");
    if (known.has(path)) errors.duplicate(pathAt, jsonPath);
    known.add(path);
  });
  if (known.size > MOST_SELECTABLE) errors.tooMany(at, known.size, MOST_SELECTABLE);
}

export function validateDeprecation(
  deprecated: boolean,
  warning: string | undefined,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (warning === undefined) return;
  if (!deprecated) errors.invalid(at, warning, "is given for a version that is not deprecated");
  else if (warning === "") errors.invalid(at, warning, "says nothing");
  else if (byteLength(warning) > LONGEST_WARNING)
    errors.invalid(at, warning, `is longer than ${LONGEST_WARNING} bytes`);
  else if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u.test(warning))
    errors.invalid(at, warning, "has characters not to print");
}
