import { TypeTable } from "../schema/type-table.js";
import { type AdmitOptions, admitObject, cause, decodingCauses, refuse } from "./admit.js";
import { type DecodedObject, decodeObject } from "./decode/decode-object.js";
import { isMapping } from "./decode/is-mapping.js";
import { shapesOf } from "./decode/shapes.js";
import { deprecationWarning } from "./deprecations.js";
import type { ApiObject, KindRules } from "./kind-rules.js";
import { KINDS } from "./kinds.js";
import { type Cause, FieldErrors } from "./meta/field-errors.js";
import { METADATA, validateObjectMeta } from "./meta/object-meta.js";
import { checkDeletion, keepMetadata, validateMetadataUpdate } from "./meta/object-meta-update.js";
import { isSameValue } from "./meta/same-value.js";
import { prepareMetadata } from "./meta/system-fields.js";
import { kindIndexOf } from "./served-kinds.js";
import { mergeApplied } from "./server-side-apply/merge.js";
import { type MergeType, mergeTypeOf, mergeTypeOfSchema } from "./server-side-apply/merge-types.js";
import { checkFixedFields } from "./updates/fixed-fields.js";
import { MADE_BY_UPDATE, NAMED_ANEW, UPDATES } from "./updates/index.js";
import { withoutOldMistakes } from "./updates/ratchet.js";
import type { UpdateContext } from "./updates/update-rules.js";
import { refuseVersion } from "./updates/versions.js";
import type { Verdict } from "./verdict.js";

export interface UpdateOptions extends AdmitOptions {
  /** `update` (the default) replaces the object; `apply` merges into it, on the server and by force. */
  readonly operation?: "update" | "apply";
  /** Of a replacement: it is sent with the version that is stored, whatever `metadata.resourceVersion` says of it. */
  readonly currentVersion?: boolean;
  /** What was applied to the object the last time: what is no more in the value is taken away. */
  readonly lastApplied?: unknown;
  /** What the object was last created or replaced with: what stands there stays, applied or not. */
  readonly lastWritten?: unknown;
}

type Fields = Record<string, unknown>;

/** How one kind is read, judged and merged. */
interface Served {
  readonly kind: string;
  readonly namespaced: boolean;
  readonly custom: boolean;
  readonly rules: KindRules;
  readonly warnings: string[];
  readonly mergeType: () => MergeType;
  decode(value: Fields): DecodedObject;
}

/**
 * What the API server of the target minor answers to an update of the object that it has stored as `old`, or undefined
 * where it has none. The verdict's object is the new one to store, with the old status. Neither value is changed. Never throws.
 */
export function admitUpdate(value: unknown, old: Readonly<Fields> | undefined, options: UpdateOptions): Verdict {
  const applies = options.operation === "apply";
  if (!isMapping(value)) return admitObject(value, options);
  const served = servedKind(value, options);
  if (served === undefined) return admitObject(value, options);
  const given = served.decode(value);
  const mistakes = decodingCauses(given, options.duplicateFields ?? []);
  if (mistakes.length > 0)
    return applies ? notTyped(mistakes, served) : refuse(400, "BadRequest", mistakes, served.warnings);
  if (old === undefined)
    return applies || MADE_BY_UPDATE.has(served.kind) ? admitObject(value, options) : notFound(value);
  const decoded = applies ? served.decode(merge(value, old, served, options)) : given;
  const verdict = admitChange(decoded, served.decode(old), served, options, !applies);
  if (verdict.object === undefined) return verdict;
  if (!served.custom || !served.rules.keepsStatus) keepStatus(verdict.object, old);
  return verdict;
}

/** Undefined where `admitObject` has the answer: no such kind, or one that is not stored. */
function servedKind(value: Fields, { minor, surroundings }: UpdateOptions): Served | undefined {
  const { apiVersion, kind } = value;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  const name = `${apiVersion} ${kind}`;
  const entry = kindIndexOf(minor).find(apiVersion, kind);
  if (entry === undefined) {
    const found = surroundings.admission?.customKind(apiVersion, kind);
    if (found === undefined) return undefined;
    const { namespaced, rules, deprecation, decode } = found;
    const warnings = deprecation === undefined ? [] : [deprecation];
    return {
      kind: name,
      namespaced,
      custom: true,
      rules,
      warnings,
      decode,
      mergeType: () => mergeTypeOfSchema(found.schema),
    };
  }
  if (!entry.verbs.includes("update")) return undefined;
  const shapes = shapesOf(minor);
  return {
    kind: name,
    namespaced: entry.namespaced,
    custom: false,
    rules: KINDS[name] ?? {},
    warnings: deprecationWarning(apiVersion, kind, minor),
    decode: (fields) => decodeObject(shapes, shapes.find(entry.definition), fields),
    mergeType() {
      const definition = new TypeTable(minor).definition(entry.definition);
      return mergeTypeOf({ code: "ref", name: entry.definition, definition });
    },
  };
}

/** What is stored as a field that no user manages, or by a subresource of its own. */
const NOT_APPLIED = ["creationTimestamp", "deletionTimestamp", "generation", "managedFields", "resourceVersion"];

