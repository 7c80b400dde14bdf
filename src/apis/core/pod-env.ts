import { isOn } from "../feature-gates.js";
import { signOf } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkUnreservedPath } from "../meta/file-paths.js";
import {
  checkForm,
  configKeyFault,
  dnsSubdomainFault,
  envNameFault,
  type NameCheck,
  qualifiedNameFault,
  relaxedEnvNameFault,
} from "../meta/names.js";
import { checkGiven } from "../meta/values.js";
import type {
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  ObjectFieldSelector,
  ResourceFieldSelector,
} from "../types/core.v1.generated.js";

/** https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ */
const ENV_FIELDS = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
const ENV_FIELDS_BEFORE = ENV_FIELDS.filter((field) => field !== "status.hostIPs");
export const VOLUME_FIELDS = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
];
/** Paths that the API converts; the rest are not known at all. `spec.host` is the old name of `spec.nodeName`. */
const KNOWN_FIELDS = new Set([
  ...ENV_FIELDS,
  ...VOLUME_FIELDS,
  "spec.restartPolicy",
  "spec.schedulerName",
  "spec.host",
  "status.phase",
]);
const SUBSCRIPTED_FIELDS = new Set(["metadata.annotations", "metadata.labels"]);

const RESOURCE_FIELDS = [
  "limits.cpu",
  "limits.ephemeral-storage",
  "limits.memory",
  "requests.cpu",
  "requests.ephemeral-storage",
  "requests.memory",
];
const HUGE_PAGES_FIELD = /^(limits|requests)\.hugepages-/;
const CPU_DIVISORS = new Set(["1m", "1"]);
const SIZE_DIVISORS = new Set([
  "1",
  ..."kMGTPE".split("").map((s) => `1${s}`),
  ..."KMGTPE".split("").map((s) => `1${s}i`),
]);

const envName = (minor: number): NameCheck =>
  isOn("RelaxedEnvironmentVariableValidation", minor) ? relaxedEnvNameFault : envNameFault;

/** https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/ */
export function validateEnv(env: readonly EnvVar[], minor: number, at: FieldPath, errors: FieldErrors): void {
  env.forEach((variable, i) => {
    const item = at.index(i);
    if (variable.name === "") errors.required(item.child("name"));
    else checkForm(envName(minor), variable.name, item.child("name"), errors);
    if (variable.valueFrom !== undefined)
      validateSource(variable.valueFrom, variable.value ?? "", minor, item.child("valueFrom"), errors);
  });
}

function validateSource(source: EnvVarSource, value: string, minor: number, at: FieldPath, errors: FieldErrors): void {
  let count = 0;
  if (source.fieldRef !== undefined) {
    count++;
    const served = isOn("PodHostIPs", minor) ? ENV_FIELDS : ENV_FIELDS_BEFORE;
    validateFieldSelector(source.fieldRef, served, at.child("fieldRef"), errors);
  }
  if (source.resourceFieldRef !== undefined) {
    count++;
    validateResourceSelector(source.resourceFieldRef, false, at.child("resourceFieldRef"), errors);
  }
  for (const field of ["configMapKeyRef", "secretKeyRef"] as const) {
    const selector = source[field];
    if (selector === undefined) continue;
    count++;
    const path = at.child(field);
    checkForm(dnsSubdomainFault, selector.name ?? "", path.child("name"), errors);
    if (checkGiven(selector.key, path.child("key"), errors))
      checkForm(configKeyFault, selector.key, path.child("key"), errors);
  }
  if (source.fileKeyRef !== undefined) {
    count++;
    const { volumeName, path, key } = source.fileKeyRef;
    const own = at.child("fileKeyRef");
    checkGiven(key, own.child("key"), errors);
    checkGiven(volumeName, own.child("volumeName"), errors);
    if (checkGiven(path, own.child("path"), errors)) checkUnreservedPath(path, own.child("path"), errors);
  }
  if (count === 0) errors.invalid(at, undefined, "names no source");
  else if (value !== "") errors.invalid(at, undefined, "cannot stand beside a value");
  else if (count > 1) errors.invalid(at, undefined, "names more than one source");
}

export function validateEnvFrom(
  sources: readonly EnvFromSource[],
  minor: number,
  at: FieldPath,
  errors: FieldErrors,
): void {
  sources.forEach((source, i) => {
    const item = at.index(i);
    if (source.prefix) checkForm(envName(minor), source.prefix, item.child("prefix"), errors);
    let count = 0;
    for (const field of ["configMapRef", "secretRef"] as const) {
      if (source[field] === undefined) continue;
      count++;
      const { name } = source[field];
      const path = item.child(field).child("name");
      if (checkGiven(name, path, errors)) checkForm(nameForGeneration, name ?? "", path, errors);
    }
    // The server names the list, not the item.
    if (count === 0) errors.invalid(at, undefined, "has an item that names neither a ConfigMap nor a Secret");
    else if (count > 1) errors.invalid(at, undefined, "has an item that names both a ConfigMap and a Secret");
  });
}

/** Here a name may end in hyphens, as only prefixes of names may elsewhere. */
const nameForGeneration: NameCheck = (name) =>
  dnsSubdomainFault(name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name);

/** A field of the Pod, for a variable or a file. */
export function validateFieldSelector(
  { apiVersion = "", fieldPath }: ObjectFieldSelector,
  allowed: readonly string[],
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (!checkGiven(apiVersion, at.child("apiVersion"), errors)) return;
  if (!checkGiven(fieldPath, at.child("fieldPath"), errors)) return;
  const subscripted = /^(.+?)\['(.*)'\]$/s.exec(fieldPath);
  const [path, key] = subscripted === null ? [fieldPath] : [subscripted[1]!, subscripted[2]!];
  const converts = key === undefined ? KNOWN_FIELDS.has(path) : SUBSCRIPTED_FIELDS.has(path);
  if (apiVersion !== "v1" || !converts)
    errors.invalid(at.child("fieldPath"), fieldPath, "is no field of a Pod to refer to");
  else if (key !== undefined)
    checkForm(qualifiedNameFault, path === "metadata.annotations" ? key.toLowerCase() : key, at, errors);
  else if (!allowed.includes(path === "spec.host" ? "spec.nodeName" : path))
    errors.notSupported(at.child("fieldPath"), path, allowed);
}

/** A request or limit of a container, for a variable of its own or a file. */
export function validateResourceSelector(
  { containerName = "", resource, divisor }: ResourceFieldSelector,
  inVolume: boolean,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (inVolume && containerName === "") errors.required(at.child("containerName"));
  else if (resource === "") errors.required(at.child("resource"));
  else if (!RESOURCE_FIELDS.includes(resource) && !HUGE_PAGES_FIELD.test(resource))
    errors.notSupported(at.child("resource"), resource, RESOURCE_FIELDS);
  if (divisor === undefined || signOf(divisor) === 0) return;
  const divisors = resource.endsWith(".cpu") ? CPU_DIVISORS : SIZE_DIVISORS;
  const known = RESOURCE_FIELDS.includes(resource) || HUGE_PAGES_FIELD.test(resource);
  if (known && !divisors.has(divisor)) errors.invalid(at.child("divisor"), divisor, `is no divisor for ${resource}`);
}
