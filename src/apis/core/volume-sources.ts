import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkUnreservedPath } from "../meta/file-paths.js";
import { byteLength, checkForm, dnsSubdomainFault } from "../meta/names.js";
import { checkGiven } from "../meta/values.js";
import type {
  ConfigMapVolumeSource,
  CSIVolumeSource,
  DownwardAPIVolumeFile,
  DownwardAPIVolumeSource,
  ImageVolumeSource,
  KeyToPath,
  SecretVolumeSource,
} from "../types/core.v1.generated.js";
import { VOLUME_FIELDS, validateFieldSelector, validateResourceSelector } from "./pod-env.js";
import { PULL_POLICIES } from "./pull-policies.js";

const MOST_MODE = 0o777;
const LONGEST_DRIVER = 63;

export function checkMode(mode: number | undefined, at: FieldPath, errors: FieldErrors): void {
  if (mode !== undefined && (mode < 0 || mode > MOST_MODE))
    errors.invalid(at, mode, `is no file mode between 0 and 0777, which is ${MOST_MODE}`);
}

export function validateSecretVolume(source: SecretVolumeSource, at: FieldPath, errors: FieldErrors): void {
  checkGiven(source.secretName, at.child("secretName"), errors);
  checkMode(source.defaultMode, at.child("defaultMode"), errors);
  validateItems(source.items ?? [], at.child("items"), errors);
}

export function validateConfigMapVolume(source: ConfigMapVolumeSource, at: FieldPath, errors: FieldErrors): void {
  checkGiven(source.name, at.child("name"), errors);
  checkMode(source.defaultMode, at.child("defaultMode"), errors);
  validateItems(source.items ?? [], at.child("items"), errors);
}

export function validateItems(items: readonly KeyToPath[], at: FieldPath, errors: FieldErrors): void {
  items.forEach(({ key, path, mode }, i) => {
    const item = at.index(i);
    checkGiven(key, item.child("key"), errors);
    checkGiven(path, item.child("path"), errors);
    checkUnreservedPath(path, item.child("path"), errors);
    checkMode(mode, item.child("mode"), errors);
  });
}

export function validateDownwardVolume(source: DownwardAPIVolumeSource, at: FieldPath, errors: FieldErrors): void {
  checkMode(source.defaultMode, at.child("defaultMode"), errors);
  for (const file of source.items ?? []) validateDownwardFile(file, at, errors);
}

/** The server gives the volume's path, not the item's. */
export function validateDownwardFile(file: DownwardAPIVolumeFile, at: FieldPath, errors: FieldErrors): void {
  const { path, fieldRef, resourceFieldRef, mode } = file;
  checkGiven(path, at.child("path"), errors);
  checkUnreservedPath(path, at.child("path"), errors);
  if (fieldRef !== undefined) {
    validateFieldSelector(fieldRef, VOLUME_FIELDS, at.child("fieldRef"), errors);
    if (resourceFieldRef !== undefined) errors.invalid(at, undefined, "has both fieldRef and resourceFieldRef");
  } else if (resourceFieldRef !== undefined)
    validateResourceSelector(resourceFieldRef, true, at.child("resourceFieldRef"), errors);
  else errors.required(at, "fieldRef or resourceFieldRef says what the file holds");
  checkMode(mode, at.child("mode"), errors);
}

/** Upper case passes. */
export function checkDriverName(driver: string, at: FieldPath, errors: FieldErrors): void {
  checkGiven(driver, at, errors);
  if (byteLength(driver) > LONGEST_DRIVER) errors.tooLong(at, LONGEST_DRIVER);
  checkForm((name) => dnsSubdomainFault(name.toLowerCase()), driver, at, errors);
}

export function validateCsiVolume(source: CSIVolumeSource, at: FieldPath, errors: FieldErrors): void {
  checkDriverName(source.driver, at.child("driver"), errors);
  const secret = source.nodePublishSecretRef;
  if (secret === undefined) return;
  if (checkGiven(secret.name, at.child("nodePublishSecretRef").child("name"), errors))
    checkForm(dnsSubdomainFault, secret.name ?? "", at.child("name"), errors);
}

/** https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes/ */
export function validateImageVolume(source: ImageVolumeSource, at: FieldPath, errors: FieldErrors): void {
  checkGiven(source.reference, at.child("reference"), errors);
  const policy = source.pullPolicy ?? "";
  if (policy === "") errors.required(at.child("pullPolicy"));
  else if (!PULL_POLICIES.includes(policy)) errors.notSupported(at.child("pullPolicy"), policy, PULL_POLICIES);
}
