import { prepareClaimSpec } from "../core/claim-spec.js";
import { matchDataSources } from "../core/persistent-volume-claim.js";
import { isOn } from "../feature-gates.js";
import { compareAmounts } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { METADATA } from "../meta/object-meta.js";
import { isSameValue } from "../meta/same-value.js";
import type { PersistentVolume, PersistentVolumeClaim, VolumeNodeAffinity } from "../types/core.v1.generated.js";
import type { CSINode, StorageClass } from "../types/storage.v1.generated.js";
import { checkFixed } from "./fixed-fields.js";
import type { UpdateRules } from "./update-rules.js";

const SPEC = FieldPath.of("spec");
const STORAGE = SPEC.child("resources").child("requests").child("storage");
const CLASS_NAME = SPEC.child("volumeAttributesClassName");
const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
/** From here on a claim that asked for too much may ask for less, but not for less than it has. */
const SHRINKS_FROM = 32;
/** From here on a class of attributes that the volume has not yet got may be taken away again. */
const UNUSED_CLASS_GOES_FROM = 34;
/** From here on a claim without a class may get the default one later. */
const CLASS_LATER_FROM = 26;

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims */
export const CLAIM_UPDATE: UpdateRules<PersistentVolumeClaim> = {
  // No data source is dropped any more.
  prepare({ spec }, { spec: old }, { minor }) {
    prepareClaimSpec(spec, minor, old);
    matchDataSources(spec);
  },
  validate(claim, old, errors, { minor }) {
    const { spec } = claim;
    const bound = old.status?.phase === "Bound";
    const [annotation, annotated] = [claim, old].map(({ metadata }) => metadata.annotations?.[CLASS_ANNOTATION]);
    // The annotation may become the field.
    const moved =
      annotated !== undefined && old.spec.storageClassName === undefined && spec.storageClassName === annotated;
    if (!moved && annotation !== annotated)
      errors.invalid(METADATA.child("annotations").key(CLASS_ANNOTATION), annotation, "cannot change");
    const given =
      minor >= CLASS_LATER_FROM && annotated === undefined && old.spec.storageClassName === undefined && !annotation;
    const fixed = (it: PersistentVolumeClaim) => {
      const { requests, ...resources } = it.spec.resources;
      const { storage: _, ...others } = requests ?? {};
      return {
        ...it.spec,
        volumeName: old.spec.volumeName === undefined ? undefined : it.spec.volumeName,
        storageClassName: moved || given ? undefined : it.spec.storageClassName,
        volumeAttributesClassName: bound ? undefined : it.spec.volumeAttributesClassName,
        resources: { ...resources, requests: bound ? others : requests },
      };
    };
    if (!isSameValue(fixed(claim), fixed(old)))
      errors.forbidden(
        SPEC,
        "Of a claim only resources.requests and volumeAttributesClassName can change, once it is bound",
      );
    checkSize(claim, old, minor, errors);
    checkFixed({ volumeMode: spec.volumeMode }, { volumeMode: old.spec.volumeMode }, "volumeMode", errors);
    const inUse = minor < UNUSED_CLASS_GOES_FROM || old.status?.currentVolumeAttributesClassName !== undefined;
    const before = old.spec.volumeAttributesClassName;
    checkAttributesClass(spec.volumeAttributesClassName, before, minor, errors, inUse);
  },
};

function checkSize(claim: PersistentVolumeClaim, old: PersistentVolumeClaim, minor: number, errors: FieldErrors): void {
  const now = claim.spec.resources.requests?.storage ?? "0";
  const before = old.spec.resources.requests?.storage ?? "0";
  if (compareAmounts(now, before) >= 0) return;
  if (minor < SHRINKS_FROM) errors.forbidden(STORAGE, `A claim does not ask for less than before, ${before}`);
  else if (compareAmounts(now, old.status?.capacity?.storage ?? "0") <= 0)
    errors.forbidden(STORAGE, "A claim does not ask for less than it has");
}