function merge(value: Fields, old: Fields, { rules, custom, mergeType }: Served, options: UpdateOptions): Fields {
  const { metadata, status, ...rest } = old;
  const stored: Fields = { ...rest, metadata: { ...(isMapping(metadata) ? metadata : {}) } };
  for (const field of NOT_APPLIED) delete (stored.metadata as Fields)[field];
  if (custom && rules.keepsStatus && status !== undefined) stored.status = status;
  const layers = { stored, applied: value, previous: options.lastApplied, written: options.lastWritten };
  return mergeApplied(layers, mergeType()) as Fields;
}

function admitChange(
  decoded: DecodedObject,
  stored: DecodedObject,
  { kind, namespaced, custom, rules, warnings }: Served,
  options: UpdateOptions,
  replaces: boolean,
): Verdict {
  const [object, old] = [decoded.object as unknown as ApiObject, stored.object as unknown as ApiObject];
  const { minor, surroundings } = options;
  const [apiVersion = "", name = ""] = kind.split(" ");
  const context: UpdateContext = { minor, surroundings, apiVersion, kind: name, namespaced, old, replaces };
  const update = UPDATES[kind] ?? {};
  const warn = (text: string) => void warnings.push(text);
  const hadUid = object.metadata.uid;
  if (hadUid !== undefined && old.metadata.uid !== undefined && hadUid !== old.metadata.uid)
    return refuse(409, "Conflict", [cause("Forbidden", "metadata.uid", "The uid is another object's")], warnings);
  const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
  prepareMetadata(object.metadata, namespaced, warnings);
  rules.defaults?.(old, context);
  rules.defaults?.(object, context);
  keepMetadata(object.metadata, old.metadata);
  const turnedAway = surroundings.admission?.receive(object, context);
  if (turnedAway !== undefined) return { allowed: false, ...turnedAway, warnings };
  const outdated =
    replaces && !options.currentVersion
      ? refuseVersion(object.metadata, old.metadata, { kind: name, custom })
      : undefined;
  if (outdated !== undefined) return { ...outdated, warnings };

  if (!custom || !rules.keepsStatus) keepStatus(decoded.object, stored.object);
  if (update.prepare) update.prepare(object, old, context, warn);
  else rules.prepare?.(object, context, warn);
  keepMetadata(object.metadata, old.metadata);
  countGeneration(object, old);

  const taking = new FieldErrors();
  update.take?.(object, old, taking, context);
  if (taking.any) {
    const failed = taking.causes.some(({ reason }) => reason === "InternalError");
    return refuse(failed ? 500 : 422, failed ? "InternalError" : "Invalid", taking.causes, warnings);
  }
  const errors = new FieldErrors();
  validateMetadataUpdate(object.metadata, old.metadata, namespaced, errors);
  checkDeletion({ deletionTimestamp, deletionGracePeriodSeconds }, old.metadata, errors);
  if (rules.nameForm) {
    const nameForm = NAMED_ANEW.has(kind) ? rules.nameForm : () => undefined;
    validateObjectMeta(object.metadata, namespaced, nameForm, METADATA, errors);
  }
  if (update.validatesWhole !== false) rules.validate?.(object, errors, context);
  update.validate?.(object, old, errors, context);
  checkFixedFields(kind, object, old, errors);
  const causes = custom
    ? withoutOldMistakes(errors.causes, object, old, rules, { ...context, old: undefined })
    : errors.causes;
  if (causes.length > 0) return refuse(422, "Invalid", distinct(causes), warnings);

  if (update.warnings) update.warnings(object, warn, context);
  else rules.warnings?.(object, warn, context);
  const denial = surroundings.admission?.review(object, context, warn);
  if (denial !== undefined) return { allowed: false, ...denial, warnings };
  rules.defaults?.(object, context);
  decoded.dropEmpty();
  return { allowed: true, code: 200, causes: [], warnings, object: decoded.object };
}

function keepStatus(object: Fields, old: Readonly<Fields>): void {
  if (old.status === undefined) delete object.status;
  else object.status = structuredClone(old.status);
}

/** Counts what users ask for; of a Deployment annotations are part of it. */
function countGeneration(object: ApiObject, old: ApiObject): void {
  const asked = ({ metadata, status: _, ...rest }: ApiObject & { status?: unknown }) =>
    object.kind === "Deployment" ? { ...rest, annotations: metadata.annotations } : rest;
  if (old.metadata.generation !== undefined && !isSameValue(asked(object), asked(old)))
    object.metadata.generation = old.metadata.generation + 1;
}

/** Several steps find the same mistake in metadata. */
function distinct(causes: readonly Cause[]): Cause[] {
  const seen = new Set<string>();
  return causes.filter(({ reason, field, message }) => seen.size !== seen.add(`${reason} ${field} ${message}`).size);
}

/** Who applies what the types do not have, is told of an error of the server's. */
const notTyped = (causes: readonly Cause[], { warnings }: Served): Verdict => ({
  allowed: false,
  code: 500,
  causes,
  warnings,
});

function notFound({ kind, metadata }: Fields): Verdict {
  const name = isMapping(metadata) ? metadata.name : undefined;
  return refuse(404, "NotFound", [cause("Forbidden", "metadata.name", `${kind} "${name}" does not exist`)]);
}
