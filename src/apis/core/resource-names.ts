import { amountOf, checkAmountNotNegative, isWholeAmount } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, qualifiedNameFault } from "../meta/names.js";
import { parseQuantity } from "../meta/quantity.js";

/** https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
const HUGE_PAGES = "hugepages-";
const STANDARD_OF_CONTAINERS = new Set(["cpu", "memory", "ephemeral-storage"]);
/** Of objects in quotas; counted in whole numbers. */
const COUNTED = [
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
];
const COUNTED_SET = new Set(COUNTED);
/** Names without a prefix that mean something to some kind. */
const STANDARD = new Set([
  ...STANDARD_OF_CONTAINERS,
  "storage",
  "requests.cpu",
  "requests.memory",
  "requests.storage",
  "requests.ephemeral-storage",
  "limits.cpu",
  "limits.memory",
  "limits.ephemeral-storage",
  ...COUNTED,
]);

export const isHugePages = (name: string): boolean => name.startsWith(HUGE_PAGES);

/** Kubernetes' own: without a prefix, or with one of kubernetes.io. */
export const isNativeResource = (name: string): boolean => !name.includes("/") || name.includes("kubernetes.io/");

export const isExtendedResource = (name: string): boolean =>
  !isNativeResource(name) && !name.startsWith("requests.") && qualifiedNameFault(`requests.${name}`) === undefined;

/** Whether requests may be below limits. */
export const isOvercommitAllowed = (name: string): boolean => isNativeResource(name) && !isHugePages(name);

export const isStandardResource = (name: string): boolean =>
  STANDARD.has(name) || isHugePages(name) || name.startsWith(`requests.${HUGE_PAGES}`);

export const isStandardForContainers = (name: string): boolean => STANDARD_OF_CONTAINERS.has(name) || isHugePages(name);

export const isCountedResource = (name: string): boolean => COUNTED_SET.has(name) || isExtendedResource(name);

/** A qualified name; without a prefix, one of the standard ones. */
export function checkResourceName(name: string, at: FieldPath, errors: FieldErrors): boolean {
  if (!checkForm(qualifiedNameFault, name, at, errors)) return false;
  if (name.includes("/") || isStandardResource(name)) return true;
  errors.invalid(at, name, "is no standard resource; others have a prefix, as example.com/gpu has");
  return false;
}

export function checkContainerResourceName(name: string, at: FieldPath, errors: FieldErrors): void {
  checkResourceName(name, at, errors);
  if (!name.includes("/")) {
    if (!isStandardForContainers(name)) errors.invalid(at, name, "is no resource of containers");
  } else if (!isNativeResource(name) && !isExtendedResource(name))
    errors.invalid(at, name, "is not the form of an extended resource");
}

/** Pods have cpu, memory and huge pages as a whole. */
export function checkPodResourceName(name: string, at: FieldPath, errors: FieldErrors): void {
  checkResourceName(name, at, errors);
  if (!isPodLevelResource(name)) errors.notSupported(at, name, ["cpu", "hugepages-", "memory"]);
}

export const isPodLevelResource = (name: string): boolean => name === "cpu" || name === "memory" || isHugePages(name);

/** An amount of a resource is not negative; what is counted has no fractions. */
export function checkResourceAmount(name: string, amount: string, at: FieldPath, errors: FieldErrors): void {
  checkAmountNotNegative(amount, at, errors);
  if (isCountedResource(name) && !isWholeAmount(amount)) errors.invalid(at, amount, "is no whole number");
}

/** Whether an amount of huge pages is a whole number of pages of the size in the name. */
export function areWholePages(name: string, amount: string): boolean {
  const size = parseQuantity(name.slice(HUGE_PAGES.length))?.nano ?? 0n;
  const { nano } = amountOf(amount);
  return size > 0n && nano >= 0n && nano % size === 0n;
}