function checkAttributesClass(
  now: string | undefined,
  before: string | undefined,
  minor: number,
  errors: FieldErrors,
  inUse = true,
): void {
  if (now === before) return;
  if (!isOn("VolumeAttributesClass", minor)) errors.forbidden(CLASS_NAME, "Volumes have no classes of attributes yet");
  else if (inUse && before !== undefined && !now)
    errors.forbidden(CLASS_NAME, "A class of attributes once given is not taken away");
}

const ABOUT_VOLUME = new Set([
  "accessModes",
  "capacity",
  "claimRef",
  "mountOptions",
  "nodeAffinity",
  "persistentVolumeReclaimPolicy",
  "storageClassName",
  "volumeAttributesClassName",
  "volumeMode",
]);

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/ */
export const VOLUME_UPDATE: UpdateRules<PersistentVolume> = {
  validate({ spec }, { spec: old }, errors, { minor }) {
    const sources = (it: PersistentVolume["spec"]) => {
      const found = Object.fromEntries(Object.entries(it).filter(([name]) => !ABOUT_VOLUME.has(name)));
      if (it.csi === undefined || old.csi?.controllerExpandSecretRef !== undefined) return found;
      const { controllerExpandSecretRef: _, ...csi } = it.csi;
      return { ...found, csi };
    };
    if (!isSameValue(sources(spec), sources(old)))
      errors.forbidden(SPEC.child("persistentvolumesource"), "Where a volume's data lies cannot change");
    checkFixed({ volumeMode: spec.volumeMode }, { volumeMode: old.volumeMode }, "volumeMode", errors);
    if (old.nodeAffinity !== undefined)
      checkFixed({ nodeAffinity: withOldKeys(spec.nodeAffinity, old.nodeAffinity) }, old, "nodeAffinity", errors);
    checkAttributesClass(spec.volumeAttributesClassName, old.volumeAttributesClassName, minor, errors);
  },
};

/** Labels of nodes that have another name by now; in the affinity of a volume it may take the place of the old one. */
const RENAMED: Readonly<Record<string, string>> = {
  "beta.kubernetes.io/arch": "kubernetes.io/arch",
  "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
  "beta.kubernetes.io/os": "kubernetes.io/os",
  "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
};

/** The affinity with the stored keys, where those are renamed; so is, for the server, a key that is no more given. */
function withOldKeys(now: VolumeNodeAffinity | undefined, before: VolumeNodeAffinity): VolumeNodeAffinity | undefined {
  const stored = before.required?.nodeSelectorTerms;
  const terms = now?.required?.nodeSelectorTerms?.map((term, i) => ({
    ...term,
    matchExpressions: term.matchExpressions?.map((expression, j) => {
      const key = stored?.[i]?.matchExpressions?.[j]?.key;
      return key !== undefined && expression.key === (RENAMED[key] ?? "") ? { ...expression, key } : expression;
    }),
  }));
  return terms === undefined ? now : { ...now, required: { ...now?.required, nodeSelectorTerms: terms } };
}

/** The server takes an empty map for another than none, and stores none. */
export const STORAGE_CLASS_UPDATE: UpdateRules<StorageClass> = {
  validate({ parameters }, { parameters: old }, errors) {
    if (parameters !== undefined && old === undefined && isSameValue(parameters, old))
      errors.forbidden(FieldPath.of("parameters"), "The field cannot change, and what is stored has no parameters");
  },
};

/** Drivers come and go, and stay as they are in between. */
export const CSI_NODE_UPDATE: UpdateRules<CSINode> = {
  validate({ spec }, { spec: old }, errors, { minor }) {
    const fixed = (driver: CSINode["spec"]["drivers"] extends readonly (infer D)[] | null ? D : never) => ({
      ...driver,
      allocatable: isOn("MutableCSINodeAllocatableCount", minor) ? undefined : driver.allocatable,
    });
    for (const driver of spec.drivers ?? []) {
      const before = old.drivers?.find(({ name }) => name === driver.name);
      if (before !== undefined && !isSameValue(fixed(driver), fixed(before)))
        errors.invalid(FieldPath.of("CSINodeDriver"), driver.name, "is there already, and cannot change");
    }
  },
};
