import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import type {
  DeviceClaim,
  DeviceConstraint,
  DeviceRequest,
  DeviceSubRequest,
  ExactDeviceRequest,
} from "../types/resource.v1.generated.js";
import { validateDeviceConfig, validateSelectors } from "./device-config.js";
import { checkFullName } from "./device-names.js";

const ALLOCATION_MODES = ["All", "ExactCount"];
const MOST_REQUESTS = 32;
const MOST_CONSTRAINTS = 32;
const MOST_CONFIGS = 32;
const MOST_ALTERNATIVES = 8;

type AnyRequest = ExactDeviceRequest | DeviceSubRequest;

const allRequests = ({ requests }: DeviceClaim): AnyRequest[] =>
  (requests ?? []).flatMap(({ exactly, firstAvailable = [] }) => [
    ...(exactly === undefined ? [] : [exactly]),
    ...firstAvailable,
  ]);

export function setClaimDefaults(claim: DeviceClaim): void {
  for (const request of allRequests(claim)) {
    request.allocationMode ??= "ExactCount";
    if (request.allocationMode === "ExactCount") request.count ??= 1;
  }
}

/**
 * Fields of features that are off in every minor known: taints, and devices that are shared by their capacity.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
 */
export function dropDisabledFields(claim: DeviceClaim): void {
  for (const request of allRequests(claim)) {
    delete request.tolerations;
    delete request.capacity;
  }
  for (const constraint of claim.constraints ?? []) delete constraint.distinctAttribute;
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/#resourceclaim-resourceclaimtemplate */
export function validateDeviceClaim(claim: DeviceClaim, at: FieldPath, errors: FieldErrors): void {
  const { constraints = [], config = [] } = claim;
  const requests = claim.requests ?? [];
  validateNamed(requests, MOST_REQUESTS, at.child("requests"), errors, validateRequest);
  const known = requestNames(requests);
  const constraintsAt = at.child("constraints");
  if (constraints.length > MOST_CONSTRAINTS) errors.tooMany(constraintsAt, constraints.length, MOST_CONSTRAINTS);
  else constraints.forEach((item, i) => void validateConstraint(item, known, constraintsAt.index(i), errors));
  const configAt = at.child("config");
  if (config.length > MOST_CONFIGS) errors.tooMany(configAt, config.length, MOST_CONFIGS);
  else
    config.forEach((item, i) => {
      validateReferences(item.requests ?? [], known, configAt.index(i).child("requests"), errors);
      validateDeviceConfig(item, configAt.index(i), errors);
    });
}

/** Items told apart by their names, which repeat at a path of their own. */
function validateNamed<T extends { readonly name: string }>(
  items: readonly T[],
  most: number,
  at: FieldPath,
  errors: FieldErrors,
  validate: (item: T, at: FieldPath, errors: FieldErrors) => void,
): void {
  if (items.length > most) {
    errors.tooMany(at, items.length, most);
    return;
  }
  const names = new Set<string>();
  items.forEach((item, i) => {
    checkForm(dnsLabelFault, item.name, at.index(i).child("name"), errors);
    validate(item, at.index(i), errors);
    if (names.has(item.name)) errors.duplicate(at.index(i).child("name"), item.name);
    names.add(item.name);
  });
}

function validateRequest({ exactly, firstAvailable = [] }: DeviceRequest, at: FieldPath, errors: FieldErrors): void {
  if (exactly === undefined && firstAvailable.length === 0)
    errors.required(at, "a request has exactly or firstAvailable");
  else if (exactly !== undefined && firstAvailable.length > 0)
    errors.invalid(at, undefined, "has both exactly and firstAvailable");
  else if (exactly !== undefined) validateDevices(exactly, at.child("exactly"), errors);
  else validateNamed(firstAvailable, MOST_ALTERNATIVES, at.child("firstAvailable"), errors, validateDevices);
}

function validateDevices(request: AnyRequest, at: FieldPath, errors: FieldErrors): void {
  const { deviceClassName, selectors = [], allocationMode = "", count = 0 } = request;
  const classAt = at.child("deviceClassName");
  if (deviceClassName === "") errors.required(classAt);
  else checkForm(dnsSubdomainFault, deviceClassName, classAt, errors);
  validateSelectors(selectors, at.child("selectors"), errors);
  const countAt = at.child("count");
  if (allocationMode === "All") {
    if (count !== 0) errors.invalid(countAt, count, "is given, and allocationMode All asks for all devices");
  } else if (allocationMode === "ExactCount") {
    if (count <= 0) errors.invalid(countAt, count, "is not greater than zero");
  } else errors.notSupported(at.child("allocationMode"), allocationMode, ALLOCATION_MODES);
}

/** The names of requests, and of alternatives after a slash. */
function requestNames(requests: readonly DeviceRequest[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, firstAvailable = [] } of requests) {
    names.add(name);
    for (const alternative of firstAvailable) names.add(`${name}/${alternative.name}`);
  }
  return names;
}

function validateReferences(
  requests: readonly string[],
  known: ReadonlySet<string>,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (requests.length > MOST_REQUESTS) {
    errors.tooMany(at, requests.length, MOST_REQUESTS);
    return;
  }
  requests.forEach((name, i) => {
    const parts = name.split("/");
    if (parts.length <= 2) for (const part of parts) checkForm(dnsLabelFault, part, at.index(i), errors);
    if (!known.has(name)) errors.invalid(at.index(i), name, "is the name of no request of the claim");
    if (requests.indexOf(name) < i) errors.duplicate(at.index(i), name);
  });
}

function validateConstraint(
  { requests = [], matchAttribute }: DeviceConstraint,
  known: ReadonlySet<string>,
  at: FieldPath,
  errors: FieldErrors,
): void {
  validateReferences(requests, known, at.child("requests"), errors);
  if (matchAttribute === undefined) errors.required(at.child("matchAttribute"));
  else checkFullName(matchAttribute, at.child("matchAttribute"), errors);
}

/** Access to devices in use needs a label of the namespace, which is not known here. */
export function validateAdminAccess({ requests }: DeviceClaim, errors: FieldErrors): void {
  if (requests?.some(({ exactly }) => exactly?.adminAccess))
    errors.forbidden(
      FieldPath.of(""),
      "adminAccess needs a namespace with the label resource.kubernetes.io/admin-access=true",
    );
}
