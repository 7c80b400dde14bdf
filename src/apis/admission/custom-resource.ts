import { isPlaceholder } from "../../schema/placeholder.js";
import { checkRules, hasRules, type RuledResource } from "../apiextensions/evaluate-rules.js";
import { validateEmbedded } from "../apiextensions/schema-defaults.js";
import type { Schema } from "../apiextensions/schema-node.js";
import { validateValue } from "../apiextensions/validate-value.js";
import { type DecodedObject, decodeObject } from "../decode/decode-object.js";
import { isMapping } from "../decode/is-mapping.js";
import { shapesOf } from "../decode/shapes.js";
import type { ApiObject, KindRules } from "../kind-rules.js";
import type { CauseReason, FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import { METADATA, validateObjectMeta } from "../meta/object-meta.js";
import type { CustomKind, Surroundings } from "../surroundings.js";
import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from "../types/apiextensions.v1.generated.js";
import { checkListTypes, fillDefaults, prune } from "./custom-values.js";

const ROOT = FieldPath.of();
/** The server's word for the place of the object itself. */
const NOWHERE = FieldPath.of("<nil>");
const MOST_REPLICAS = 2 ** 31 - 1;
/** Finalizers without a prefix are warned of since this minor. */
const WARNS_OF_FINALIZERS_FROM = 29;

/**
 * The names that a definition takes in its group. One that wants a name of another's is stored, and makes no kind.
 * https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/
 */
export function namesOf({ spec }: CustomResourceDefinition): string[] {
  const { plural, singular, shortNames = [], kind, listKind } = spec.names;
  const resources = new Set([plural, singular ?? kind.toLowerCase(), ...shortNames]);
  const kinds = new Set([kind, listKind ?? `${kind}List`]);
  return [
    ...[...resources].map((name) => `${spec.group} resource ${name}`),
    ...[...kinds].map((name) => `${spec.group} kind ${name}`),
  ];
}

/** `example.com/v1 Widget` -> how its objects are treated, for each version that is served. */
export function customKindsOf(definition: CustomResourceDefinition, minor: number): [string, CustomKind][] {
  const { group, names, versions } = definition.spec;
  return (versions ?? [])
    .filter(({ served }) => served)
    .map((version) => [`${group}/${version.name} ${names.kind}`, customKindOf(definition, version, minor)]);
}

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ */
function customKindOf(
  { spec }: CustomResourceDefinition,
  version: CustomResourceDefinitionVersion,
  minor: number,
): CustomKind {
  const schema = version.schema?.openAPIV3Schema ?? {};
  const namespaced = spec.scope === "Namespaced";
  const apiVersion = `${spec.group}/${version.name}`;
  const deprecation = version.deprecated
    ? (version.deprecationWarning ?? `${apiVersion} ${spec.names.kind} is deprecated`)
    : undefined;
  return {
    plural: spec.names.plural,
    namespaced,
    deprecation,
    schema,
    rules: rulesOf(schema, version, namespaced, minor),
    decode: (value) => decodeCustom(value, schema, minor),
  };
}

/** Metadata is decoded as that of every object; the rest is what the schema makes of it. */
function decodeCustom(value: Record<string, unknown>, schema: Schema, minor: number): DecodedObject {
  const shapes = shapesOf(minor);
  const { metadata, ...rest } = value;
  const unknown: string[] = [];
  const pruned = prune(rest, schema, unknown) as Record<string, unknown>;
  fillDefaults(pruned, schema);
  const decoded = decodeObject(shapes, shapes.find("meta.v1.ObjectMeta"), isMapping(metadata) ? metadata : {});
  unknown.push(...decoded.unknown.map((path) => `metadata.${path}`));
  const { mismatch } = decoded;
  const noMetadata = metadata !== undefined && metadata !== null && !isMapping(metadata);
  return {
    object: { ...pruned, metadata: decoded.object },
    unknown: unknown.sort(),
    mismatch: noMetadata
      ? { path: "metadata", type: { code: "object" }, value: metadata }
      : mismatch && { ...mismatch, path: `metadata.${mismatch.path}` },
    dropEmpty: decoded.dropEmpty,
  };
}

function rulesOf(
  schema: Schema,
  { subresources }: CustomResourceDefinitionVersion,
  namespaced: boolean,
  minor: number,
): KindRules {
  return {
    keepsStatus: subresources?.status === undefined,
    prepare(object) {
      object.metadata.generation = 1;
    },
    validate(object, errors, { surroundings, old }) {
      validateObjectMeta(object.metadata, namespaced, dnsSubdomainFault, METADATA, errors, { anyFinalizer: true });
      const value = jsonOf(object, schema);
      validateValue(schema, value, ROOT, errors);
      const path = subresources?.scale?.specReplicasPath;
      if (path !== undefined) checkReplicas(value, path, errors);
      validateEmbedded(value, schema, minor, ROOT, errors, 0);
      checkListTypes(value, schema, ROOT, errors);
      askRules(schema, { value, old: old && jsonOf(old, schema), isUnknown: unknownIn(surroundings) }, errors);
    },
    warnings({ metadata }, warn) {
      if (minor < WARNS_OF_FINALIZERS_FROM) return;
      for (const finalizer of metadata.finalizers ?? [])
        if (!finalizer.includes("/"))
          warn(`metadata.finalizers: "${finalizer}" has no domain, as example.com/name has`);
    },
  };
}

const unknownIn = ({ incomplete }: Surroundings): RuledResource["isUnknown"] =>
  incomplete ? isPlaceholder : undefined;

/** Faults after which the server does not ask the rules of a schema. */
const BLOCKING = new Set<CauseReason>([
  "FieldValueNotSupported",
  "FieldValueRequired",
  "FieldValueTooLong",
  "FieldValueTooMany",
  "FieldValueTypeInvalid",
]);

/** Rules are not asked of an object that is not as they expect it; that is said, too. */
function askRules(schema: Schema, resource: RuledResource, errors: FieldErrors): void {
  if (!hasRules(schema)) return;
  if (!errors.causes.some(({ reason }) => BLOCKING.has(reason))) checkRules(schema, resource, errors);
  else if (resource.isUnknown === undefined)
    errors.invalid(NOWHERE, undefined, "is not judged by the rules of its schema before its other faults are mended");
}

/** Metadata as JSON has it, where the schema has something to say about it. */
function jsonOf(object: ApiObject, schema: Schema): Record<string, unknown> {
  const value = object as unknown as Record<string, unknown>;
  if (schema.properties?.metadata === undefined && !hasRules(schema)) return value;
  return { ...value, metadata: JSON.parse(JSON.stringify(object.metadata)) };
}

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#scale-subresource */
function checkReplicas(value: Readonly<Record<string, unknown>>, path: string, errors: FieldErrors): void {
  let found: unknown = value;
  for (const name of path.split(".").slice(1)) found = isMapping(found) ? found[name] : undefined;
  if (typeof found !== "number") return;
  if (found < 0) errors.invalid(FieldPath.of(path), found, "is negative");
  else if (found > MOST_REPLICAS) errors.invalid(FieldPath.of(path), found, `is more than ${MOST_REPLICAS}`);
}
