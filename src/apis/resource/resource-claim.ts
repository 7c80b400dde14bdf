import { validateTemplateMeta } from "../core/claim-template.js";
import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type { ResourceClaim, ResourceClaimTemplate } from "../types/resource.v1.generated.js";
import { dropDisabledFields, setClaimDefaults, validateAdminAccess, validateDeviceClaim } from "./device-claim.js";

const SPEC = FieldPath.of("spec");

/** https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/#resourceclaim-resourceclaimtemplate */
export const RESOURCE_CLAIM: KindRules<ResourceClaim> = {
  defaults({ spec }) {
    setClaimDefaults(spec.devices);
  },
  prepare({ spec }) {
    dropDisabledFields(spec.devices);
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors) {
    validateAdminAccess(spec.devices, errors);
    validateDeviceClaim(spec.devices, SPEC.child("devices"), errors);
  },
};

export const RESOURCE_CLAIM_TEMPLATE: KindRules<ResourceClaimTemplate> = {
  defaults({ spec: template }) {
    setClaimDefaults(template.spec.devices);
  },
  prepare({ spec: template }) {
    dropDisabledFields(template.spec.devices);
  },
  nameForm: dnsSubdomainFault,
  validate({ spec: template }, errors) {
    validateAdminAccess(template.spec.devices, errors);
    validateTemplateMeta(template.metadata, SPEC.child("metadata"), errors);
    validateDeviceClaim(template.spec.devices, SPEC.child("spec").child("devices"), errors);
  },
};
