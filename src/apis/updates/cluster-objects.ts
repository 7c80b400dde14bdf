import { NODE_OBJECT } from "../core/node.js";
import { FieldPath } from "../meta/field-path.js";
import { isSameValue } from "../meta/same-value.js";
import { SERVICE_CIDR } from "../networking/service-cidr.js";
import type { CustomResourceDefinition } from "../types/apiextensions.v1.generated.js";
import type { CertificateSigningRequest } from "../types/certificates.v1.generated.js";
import type { ConfigMap, Namespace, Node, ResourceQuota, Secret, ServiceAccount } from "../types/core.v1.generated.js";
import type { ServiceCIDR } from "../types/networking.v1.generated.js";
import { checkFixed } from "./fixed-fields.js";
import type { UpdateRules } from "./update-rules.js";

const SPEC = FieldPath.of("spec");
const FIXED = "is not what is stored, and cannot change";
const IMMUTABLE = FieldPath.of("immutable");

/** ConfigMaps and Secrets: https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable */
export const DATA_UPDATE: UpdateRules<ConfigMap | Secret> = {
  validate(object, old, errors) {
    if (!old.immutable) return;
    if (!object.immutable) errors.forbidden(IMMUTABLE, "What is immutable stays so");
    for (const field of ["data", "binaryData"] as const) {
      const [now, before] = [object, old].map((it) => (it as ConfigMap)[field]);
      if (!isSameValue(now, before))
        errors.forbidden(FieldPath.of(field), "The data of what is immutable cannot change");
    }
  },
};

export const NAMESPACE_UPDATE: UpdateRules<Namespace> = {
  prepare(namespace, old) {
    namespace.spec.finalizers = old.spec.finalizers;
  },
};

export const NODE_UPDATE: UpdateRules<Node> = {
  prepare(node, old, context, warn) {
    NODE_OBJECT.prepare?.(node, context, warn);
    node.status = structuredClone(old.status);
  },
  validate({ spec }, { spec: old }, errors) {
    for (const field of ["podCIDRs", "providerID"] as const)
      if (!isSameValue(old[field], undefined) && !isSameValue(spec[field], old[field]))
        errors.forbidden(SPEC.child(field), `The ${field} of a node is given once`);
  },
};

/** https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes */
export const QUOTA_UPDATE: UpdateRules<ResourceQuota> = {
  validate({ spec }, { spec: old }, errors) {
    const scopes = (it: ResourceQuota["spec"]) => [...new Set(it.scopes)].sort();
    if (!isSameValue(scopes(spec), scopes(old)))
      errors.invalid(SPEC.child("scopes"), undefined, "is not what is stored, and cannot change");
  },
};

const ENFORCES_SECRETS = "kubernetes.io/enforce-mountable-secrets";

/** What was there before is not spoken of again. */
export const SERVICE_ACCOUNT_UPDATE: UpdateRules<ServiceAccount> = {
  warnings({ metadata }, warn, { old, minor }) {
    const [now, before] = [metadata.annotations?.[ENFORCES_SECRETS], old.metadata.annotations?.[ENFORCES_SECRETS]];
    if (minor >= 32 && now !== undefined && before === undefined)
      warn(`metadata.annotations[${ENFORCES_SECRETS}] is deprecated; separate namespaces keep Secrets apart`);
  },
};

/** What is asked for is fixed; the server drops whatever an update says of it. */
export const SIGNING_REQUEST_UPDATE: UpdateRules<CertificateSigningRequest> = {
  prepare(request, old) {
    request.spec = structuredClone(old.spec);
  },
};

export const SERVICE_CIDR_UPDATE: UpdateRules<ServiceCIDR> = {
  validatesWhole: false,
  validate(serviceCidr, { spec: old }, errors, context) {
    const at = SPEC.child("cidrs");
    const [now, before] = [serviceCidr.spec.cidrs ?? [], old.cidrs ?? []];
    // A second family may be added to the first.
    const grows = before.length === 1 && now.length === 2;
    if (grows) SERVICE_CIDR.validate?.(serviceCidr, errors, context);
    else if (now.length !== before.length) errors.invalid(at, undefined, FIXED);
    before.slice(0, now.length === before.length || grows ? undefined : 0).forEach((range, i) => {
      if (now[i] !== range) errors.invalid(at.index(i), now[i], FIXED);
    });
  },
};

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/ */
export const DEFINITION_UPDATE: UpdateRules<CustomResourceDefinition> = {
  validate(definition, old, errors) {
    const refused = old.status?.conditions?.some(({ type, status }) => type === "Established" && status === "False");
    if (!refused) for (const field of ["spec.scope", "spec.names.kind"]) checkFixed(definition, old, field, errors);
    const names = new Set(definition.spec.versions?.map(({ name }) => name));
    storedVersionsOf(old).forEach((version, i) => {
      if (!names.has(version))
        errors.invalid(
          FieldPath.of("status", "storedVersions").index(i),
          version,
          "is no more in spec.versions, and objects may be stored in it",
        );
    });
  },
};

/** Versions in which objects may have been stored. */
function storedVersionsOf({ spec, status }: CustomResourceDefinition): readonly string[] {
  const known = status?.storedVersions ?? [];
  if (known.length > 0) return known;
  return (spec.versions ?? []).filter(({ storage }) => storage).map(({ name }) => name);
}
