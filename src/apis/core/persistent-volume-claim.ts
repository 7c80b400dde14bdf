import type { KindRules } from "../kind-rules.js";
import { isWholeAmount } from "../meta/amounts.js";
import { FieldPath } from "../meta/field-path.js";
import { dnsSubdomainFault } from "../meta/names.js";
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  TypedLocalObjectReference,
} from "../types/core.v1.generated.js";
import { checkModesServed, prepareClaimSpec, validateClaimSpec } from "./claim-spec.js";
import { roundAmounts } from "./pod-defaults.js";
import { protectFromDeletion, STORAGE_CLASS_ANNOTATION } from "./storage-protection.js";

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims */
export const PERSISTENT_VOLUME_CLAIM: KindRules<PersistentVolumeClaim> = {
  defaults({ spec }) {
    setClaimSpecDefaults(spec);
  },
  mutate: ({ metadata }) => protectFromDeletion(metadata, "kubernetes.io/pvc-protection"),
  prepare({ spec }, { minor }) {
    prepareClaimSpec(spec, minor);
    settleDataSource(spec);
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors, { minor, old }) {
    checkModesServed(spec.accessModes, minor, FieldPath.of("spec", "accessModes"), errors);
    const { dataSource, dataSourceRef } = (old as PersistentVolumeClaim | undefined)?.spec ?? {};
    // Claims are stored from before groups were looked at.
    const anyGroup = dataSource?.apiGroup !== undefined || dataSourceRef?.apiGroup !== undefined;
    validateClaimSpec(spec, FieldPath.of("spec"), errors, { anyGroup });
  },
  warnings({ metadata, spec }, warn) {
    if (metadata.annotations?.[STORAGE_CLASS_ANNOTATION] !== undefined)
      warn(`Annotation ${STORAGE_CLASS_ANNOTATION} is deprecated; storageClassName takes its place`);
    const size = spec.resources.requests?.storage;
    if (size !== undefined && !isWholeAmount(size))
      warn(`spec.resources.requests[storage]: ${size} is no whole number of bytes`);
  },
};

export function setClaimSpecDefaults(spec: PersistentVolumeClaimSpec): void {
  spec.volumeMode ??= "Filesystem";
  roundAmounts(spec.resources.requests);
  roundAmounts(spec.resources.limits);
}

/**
 * dataSource holds claims and snapshots alone, anything else is dropped; then it and dataSourceRef are made the same.
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#data-source-references
 */
function settleDataSource(spec: PersistentVolumeClaimSpec): void {
  if (spec.dataSource !== undefined && !isClaimOrSnapshot(spec.dataSource)) delete spec.dataSource;
  matchDataSources(spec);
}

export function matchDataSources(spec: PersistentVolumeClaimSpec): void {
  // Without a namespace, which is dropped by now, both have the same fields.
  spec.dataSourceRef ??= spec.dataSource;
  spec.dataSource ??= spec.dataSourceRef;
}

const isClaimOrSnapshot = ({ kind, apiGroup = "" }: TypedLocalObjectReference): boolean =>
  (kind === "PersistentVolumeClaim" && apiGroup === "") ||
  (kind === "VolumeSnapshot" && apiGroup === "snapshot.storage.k8s.io");
