import { validateNodeSelector } from "../core/node-selector.js";
import { checkDriverName } from "../core/volume-sources.js";
import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import { checkNotNegative, checkPositive } from "../meta/values.js";
import type {
  Device,
  DeviceAttribute,
  ResourcePool,
  ResourceSlice,
  ResourceSliceSpec,
} from "../types/resource.v1.generated.js";
import { checkPoolName, checkQualifiedName } from "./device-names.js";

const SPEC = FieldPath.of("spec");
const DEVICES = SPEC.child("devices");
const MOST_DEVICES = 128;
const MOST_PROPERTIES = 32;
const LONGEST_VALUE = 64;
/** Longer keys are cut in the middle where they stand in paths: a domain, a slash and an identifier. */
const LONGEST_KEY_SHOWN = 63 + 1 + 32;
/** https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string */
const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/;

/** From this minor on, a slice without devices is written without the field. */
const OMITS_DEVICES_FROM = 35;

/** https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/#resourceslice */
export const RESOURCE_SLICE: KindRules<ResourceSlice> = {
  prepare({ spec }, { minor }) {
    dropDisabledFields(spec);
    if (minor < OMITS_DEVICES_FROM && !spec.devices?.length) Object.assign(spec, { devices: null });
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors) {
    checkDriverName(spec.driver, SPEC.child("driver"), errors);
    validatePool(spec.pool, SPEC.child("pool"), errors);
    validateNodes(spec, errors);
    const devices = spec.devices ?? [];
    if (devices.length > MOST_DEVICES) {
      errors.tooMany(DEVICES, devices.length, MOST_DEVICES);
      return;
    }
    const names = new Set<string>();
    devices.forEach((device, i) => {
      validateDevice(device, DEVICES.index(i), errors);
      if (names.has(device.name)) errors.duplicate(DEVICES.index(i).child("name"), device.name);
      names.add(device.name);
    });
  },
};

/** Fields of features that are off in every minor known: devices in parts, shared, with taints, or bound to conditions. */
function dropDisabledFields(spec: ResourceSliceSpec): void {
  delete spec.perDeviceNodeSelection;
  delete spec.sharedCounters;
  for (const device of spec.devices ?? []) {
    for (const field of [
      "consumesCounters",
      "nodeName",
      "nodeSelector",
      "allNodes",
      "allowMultipleAllocations",
      "bindsToNode",
      "bindingConditions",
      "bindingFailureConditions",
      "taints",
    ] as const)
      delete device[field];
    for (const name in device.capacity) delete device.capacity[name]!.requestPolicy;
  }
}

function validatePool(
  { name, generation, resourceSliceCount }: ResourcePool,
  at: FieldPath,
  errors: FieldErrors,
): void {
  checkPoolName(name, at.child("name"), errors);
  checkPositive(resourceSliceCount, at.child("resourceSliceCount"), errors);
  checkNotNegative(generation, at.child("generation"), errors);
}

/** The nodes that can use the devices are said in one way. */
function validateNodes({ nodeName, nodeSelector, allNodes }: ResourceSliceSpec, errors: FieldErrors): void {
  const nameAt = SPEC.child("nodeName");
  if (nodeName === "") errors.invalid(nameAt, nodeName, "names no node; leave it out instead");
  else if (nodeName !== undefined) checkForm(dnsSubdomainFault, nodeName, nameAt, errors);
  if (nodeSelector !== undefined) {
    const selectorAt = SPEC.child("nodeSelector");
    validateNodeSelector(nodeSelector, selectorAt, errors);
    if (nodeSelector.nodeSelectorTerms?.length !== 1)
      errors.invalid(selectorAt.child("nodeSelectorTerms"), undefined, "has not exactly one term");
  }
  if (allNodes === false) errors.invalid(SPEC.child("allNodes"), false, "is not true; leave it out instead");
  const ways = [nodeName, nodeSelector, allNodes].filter(Boolean).length;
  if (ways === 0) errors.required(SPEC, "one of nodeName, nodeSelector and allNodes says which nodes it is for");
  else if (ways > 1) errors.invalid(SPEC, undefined, "has more than one of nodeName, nodeSelector and allNodes");
}

function validateDevice({ name, attributes = {}, capacity = {} }: Device, at: FieldPath, errors: FieldErrors): void {
  checkForm(dnsLabelFault, name, at.child("name"), errors);
  const count = Object.keys(attributes).length + Object.keys(capacity).length;
  if (count > MOST_PROPERTIES)
    errors.invalid(at, count, `attributes and capacities are more than the ${MOST_PROPERTIES} that are allowed`);
  for (const key in attributes) {
    const keyAt = at.child("attributes").key(shortened(key));
    checkQualifiedName(key, keyAt, errors);
    validateAttribute(attributes[key]!, keyAt, errors);
  }
  for (const key in capacity) checkQualifiedName(key, at.child("capacity").key(shortened(key)), errors);
}

function shortened(key: string): string {
  if (key.length <= LONGEST_KEY_SHOWN) return key;
  const rest = LONGEST_KEY_SHOWN - 3;
  return `${key.slice(0, Math.ceil(rest / 2))}...${key.slice(key.length - Math.floor(rest / 2))}`;
}

/** Exactly one value, of one of four types. */
function validateAttribute(attribute: DeviceAttribute, at: FieldPath, errors: FieldErrors): void {
  const { string, version } = attribute;
  if (string !== undefined && byteLength(string) > LONGEST_VALUE) errors.tooLong(at.child("string"), LONGEST_VALUE);
  if (version !== undefined) {
    if (!VERSION.test(version)) errors.invalid(at.child("version"), version, "is no version such as 1.2.3");
    if (byteLength(version) > LONGEST_VALUE) errors.tooLong(at.child("version"), LONGEST_VALUE);
  }
  const values = Object.keys(attribute).length;
  if (values === 0) errors.required(at, "an attribute has a value");
  else if (values > 1) errors.invalid(at, undefined, `has ${values} values, and an attribute has one`);
}
