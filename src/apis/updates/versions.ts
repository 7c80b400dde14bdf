import { cause, refuse } from "../admit.js";
import type { ObjectMeta } from "../types/meta.v1.generated.js";
import type { Verdict } from "../verdict.js";

/** Built-in kinds that are replaced only by those who name the version that they have seen. */
const VERSION_NEEDED: ReadonlySet<string> = new Set([
  "APIService",
  "CSIDriver",
  "CSINode",
  "CSIStorageCapacity",
  "ClusterTrustBundle",
  "CustomResourceDefinition",
  "Lease",
  "LeaseCandidate",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingWebhookConfiguration",
  "PodDisruptionBudget",
  "RuntimeClass",
  "StorageVersion",
  "StorageVersionMigration",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
]);

/**
 * What is answered for `metadata.resourceVersion` before anything is validated: it has to be the stored one where it is
 * known, and may be left out for most kinds. https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
 */
export function refuseVersion(
  { resourceVersion = "" }: ObjectMeta,
  old: ObjectMeta,
  { kind, custom }: { readonly kind: string; readonly custom: boolean },
): Verdict | undefined {
  const at = "metadata.resourceVersion";
  if (resourceVersion === "" || /^0+$/.test(resourceVersion)) {
    if (!custom && !VERSION_NEEDED.has(kind)) return undefined;
    return refuse(422, "Invalid", [cause("FieldValueInvalid", at, `No value is given, and a ${kind} asks for one`)]);
  }
  if (!/^\d{1,20}$/.test(resourceVersion))
    return refuse(500, "InternalError", [cause("InternalError", at, "The resourceVersion is no number")]);
  if (old.resourceVersion === undefined || old.resourceVersion === resourceVersion) return undefined;
  return refuse(409, "Conflict", [cause("Forbidden", at, "The object has changed since it was read")]);
}
