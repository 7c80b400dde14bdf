import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkUnreservedPath } from "../meta/file-paths.js";
import { validateLabelSelector } from "../meta/label-selector.js";
import { checkForm, dnsSubdomainFault, type NameCheck } from "../meta/names.js";
import { checkGiven } from "../meta/values.js";
import type {
  ClusterTrustBundleProjection,
  ProjectedVolumeSource,
  ServiceAccountTokenProjection,
  VolumeProjection,
} from "../types/core.v1.generated.js";
import { checkMode, validateDownwardFile, validateItems } from "./volume-sources.js";

const SHORTEST_TOKEN = 600;
const LONGEST_TOKEN = 2 ** 32;

/** https://kubernetes.io/docs/concepts/storage/projected-volumes/ */
export function validateProjected(volume: ProjectedVolumeSource, at: FieldPath, errors: FieldErrors): void {
  checkMode(volume.defaultMode, at.child("defaultMode"), errors);
  const paths = new Set<string>();
  const takePath = (path: string) => {
    if (paths.has(path)) errors.invalid(at, path, "is the path of two files");
    paths.add(path);
  };
  volume.sources?.forEach(
    (source, i) => void validateProjection(source, at, at.child("sources").index(i), takePath, errors),
  );
}

function validateProjection(
  source: VolumeProjection,
  volume: FieldPath,
  at: FieldPath,
  takePath: (path: string) => void,
  errors: FieldErrors,
): void {
  let count = 0;
  for (const field of ["secret", "configMap"] as const) {
    const objects = source[field];
    if (objects === undefined) continue;
    count++;
    checkGiven(objects.name, at.child(field).child("name"), errors);
    validateItems(objects.items ?? [], at.child(field).child("items"), errors);
    for (const { path } of objects.items ?? []) if (path !== "") takePath(path);
  }
  if (source.downwardAPI !== undefined) {
    count++;
    for (const file of source.downwardAPI.items ?? []) {
      validateDownwardFile(file, at.child("downwardAPI"), errors);
      if (file.path !== "") takePath(file.path);
    }
  }
  if (source.serviceAccountToken !== undefined) {
    count++;
    validateToken(source.serviceAccountToken, volume, at.child("serviceAccountToken"), errors);
  }
  if (source.clusterTrustBundle !== undefined) {
    count++;
    validateTrustBundle(source.clusterTrustBundle, at.child("clusterTrustBundle"), errors);
    takePath(source.clusterTrustBundle.path);
  }
  if (count > 1) errors.forbidden(at, "An item of a projected volume has one source");
}

/** The server gives the volume's path for the token's. */
function validateToken(
  token: ServiceAccountTokenProjection,
  volume: FieldPath,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const seconds = token.expirationSeconds ?? 0;
  if (seconds < SHORTEST_TOKEN) errors.invalid(at.child("expirationSeconds"), seconds, "is less than ten minutes");
  if (seconds > LONGEST_TOKEN) errors.invalid(at.child("expirationSeconds"), seconds, "is more than 2^32 seconds");
  if (checkGiven(token.path, volume.child("path"), errors))
    checkUnreservedPath(token.path, volume.child("path"), errors);
}

/** https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#cluster-trust-bundles */
function validateTrustBundle(bundle: ClusterTrustBundleProjection, at: FieldPath, errors: FieldErrors): void {
  const { name, signerName, labelSelector, path } = bundle;
  if (name !== undefined && signerName !== undefined) errors.invalid(at, undefined, "has both name and signerName");
  else if (name !== undefined) {
    checkGiven(name, at.child("name"), errors);
    checkForm(bundleNameFault, name, at.child("name"), errors);
    if (labelSelector !== undefined) errors.invalid(at.child("labelSelector"), undefined, "stands beside a name");
  } else if (signerName !== undefined) {
    checkGiven(signerName, at.child("signerName"), errors);
    checkForm(signerNameFault, signerName, at.child("signerName"), errors);
    validateLabelSelector(labelSelector, at.child("labelSelector"), errors);
  } else errors.required(at, "name or signerName says which bundle");
  checkGiven(path, at.child("path"), errors);
  checkUnreservedPath(path, at.child("path"), errors);
}

/** `example.com:signer:name`, or a name without a signer. */
const bundleNameFault: NameCheck = (name) => dnsSubdomainFault(name.slice(name.lastIndexOf(":") + 1));

/** `example.com/signer`. */
export const signerNameFault: NameCheck = (name) => {
  const parts = name.split("/");
  if (parts.length !== 2 || parts.includes("")) return "is no signer: a domain, a slash and a path";
  return dnsSubdomainFault(parts[0]!) === undefined &&
    parts[1]!.split(".").every((part) => /^[A-Za-z0-9_]([-A-Za-z0-9_]*[A-Za-z0-9_])?$/.test(part))
    ? undefined
    : "is no signer: a domain, a slash and a path";
};
