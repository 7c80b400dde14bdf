import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { isSameValue, valueAt } from "../meta/same-value.js";

/** Fields that stay as they were stored. */
interface FixedFields {
  /** Refused as `Invalid`. */
  readonly invalid?: readonly string[];
  /** Refused as `Forbidden`. */
  readonly forbidden?: readonly string[];
}

const BINDING: FixedFields = { invalid: ["roleRef"] };
const CLAIM: FixedFields = { invalid: ["spec"] };
const CLAIM_VERSIONS = ["v1", "v1beta2", "v1beta1", "v1alpha3", "v1alpha2"];

/**
 * By kind, where a fixed field is all there is to say of it; the rest stands beside, in rules.
 * `spec.attachRequired>spec.attachedRequired` is reported at the second path.
 */
const FIXED: Readonly<Record<string, FixedFields>> = {
  "v1 Node": { forbidden: ["spec.externalID"] },
  "v1 Secret": { invalid: ["type"] },
  "apps/v1 ControllerRevision": { invalid: ["data"] },
  "apps/v1 DaemonSet": { invalid: ["spec.selector"] },
  "apps/v1 Deployment": { invalid: ["spec.selector"] },
  "apps/v1 ReplicaSet": { invalid: ["spec.selector"] },
  "apiextensions.k8s.io/v1 CustomResourceDefinition": { invalid: ["spec.group", "spec.names.plural"] },
  "batch/v1 Job": {
    invalid: [
      "spec.selector",
      "spec.completionMode",
      "spec.podFailurePolicy",
      "spec.backoffLimitPerIndex",
      "spec.managedBy",
      "spec.successPolicy",
    ],
  },
  "discovery.k8s.io/v1 EndpointSlice": { invalid: ["addressType"] },
  "events.k8s.io/v1 Event": {
    invalid: [
      "regarding>involvedObject",
      "reason",
      "note>message",
      "deprecatedSource>source",
      "deprecatedFirstTimestamp>firstTimestamp",
      "deprecatedLastTimestamp>lastTimestamp",
      "deprecatedCount>count",
      "related",
      "reportingController",
      "reportingInstance",
      "action",
      "type",
      "eventTime",
    ],
  },
  "networking.k8s.io/v1 IngressClass": { invalid: ["spec.controller"] },
  "networking.k8s.io/v1 IPAddress": { invalid: ["spec.parentRef"] },
  "node.k8s.io/v1 RuntimeClass": { invalid: ["handler"] },
  "rbac.authorization.k8s.io/v1 ClusterRoleBinding": BINDING,
  "rbac.authorization.k8s.io/v1 RoleBinding": BINDING,
  ...Object.fromEntries(
    CLAIM_VERSIONS.flatMap((version) => [
      [`resource.k8s.io/${version} ResourceClaim`, CLAIM],
      [`resource.k8s.io/${version} ResourceClaimTemplate`, CLAIM],
      [
        `resource.k8s.io/${version} ResourceSlice`,
        { invalid: ["spec.pool.name", "spec.driver", "spec.nodeName"] } satisfies FixedFields,
      ],
    ]),
  ),
  "scheduling.k8s.io/v1 PriorityClass": { forbidden: ["value"], invalid: ["preemptionPolicy"] },
  "storage.k8s.io/v1 CSIDriver": {
    invalid: ["spec.attachRequired>spec.attachedRequired", "spec.volumeLifecycleModes"],
  },
  "storage.k8s.io/v1 CSIStorageCapacity": { invalid: ["nodeTopology", "storageClassName"] },
  "storage.k8s.io/v1 StorageClass": {
    forbidden: ["parameters", "provisioner", "reclaimPolicy"],
    invalid: ["volumeBindingMode"],
  },
  "storage.k8s.io/v1 VolumeAttachment": { invalid: ["spec"] },
  "storage.k8s.io/v1 VolumeAttributesClass": { forbidden: ["driverName", "parameters"] },
  "storage.k8s.io/v1beta1 VolumeAttributesClass": { forbidden: ["driverName", "parameters"] },
};

/** Reports what an update changes of what cannot change. */
export function checkFixedFields(kind: string, object: unknown, old: unknown, errors: FieldErrors): void {
  const { invalid = [], forbidden = [] } = FIXED[kind] ?? {};
  for (const field of forbidden) checkFixed(object, old, field, errors, true);
  for (const field of invalid) checkFixed(object, old, field, errors);
}

/** Reports a field that is not as it was stored. */
export function checkFixed(
  object: unknown,
  old: unknown,
  field: string,
  errors: FieldErrors,
  isForbidden = false,
): void {
  const [path = "", reported = path] = field.split(">");
  const value = valueAt(object, path);
  if (isSameValue(value, valueAt(old, path))) return;
  const at = FieldPath.of(...reported.split("."));
  if (isForbidden) errors.forbidden(at, "The field cannot change");
  else errors.invalid(at, value, "is not what is stored, and the field cannot change");
}
