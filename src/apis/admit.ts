import { type DecodedObject, decodeObject, type Mismatch } from "./decode/decode-object.js";
import { isMapping } from "./decode/is-mapping.js";
import { shapesOf } from "./decode/shapes.js";
import { kindFacts } from "./kind-facts.js";
import type { AdmitContext, ApiObject, KindRules } from "./kind-rules.js";
import { type Cause, FieldErrors, show } from "./meta/field-errors.js";
import { pathSegmentFault } from "./meta/names.js";
import { checkNames, METADATA, validateObjectMeta } from "./meta/object-meta.js";
import { prepareMetadata, stripSystemFields } from "./meta/system-fields.js";
import type { CustomKind, Surroundings } from "./surroundings.js";
import { UNKNOWN_KIND, type Verdict } from "./verdict.js";

export interface AdmitOptions {
  /** The target: 34 is Kubernetes 1.34. */
  readonly minor: number;
  readonly surroundings: Surroundings;
  /** Paths of keys that the text has twice in one mapping. */
  readonly duplicateFields?: readonly string[];
  /** Saves the work that only the verdict's `object` needs, and leaves that out. */
  readonly verdictOnly?: boolean;
}

/**
 * What the API server of the target minor answers to the creation of one object with strict field validation. The value
 * is not changed. Never throws.
 */
