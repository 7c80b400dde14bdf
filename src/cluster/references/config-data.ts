import { isPlaceholder } from "../../schema/placeholder.js";
import type { Resource } from "../resource.js";
import { isRecord } from "./object-paths.js";

/** What the token controller writes: https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets. */
const TOKEN_KEYS = ["ca.crt", "namespace", "token"];

/** Annotations and labels by which a controller adds to an object what its manifest does not have. */
const FILLED_BY_A_CONTROLLER =
  /^(config\.openshift\.io\/inject-trusted-cabundle|service\.beta\.openshift\.io\/inject-cabundle|replicator\.v1\.mittwald\.de\/.*|reflector\.v1\.k8s\.emberstack\.com\/reflects|secret-generator\.v1\.mittwald\.de\/.*|secretgenerator\.mittwald\.de\/.*|sealedsecrets\.bitnami\.com\/(patch|managed)|cert-manager\.io\/(allow-direct-injection|inject-ca-from.*)|avp\.kubernetes\.io\/.*|secrets\.hashicorp\.com\/.*|strategy\.spinnaker\.io\/.*)$/;

/**
 * The keys a ConfigMap or Secret has in the cluster; undefined where the manifest does not tell: it has no data at all
 * (made to be filled by somebody), a placeholder among its keys, data of a wrong type, or a controller that adds to it.
 */
export function keysOf(resource: Resource): ReadonlySet<string> | undefined {
  const known = keySets.get(resource);
  if (known !== undefined) return known === null ? undefined : known;
  const keys = readKeys(resource);
  keySets.set(resource, keys ?? null);
  return keys;
}

/** Every reference to the object asks; null where the keys are not known. */
const keySets = new WeakMap<Resource, ReadonlySet<string> | null>();

function readKeys(resource: Resource): ReadonlySet<string> | undefined {
  const object = resource.object as Readonly<Record<string, unknown>>;
  if (object.type === "kubernetes.io/service-account-token") return new Set(TOKEN_KEYS);
  if (resource.doubtful.some((path) => /^(data|stringData|binaryData)\b|^$/.test(path))) return undefined;
  for (const name of [...Object.keys(resource.annotations), ...Object.keys(resource.labels)])
    if (FILLED_BY_A_CONTROLLER.test(name)) return undefined;
  const keys = new Set<string>();
  for (const field of ["data", "binaryData", "stringData"]) {
    const data = object[field];
    if (isRecord(data)) for (const key of Object.keys(data)) keys.add(key);
  }
  for (const key of keys) if (isPlaceholder(key)) return undefined;
  return keys.size === 0 ? undefined : keys;
}
