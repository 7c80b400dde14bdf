import { isKustomization } from "./kustomization.js";
import { localToolOf } from "./local-kinds.js";
import { baseName } from "./path-names.js";
import { isMapping, type Mapping, mappingsOf } from "./plain-values.js";
import { keysOfManifest, type Recognised, recogniseByKeys } from "./recognise-file.js";

/** What a decoded document is where it is no manifest; undefined for a manifest, also one that lacks apiVersion or kind. */
export function recogniseDocument(value: unknown, path: string): Recognised | undefined {
  if (Array.isArray(value)) return recogniseList(value);
  if (!isMapping(value)) return { reason: "not-a-manifest", detail: "no mapping" };
  if (isSops(value)) return { reason: "sops" };
  if (isKustomization(value, baseName(path))) return { reason: "kustomization" };
  const { apiVersion, kind } = value;
  if (typeof apiVersion === "string") {
    const tool = localToolOf(value, apiVersion, typeof kind === "string" ? kind : undefined);
    if (tool !== undefined) return { reason: "local-configuration", detail: tool };
    if (typeof kind === "string") return undefined;
  }
  if (isCompose(value)) return { reason: "compose" };
  // Chart.yaml has an apiVersion of its own; a lone metadata beside it is OpenShift's and Score's way.
  if (kind === undefined && typeof apiVersion === "string" && "version" in value && typeof value.name === "string")
    return { reason: "helm-chart" };
  const keys = new Set(Object.keys(value));
  if (keys.has("baseDomain")) return recogniseByKeys(path, keys);
  return keysOfManifest(keys) && looksLikeObject(value) ? undefined : recogniseByKeys(path, keys);
}

/**
 * Kinds of the API server that people write. Below the types of `schema/` on purpose: this only has to tell a manifest
 * without apiVersion from files of other tools that have a kind too.
 */
const KNOWN_KINDS = new Set(
  (
    "Pod Service ConfigMap Secret Namespace ServiceAccount PersistentVolume PersistentVolumeClaim Endpoints LimitRange " +
    "ResourceQuota ReplicationController PodTemplate Node List Deployment StatefulSet DaemonSet ReplicaSet Job CronJob " +
    "HorizontalPodAutoscaler PodDisruptionBudget Ingress IngressClass NetworkPolicy EndpointSlice Role RoleBinding " +
    "ClusterRole ClusterRoleBinding StorageClass VolumeAttachment CSIDriver CSINode PriorityClass RuntimeClass Lease " +
    "CustomResourceDefinition APIService MutatingWebhookConfiguration ValidatingWebhookConfiguration " +
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding PodSecurityPolicy CertificateSigningRequest"
  ).split(" "),
);

/** A manifest's metadata and spec are mappings; that keeps questionnaires and catalogues out that use the same words. */
function looksLikeObject(value: Mapping): boolean {
  const { kind, metadata, spec } = value;
  if (metadata !== undefined && !isMapping(metadata)) return false;
  if (typeof kind === "string" && value.apiVersion === undefined)
    return KNOWN_KINDS.has(kind) || Object.keys(value).some((key) => /api.?version/i.test(key));
  return isMapping(spec) || isMapping(metadata);
}

/** https://getsops.io/docs/: the encrypted file carries its own metadata. */
export const isSops = (value: Mapping): boolean =>
  isMapping(value.sops) && ("mac" in value.sops || "lastmodified" in value.sops || "encrypted_regex" in value.sops);

/** https://docs.docker.com/reference/compose-file/services/ */
function isCompose(value: Mapping): boolean {
  if (!isMapping(value.services) || "apiVersion" in value) return false;
  return Object.values(value.services).some(
    (service) => isMapping(service) && ("image" in service || "build" in service),
  );
}

function recogniseList(items: readonly unknown[]): Recognised {
  const first = items[0];
  return isMapping(first) && "op" in first && "path" in first
    ? { reason: "kustomize-patch", detail: "JSON patch" }
    : { reason: "not-a-manifest", detail: "a list" };
}

const PATCH_DIRECTIVE = /^\$(patch|retainKeys|deleteFromPrimitiveList\/.*|setElementOrder\/.*)$/;

/** Whether a directive of strategic merge patches stands anywhere in a value: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md */
export function hasPatchDirective(value: unknown, depth = 0): boolean {
  if (depth > 100 || typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => hasPatchDirective(item, depth + 1));
  return Object.entries(value).some(([key, inner]) => PATCH_DIRECTIVE.test(key) || hasPatchDirective(inner, depth + 1));
}

/**
 * Whether an object in a text shows only what the text is about: without a name, or a workload whose selector or images
 * are left out. A manifest that lacks them is a mistake; a text that does saves space.
 */
export function isExcerpt(value: Mapping): boolean {
  const { metadata, spec } = value;
  if (value.kind === "List") return false;
  if (!isMapping(metadata) || !("name" in metadata || "generateName" in metadata)) return true;
  if (typeof value.kind !== "string" || !/^(Deployment|StatefulSet|DaemonSet|ReplicaSet)$/.test(value.kind))
    return false;
  if (!isMapping(spec) || !isMapping(spec.template) || !isMapping(spec.selector)) return true;
  const containers = isMapping(spec.template.spec) ? mappingsOf(spec.template.spec.containers) : [];
  return containers.length === 0 || containers.some((container) => !("image" in container));
}