export function admitObject(value: unknown, options: AdmitOptions): Verdict {
  if (!isMapping(value))
    return refuse(400, "BadRequest", [cause("FieldValueTypeInvalid", "", "The document is no object")]);
  const { apiVersion, kind } = value;
  const mistyped = typeCause("apiVersion", apiVersion) ?? typeCause("kind", kind);
  if (mistyped !== undefined) return refuse(400, "BadRequest", [mistyped]);

  const { minor, surroundings } = options;
  const facts = kindFacts(textOf(apiVersion), textOf(kind), minor);
  if (facts === undefined) {
    const custom = surroundings.admission?.customKind(String(apiVersion), String(kind));
    if (custom !== undefined) return admitCustom(value, custom, options);
    const message = `No kind ${show(kind ?? "")} is served in ${show(apiVersion ?? "")}`;
    return refuse(404, UNKNOWN_KIND, [cause("NoMatch", "", message)]);
  }
  const { namespaced, rules } = facts;
  const context = { minor, surroundings, apiVersion: facts.apiVersion, kind: facts.kind, namespaced };
  const warnings = [...facts.warnings];
  if (!facts.creatable)
    return refuse(405, "MethodNotAllowed", [cause("Forbidden", "", `Kind ${facts.kind} is only read`)], warnings);

  const decoded = decodeObject(shapesOf(minor), facts.shape, value, options.verdictOnly);
  const undecodable = decodingCauses(decoded, options.duplicateFields);
  if (undecodable.length > 0) return refuse(400, "BadRequest", undecodable, warnings);
  return admitDecoded(decoded, rules, context, warnings, options.verdictOnly);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const typeCause = (field: string, value: unknown): Cause | undefined =>
  value === undefined || value === null || typeof value === "string"
    ? undefined
    : cause("FieldValueTypeInvalid", field, `${show(value)} is no string`);

function admitCustom(value: Record<string, unknown>, custom: CustomKind, options: AdmitOptions): Verdict {
  const { namespaced, rules, deprecation } = custom;
  const { minor, surroundings } = options;
  const context = { minor, surroundings, apiVersion: String(value.apiVersion), kind: String(value.kind), namespaced };
  const decoded = custom.decode(value);
  const warnings = deprecation === undefined ? [] : [deprecation];
  const undecodable = decodingCauses(decoded, options.duplicateFields);
  if (undecodable.length > 0) return refuse(400, "BadRequest", undecodable, warnings);
  return admitDecoded(decoded, rules, context, warnings, options.verdictOnly);
}

function admitDecoded(
  decoded: DecodedObject,
  rules: KindRules,
  context: AdmitContext,
  warnings: string[],
  verdictOnly = false,
): Verdict {
  const object = decoded.object as unknown as ApiObject;
  const hasMetadata = isMapping(object.metadata);
  if (hasMetadata) prepareMetadata(object.metadata, context.namespaced, warnings);
  rules.defaults?.(object, context);
  const { admission } = context.surroundings;
  const turnedAway = admission?.receive(object, context);
  if (turnedAway !== undefined) return { allowed: false, ...turnedAway, warnings };
  const mutation = rules.mutate?.(object, context);
  if (mutation !== undefined) return refuse(403, "Forbidden", [cause("Forbidden", "", mutation)], warnings);

  const fault = rules.malformed?.(object, context);
  if (fault !== undefined) return refuse(400, "BadRequest", [cause("FieldValueRequired", "", fault)], warnings);
  if (!rules.keepsStatus && decoded.object.status !== undefined) delete decoded.object.status;
  const warn = (text: string) => void warnings.push(text);
  rules.prepare?.(object, context, warn);
  const errors = new FieldErrors();
  if (rules.nameForm) validateObjectMeta(object.metadata, context.namespaced, rules.nameForm, METADATA, errors);
  rules.validate?.(object, errors, context);
  // What the metadata of every stored object has to be is asked last; but for names, the kind's own form asks for more.
  if (hasMetadata && rules.nameForm && !errors.any) checkNames(object.metadata, pathSegmentFault, METADATA, errors);
  if (errors.any) return refuse(422, "Invalid", errors.causes, warnings);

  rules.warnings?.(object, warn, context);
  const refusal = rules.admit?.(object, context);
  if (refusal !== undefined) return refuse(403, "Forbidden", [cause("Forbidden", "", refusal)], warnings);
  const denial = admission?.review(object, context, warn);
  if (denial !== undefined) return { allowed: false, ...denial, warnings };
  if (verdictOnly) return { allowed: true, code: 201, causes: [], warnings };
  // What is stored is filled in once more when it is read.
  rules.defaults?.(object, context);
  decoded.dropEmpty();
  if (hasMetadata) stripSystemFields(object.metadata);
  return { allowed: true, code: 201, causes: [], warnings, object: decoded.object };
}

/** One cause of an answer that no validation gives. */
export const cause = (reason: Cause["reason"], field: string, message: string): Cause => ({ reason, field, message });

export const refuse = (
  code: number,
  reason: string,
  causes: readonly Cause[],
  warnings: readonly string[] = [],
): Verdict => ({
  allowed: false,
  code,
  reason,
  causes,
  warnings,
});

const NO_CAUSES: readonly Cause[] = [];

/** A value of the wrong type is all that is said; unknown and duplicate fields are all listed. */
export function decodingCauses(
  { mismatch, unknown }: DecodedObject,
  duplicates: readonly string[] = [],
): readonly Cause[] {
  if (mismatch !== undefined) return [cause("FieldValueTypeInvalid", mismatch.path, mismatchText(mismatch))];
  if (unknown.length === 0 && duplicates.length === 0) return NO_CAUSES;
  return [
    ...duplicates.map((path) => cause("FieldDuplicate", path, `Field ${path} is given twice`)),
    ...unknown.map((path) => cause("FieldUnknown", path, `Field ${path} is not known`)),
  ];
}

const TYPE_WORDS: Readonly<Record<Mismatch["type"]["code"], string>> = {
  string: "a string",
  int32: "an integer of 32 bits",
  int64: "an integer",
  number: "a number",
  boolean: "true or false",
  Quantity: "a quantity",
  IntOrString: "an integer or a string",
  Time: "a time such as 2024-01-31T12:00:00Z",
  MicroTime: "a time with microseconds",
  bytes: "base64",
  ref: "an object",
  list: "a list",
  map: "an object",
  object: "an object",
  any: "a value",
  SchemaOrArray: "a schema or a list",
  SchemaOrBool: "a schema or a boolean",
  SchemaOrStrings: "a schema or a list of strings",
};

function mismatchText({ type, value }: Mismatch): string {
  // Bytes are what Secrets hold.
  const shown =
    type.code === "bytes"
      ? "The value"
      : Array.isArray(value)
        ? "A list"
        : isMapping(value)
          ? "An object"
          : show(value);
  return `${shown} stands where the type asks for ${TYPE_WORDS[type.code]}`;
}
