import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { checkAmountPositive } from "../meta/amounts.js";
import { dropField } from "../meta/drop-field.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsSubdomainFault } from "../meta/names.js";
import { METADATA } from "../meta/object-meta.js";
import { checkChoice } from "../meta/values.js";
import type { PersistentVolume, PersistentVolumeSpec } from "../types/core.v1.generated.js";
import { checkModesServed, VOLUME_MODES, validateAccessModes } from "./claim-spec.js";
import { validateNodeSelector } from "./node-selector.js";
import { validateSources } from "./persistent-volume-sources.js";
import { roundAmounts, setStorageDefaults } from "./pod-defaults.js";
import { OLD_NODE_LABELS } from "./pod-warnings.js";
import { protectFromDeletion, STORAGE_CLASS_ANNOTATION } from "./storage-protection.js";

const SPEC = FieldPath.of("spec");
const RECLAIM_POLICIES = ["Delete", "Recycle", "Retain"];
const MOUNT_OPTIONS = "volume.beta.kubernetes.io/mount-options";
/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#mount-options */
const MOUNTED_WITH_OPTIONS = [
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "glusterfs",
  "nfs",
  "rbd",
  "quobyte",
  "iscsi",
  "cinder",
  "cephfs",
  "azureFile",
  "vsphereVolume",
  "azureDisk",
  "photonPersistentDisk",
] as const;
/** Sources by the minor from which the server warns of them; they do nothing any more. */
const OLD_SOURCES = [
  { field: "photonPersistentDisk", deprecated: 11 },
  { field: "scaleIO", deprecated: 16 },
  { field: "storageos", deprecated: 22 },
  { field: "glusterfs", deprecated: 25 },
  { field: "rbd", deprecated: 28 },
  { field: "cephfs", deprecated: 28 },
] as const;

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/ */
export const PERSISTENT_VOLUME: KindRules<PersistentVolume> = {
  defaults({ spec }) {
    spec.persistentVolumeReclaimPolicy ??= "Retain";
    spec.volumeMode ??= "Filesystem";
    setInlineVolumeDefaults(spec);
  },
  mutate: ({ metadata }) => protectFromDeletion(metadata, "kubernetes.io/pv-protection"),
  prepare({ spec }, { minor }) {
    if (!isOn("VolumeAttributesClass", minor)) dropField(spec, "volumeAttributesClassName");
    if (!isOn("CSINodeExpandSecret", minor)) dropField(spec.csi, "nodeExpandSecretRef");
  },
  nameForm: dnsSubdomainFault,
  validate({ metadata, spec }, errors, { minor }) {
    checkModesServed(spec.accessModes, minor, SPEC.child("accessModes"), errors);
    validateVolumeSpec(spec, metadata.name ?? "", "standing", SPEC, errors);
    if (metadata.annotations?.[MOUNT_OPTIONS] === undefined) return;
    if (!MOUNTED_WITH_OPTIONS.some((field) => spec[field] !== undefined))
      errors.forbidden(
        METADATA.child("annotations").child(MOUNT_OPTIONS),
        "A volume of this type takes no mount options",
      );
  },
  warnings({ metadata, spec }, warn, { minor }) {
    const annotations = metadata.annotations ?? {};
    if (STORAGE_CLASS_ANNOTATION in annotations)
      warn(`Annotation ${STORAGE_CLASS_ANNOTATION} is deprecated; storageClassName takes its place`);
    if (MOUNT_OPTIONS in annotations && minor >= 31)
      warn(`Annotation ${MOUNT_OPTIONS} is deprecated; mountOptions takes its place`);
    if (spec.persistentVolumeReclaimPolicy === "Recycle")
      warn("persistentVolumeReclaimPolicy Recycle is deprecated; volumes are better made as they are claimed");
    spec.nodeAffinity?.required?.nodeSelectorTerms?.forEach(({ matchExpressions = [] }, i) => {
      for (const [j, { key }] of matchExpressions.entries()) {
        const instead = OLD_NODE_LABELS.get(key);
        const at = `spec.nodeAffinity.required.nodeSelectorTerms[${i}].matchExpressions[${j}].key`;
        if (instead !== undefined) warn(`${at}: "${key}" is deprecated; "${instead}" takes its place`);
      }
    });
    for (const { field, deprecated } of OLD_SOURCES)
      if (spec[field] !== undefined && minor >= deprecated) {
        warn(`spec.${field} is deprecated since 1.${deprecated} and does nothing any more`);
        break;
      }
  },
};

