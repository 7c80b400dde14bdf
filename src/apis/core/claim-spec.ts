import { isOn } from "../feature-gates.js";
import { checkAmountPositive } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { checkForm, dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import { checkChoice, checkGiven } from "../meta/values.js";
import type { PersistentVolumeClaimSpec, TypedObjectReference } from "../types/core.v1.generated.js";

const ACCESS_MODES = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
export const VOLUME_MODES = ["Block", "Filesystem"];

/** The server names the list, not the item. */
export function validateAccessModes(modes: readonly string[], at: FieldPath, errors: FieldErrors): void {
  for (const mode of modes) checkChoice(mode, ACCESS_MODES, at, errors);
  const others = modes.some((mode) => mode !== "ReadWriteOncePod" && ACCESS_MODES.includes(mode));
  if (others && modes.includes("ReadWriteOncePod")) errors.forbidden(at, "ReadWriteOncePod stands alone");
}

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes */
export function checkModesServed(
  modes: readonly string[] | undefined,
  minor: number,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (!isOn("ReadWriteOncePod", minor) && modes?.includes("ReadWriteOncePod"))
    errors.notSupported(at, "ReadWriteOncePod", ACCESS_MODES.slice(0, -1));
}

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims */
export function validateClaimSpec(
  spec: PersistentVolumeClaimSpec,
  at: FieldPath,
  errors: FieldErrors,
  { anyGroup = false }: { readonly anyGroup?: boolean } = {},
): void {
  const { accessModes = [], storageClassName, volumeMode, dataSource, dataSourceRef } = spec;
  if (accessModes.length === 0) errors.required(at.child("accessModes"), "a claim has an access mode");
  validateLabelSelector(spec.selector, at.child("selector"), errors);
  validateAccessModes(accessModes, at.child("accessModes"), errors);
  const size = spec.resources.requests?.storage;
  if (size === undefined)
    errors.required(at.child("resources").key("storage"), "a claim says how much storage it needs");
  else checkAmountPositive(size, at.child("resources").key("storage"), errors);
  if (storageClassName) checkForm(dnsSubdomainFault, storageClassName, at.child("storageClassName"), errors);
  if (volumeMode !== undefined) checkChoice(volumeMode, VOLUME_MODES, at.child("volumeMode"), errors);
  if (dataSource !== undefined) validateDataSource(dataSource, anyGroup, at.child("dataSource"), errors);
  if (dataSourceRef !== undefined) validateDataSource(dataSourceRef, anyGroup, at.child("dataSourceRef"), errors);
  if (dataSourceRef?.namespace) {
    if (dataSource !== undefined)
      errors.invalid(at, undefined, "has a dataSource beside a dataSourceRef with a namespace");
  } else if (dataSource !== undefined && dataSourceRef !== undefined) {
    const same = (["apiGroup", "kind", "name"] as const).every((field) => dataSource[field] === dataSourceRef[field]);
    if (!same) errors.invalid(at, undefined, "has a dataSource that is not its dataSourceRef");
  }
  if (spec.volumeAttributesClassName)
    checkForm(dnsSubdomainFault, spec.volumeAttributesClassName, at.child("volumeAttributesClassName"), errors);
}

/** What the cluster's features leave of a claim, and what defaults add to it. */
export function prepareClaimSpec(
  spec: PersistentVolumeClaimSpec,
  minor: number,
  old?: PersistentVolumeClaimSpec,
): void {
  if (!isOn("VolumeAttributesClass", minor)) delete spec.volumeAttributesClassName;
  // The gate of references into other namespaces is off; a claim that has a reference stored, is looked at as it comes.
  if (spec.dataSourceRef !== undefined && old?.dataSourceRef === undefined) delete spec.dataSourceRef.namespace;
}

function validateDataSource(source: TypedObjectReference, anyGroup: boolean, at: FieldPath, errors: FieldErrors): void {
  const { apiGroup = "", kind, name, namespace } = source;
  checkGiven(name, at.child("name"), errors);
  checkGiven(kind, at.child("kind"), errors);
  if (apiGroup === "" && kind !== "PersistentVolumeClaim")
    errors.invalid(at, kind, "is no PersistentVolumeClaim, the only source without an apiGroup");
  if (apiGroup !== "" && !anyGroup) checkForm(dnsSubdomainFault, apiGroup, at.child("apiGroup"), errors);
  if (namespace) checkForm(dnsLabelFault, namespace, at.child("namespace"), errors);
}
