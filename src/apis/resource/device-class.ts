import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type { DeviceClass } from "../types/resource.v1.generated.js";
import { validateDeviceConfig, validateSelectors } from "./device-config.js";

const CONFIG = FieldPath.of("spec", "config");
const MOST_CONFIGS = 32;

/** https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/#deviceclass */
export const DEVICE_CLASS: KindRules<DeviceClass> = {
  prepare({ spec }) {
    // Its feature is off in every minor known.
    delete spec.extendedResourceName;
  },
  nameForm: dnsSubdomainFault,
  validate({ spec: { selectors = [], config = [] } }, errors) {
    validateSelectors(selectors, FieldPath.of("spec", "selectors"), errors);
    if (config.length > MOST_CONFIGS) errors.tooMany(CONFIG, config.length, MOST_CONFIGS);
    else config.forEach((item, i) => void validateDeviceConfig(item, CONFIG.index(i), errors));
  },
};