/** What a volume is given by default wherever it stands. */
export function setInlineVolumeDefaults(spec: PersistentVolumeSpec): void {
  roundAmounts(spec.capacity);
  if (spec.hostPath) spec.hostPath.type ??= "";
  setStorageDefaults(spec);
}

/** `inline` is the spec within a VolumeAttachment, which has neither claim nor size nor class. */
export function validateVolumeSpec(
  spec: PersistentVolumeSpec,
  name: string,
  use: "standing" | "inline",
  at: FieldPath,
  errors: FieldErrors,
): void {
  const { accessModes = [], volumeMode, volumeAttributesClassName } = spec;
  if (use === "inline") checkInline(spec, at, errors);
  if (accessModes.length === 0) errors.required(at.child("accessModes"), "a volume has an access mode");
  validateAccessModes(accessModes, at.child("accessModes"), errors);
  if (use === "standing") {
    validateCapacity(spec.capacity ?? {}, at.child("capacity"), errors);
    const policy = spec.persistentVolumeReclaimPolicy;
    if (policy) checkChoice(policy, RECLAIM_POLICIES, at.child("persistentVolumeReclaimPolicy"), errors);
    if (spec.nodeAffinity !== undefined) {
      const required = at.child("nodeAffinity").child("required");
      if (spec.nodeAffinity.required === undefined) errors.required(required, "an affinity says what nodes are like");
      else validateNodeSelector(spec.nodeAffinity.required, required, errors);
    }
    if (spec.storageClassName)
      checkForm(dnsSubdomainFault, spec.storageClassName, at.child("storageClassName"), errors);
    if (volumeMode !== undefined) checkChoice(volumeMode, VOLUME_MODES, at.child("volumeMode"), errors);
  }
  validateSources(spec, name, at, errors);
  if (spec.hostPath !== undefined && isRoot(spec.hostPath.path) && spec.persistentVolumeReclaimPolicy === "Recycle")
    errors.forbidden(at.child("persistentVolumeReclaimPolicy"), 'Recycling a hostPath of "/" would empty the node');
  if (volumeAttributesClassName === undefined || use === "inline") return;
  const attributes = at.child("volumeAttributesClassName");
  if (volumeAttributesClassName === "") errors.required(attributes);
  else checkForm(dnsSubdomainFault, volumeAttributesClassName, attributes, errors);
  if (spec.csi === undefined) errors.required(at.child("csi"), "only CSI volumes have volumeAttributesClassName");
}

function validateCapacity(capacity: Readonly<Record<string, string>>, at: FieldPath, errors: FieldErrors): void {
  const names = Object.keys(capacity);
  if (names.length === 0) errors.required(at, "a volume has a size");
  if (names.length !== 1 || names[0] !== "storage") errors.notSupported(at, undefined, ["storage"]);
  for (const name of names) checkAmountPositive(capacity[name]!, at.key(name), errors);
}

function checkInline(spec: PersistentVolumeSpec, at: FieldPath, errors: FieldErrors): void {
  const only = "A volume in a VolumeAttachment";
  if (spec.claimRef !== undefined) errors.forbidden(at.child("claimRef"), `${only} has no claim`);
  if (Object.keys(spec.capacity ?? {}).length > 0) errors.forbidden(at.child("capacity"), `${only} has no size`);
  if (spec.csi === undefined) errors.required(at.child("csi"), "a volume in a VolumeAttachment is of CSI");
  if (spec.persistentVolumeReclaimPolicy && spec.persistentVolumeReclaimPolicy !== "Retain")
    errors.forbidden(at.child("persistentVolumeReclaimPolicy"), `${only} is retained`);
  if (spec.nodeAffinity !== undefined) errors.forbidden(at.child("nodeAffinity"), `${only} has no affinity`);
  if (spec.storageClassName) errors.forbidden(at.child("storageClassName"), `${only} has no class`);
  if (spec.volumeMode !== undefined && spec.volumeMode !== "Filesystem")
    errors.forbidden(at.child("volumeMode"), `${only} holds a file system`);
}

/** Whether a path is that of the root folder, however written. */
function isRoot(path: string): boolean {
  if (!path.startsWith("/")) return false;
  let depth = 0;
  for (const step of path.split("/"))
    if (step === "..") depth = Math.max(0, depth - 1);
    else if (step !== "" && step !== ".") depth++;
  return depth === 0;
}
