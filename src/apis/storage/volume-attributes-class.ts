import { protectFromDeletion } from "../core/storage-protection.js";
import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type { VolumeAttributesClass } from "../types/storage.v1.generated.js";
import { checkProvisioner, validateParameters } from "./class-parts.js";

/** https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/ */
export const VOLUME_ATTRIBUTES_CLASS: KindRules<VolumeAttributesClass> = {
  mutate({ metadata }, { minor }) {
    if (isOn("VolumeAttributesClass", minor)) protectFromDeletion(metadata, "kubernetes.io/vac-protection");
    return undefined;
  },
  nameForm: dnsSubdomainFault,
  validate({ driverName, parameters }, errors) {
    checkProvisioner(driverName, FieldPath.of("driverName"), errors);
    validateParameters(parameters, errors, { emptyAllowed: false });
  },
};
