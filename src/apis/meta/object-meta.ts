import type { ObjectMeta, OwnerReference } from "../types/meta.v1.generated.js";
import type { FieldErrors } from "./field-errors.js";
import { FieldPath } from "./field-path.js";
import { byteLength, checkForm, dnsLabelFault, labelValueFault, type NameCheck, qualifiedNameFault } from "./names.js";
import { remembered } from "./remembered.js";

export const METADATA = FieldPath.of("metadata");
const MOST_ANNOTATION_BYTES = 256 * 1024;

/**
 * Metadata of an object, as every kind has it validated. CustomResourceDefinitions, APIServices, Leases, RuntimeClasses
 * and custom resources may have `anyFinalizer`; in the others one without a prefix is Kubernetes' own.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/
 */
export function validateObjectMeta(
  metadata: ObjectMeta,
  namespaced: boolean,
  nameFault: NameCheck,
  at: FieldPath,
  errors: FieldErrors,
  { anyFinalizer = false }: { anyFinalizer?: boolean } = {},
): void {
  const { name, generateName, namespace } = metadata;
  checkNames(metadata, nameFault, at, errors);
  if (!name && !generateName) errors.required(at.child("name"), "an object has a name or generateName");
  if (namespaced) {
    if (!namespace) errors.required(at.child("namespace"));
    else checkForm(dnsLabelFault, namespace, at.child("namespace"), errors);
  } else if (namespace) errors.forbidden(at.child("namespace"), "Objects of this kind are in no namespace");
  if ((metadata.generation ?? 0) < 0) errors.invalid(at.child("generation"), metadata.generation, "is negative");
  validateLabels(metadata.labels, at.child("labels"), errors);
  validateAnnotations(metadata.annotations, at.child("annotations"), errors);
  if (metadata.ownerReferences) validateOwners(metadata.ownerReferences, at.child("ownerReferences"), errors);
  if (metadata.finalizers) {
    validateFinalizers(metadata.finalizers, at.child("finalizers"), errors);
    if (!anyFinalizer) checkBareFinalizers(metadata.finalizers, at.child("finalizers"), errors);
  }
}

/** The form of the names that are given. */
export function checkNames(
  { name, generateName }: ObjectMeta,
  nameFault: NameCheck,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (generateName)
    checkForm((text) => nameFault(endsForGeneration(text)), generateName, at.child("generateName"), errors);
  if (name) checkForm(nameFault, name, at.child("name"), errors);
}

/** A prefix may end in hyphens: what is generated follows them. */
const endsForGeneration = (text: string): string =>
  text.length > 1 && text.endsWith("-") ? `${text.slice(0, -2)}a` : text;

/** Every fault of a label is reported at the labels as a whole. */
export function validateLabels(
  labels: Readonly<Record<string, string>> | null | undefined,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (!labels) return;
  for (const name in labels) {
    checkForm(qualifiedNameFault, name, at, errors);
    checkForm(labelValueFault, labels[name]!, at, errors);
  }
}

/** Keys are compared in lower case, so upper case passes in their prefix. */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | null | undefined,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (!annotations) return;
  let size = 0;
  for (const name in annotations) {
    checkForm(annotationKeyFault, name, at, errors);
    size += byteLength(name) + byteLength(annotations[name]!);
  }
  if (size > MOST_ANNOTATION_BYTES) errors.tooLong(at, MOST_ANNOTATION_BYTES);
}

const annotationKeyFault: NameCheck = remembered((name) => qualifiedNameFault(name.toLowerCase()));

/** The server names no index in the path. */
function validateOwners(owners: readonly OwnerReference[], at: FieldPath, errors: FieldErrors): void {
  let controllers = 0;
  for (const owner of owners) {
    const parts = owner.apiVersion.split("/");
    const version = parts.length > 2 ? "" : (parts.at(-1) ?? "");
    if (version === "" || owner.apiVersion === "/")
      errors.invalid(at.child("apiVersion"), owner.apiVersion, "names no version");
    for (const field of ["kind", "name", "uid"] as const)
      if (owner[field] === "") errors.invalid(at.child(field), "", `is no ${field} of an owner`);
    if (owner.apiVersion === "v1" && owner.kind === "Event") errors.invalid(at, "Event", "cannot own objects");
    if (owner.controller) controllers++;
  }
  if (controllers > 1)
    errors.invalid(at, undefined, `has ${controllers} owners with controller: true, and one is allowed`);
}

export function validateFinalizers(finalizers: readonly string[], at: FieldPath, errors: FieldErrors): void {
  for (const finalizer of finalizers) checkForm(qualifiedNameFault, finalizer, at, errors);
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion"))
    errors.invalid(at, undefined, 'holds both "orphan" and "foregroundDeletion"');
}

export const OWN_FINALIZERS: ReadonlySet<string> = new Set(["kubernetes", "orphan", "foregroundDeletion"]);

function checkBareFinalizers(finalizers: readonly string[], at: FieldPath, errors: FieldErrors): void {
  finalizers.forEach((finalizer, i) => {
    if (!finalizer.includes("/") && !OWN_FINALIZERS.has(finalizer))
      errors.invalid(at.index(i), finalizer, "has no prefix, as example.com/name has, and is none of Kubernetes' own");
  });
}
