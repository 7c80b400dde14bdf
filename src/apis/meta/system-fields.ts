import type { ObjectMeta } from "../types/meta.v1.generated.js";
import { dropField } from "./drop-field.js";

/** Stands for what the server makes up after `generateName`. */
const GENERATED_SUFFIX = "xxxxx";
/** https://kubernetes.io/docs/reference/using-api/api-concepts/#generated-values */
const LONGEST_GENERATED_BASE = 58;

/** What nobody but the server writes. */
const SYSTEM_FIELDS = ["selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields"] as const;

/** Fills what the server fills before it validates: the namespace, the generated name, owners without repetition. */
export function prepareMetadata(metadata: ObjectMeta, namespaced: boolean, warnings: string[]): void {
  if (namespaced) metadata.namespace ??= "default";
  else dropField(metadata, "namespace");
  for (const field of SYSTEM_FIELDS) dropField(metadata, field);
  if (!metadata.name && metadata.generateName) metadata.name = generatedName(metadata.generateName);
  const owners = metadata.ownerReferences;
  if (owners !== undefined && owners.length > 1) {
    const known = new Set<string>();
    const distinct = owners.filter((owner) => known.size !== known.add(JSON.stringify(owner)).size);
    if (distinct.length < owners.length) {
      metadata.ownerReferences = distinct;
      warnings.push("metadata.ownerReferences names an owner twice; the second is dropped");
    }
  }
}

/** A name with what stands for the end that the server makes up. */
export const generatedName = (base: string): string => base.slice(0, LONGEST_GENERATED_BASE) + GENERATED_SUFFIX;

/** Whether the server makes up the name. */
export const isNameGenerated = ({ name, generateName }: Pick<ObjectMeta, "name" | "generateName">): boolean =>
  generateName !== undefined && name === generatedName(generateName);

/** The name of an object, with an end of one's own in place of what stands for the one that the server makes up. */
export const withGeneratedEnd = (metadata: ObjectMeta, end: string): string | undefined =>
  isNameGenerated(metadata) ? metadata.name!.slice(0, -GENERATED_SUFFIX.length) + end : metadata.name;

/** Takes out what differs from request to request. */
export function stripSystemFields(metadata: ObjectMeta): void {
  dropField(metadata, "uid");
  dropField(metadata, "resourceVersion");
  dropField(metadata, "creationTimestamp");
}
