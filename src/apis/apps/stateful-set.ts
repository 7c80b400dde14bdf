import { prepareClaimSpec, validateClaimSpec } from "../core/claim-spec.js";
import { validatePodAnnotations } from "../core/pod-annotations.js";
import { roundAmounts } from "../core/pod-defaults.js";
import { validatePodTemplate } from "../core/pod-template.js";
import { isOn } from "../feature-gates.js";
import type { KindRules } from "../kind-rules.js";
import { dropField } from "../meta/drop-field.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { checkForm, dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import { METADATA, validateAnnotations, validateLabels, validateObjectMeta } from "../meta/object-meta.js";
import { checkChoice, checkNotNegative } from "../meta/values.js";
import type { StatefulSet, StatefulSetSpec } from "../types/apps.v1.generated.js";
import type { PersistentVolumeClaim, Volume } from "../types/core.v1.generated.js";
import {
  checkKeepsRunning,
  checkLabelsMatch,
  prepareTemplate,
  SPEC,
  setTemplateDefaults,
  validateSelector,
  warnAboutTemplate,
} from "./workload-template.js";

const MANAGEMENT_POLICIES = ["OrderedReady", "Parallel"];
const STRATEGIES = ["RollingUpdate", "OnDelete"];
const RETENTION = ["Retain", "Delete"];
/** From here on the server looks at what earlier minors left to the controller: the names, the Service, the Pods and claims. */
const LABEL_NAMES_FROM = 27;
const SERVICE_NAME_FROM = 33;
const STRICT_FROM = 34;

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ */
export const STATEFUL_SET: KindRules<StatefulSet> = {
  defaults(statefulSet, { minor }) {
    const { spec } = statefulSet;
    spec.podManagementPolicy ??= "OrderedReady";
    spec.updateStrategy.type ??= "RollingUpdate";
    if (spec.updateStrategy.type === "RollingUpdate") {
      spec.updateStrategy.rollingUpdate ??= {};
      spec.updateStrategy.rollingUpdate.partition ??= 0;
    }
    if (isOn("StatefulSetAutoDeletePVC", minor)) {
      spec.persistentVolumeClaimRetentionPolicy ??= {};
      spec.persistentVolumeClaimRetentionPolicy.whenDeleted ??= "Retain";
      spec.persistentVolumeClaimRetentionPolicy.whenScaled ??= "Retain";
    }
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    setTemplateDefaults(statefulSet, minor);
    spec.volumeClaimTemplates?.forEach(setClaimDefaults);
  },
  prepare(statefulSet, { minor }) {
    const { metadata, spec } = statefulSet;
    metadata.generation = 1;
    if (!isOn("StatefulSetAutoDeletePVC", minor)) dropField(spec, "persistentVolumeClaimRetentionPolicy");
    if (!isOn("StatefulSetStartOrdinal", minor)) dropField(spec, "ordinals");
    if (!isOn("MaxUnavailableStatefulSet", minor)) dropField(spec.updateStrategy.rollingUpdate, "maxUnavailable");
    prepareTemplate(statefulSet, minor);
    for (const claim of spec.volumeClaimTemplates ?? []) prepareClaimSpec(claim.spec, minor);
  },
  validate(statefulSet, errors, { minor, old }) {
    const { metadata, spec } = statefulSet;
    // Names, and what can never change, are looked at when the StatefulSet is made.
    const isNew = old === undefined;
    const nameForm = minor >= LABEL_NAMES_FROM ? dnsLabelFault : dnsSubdomainFault;
    validateObjectMeta(metadata, true, isNew ? nameForm : () => undefined, METADATA, errors);
    validateStrategies(spec, errors);
    checkNotNegative(spec.replicas ?? 0, SPEC.child("replicas"), errors);
    checkNotNegative(spec.minReadySeconds ?? 0, SPEC.child("minReadySeconds"), errors);
    if (spec.ordinals) checkNotNegative(spec.ordinals.start ?? 0, SPEC.child("ordinals").child("start"), errors);
    const usable = validateSelector(statefulSet, errors);
    if (!usable) errors.invalid(SPEC.child("selector"), undefined, "cannot be compared with labels");
    else validateTemplates(statefulSet, minor, isNew, errors);
    checkKeepsRunning(statefulSet, errors);
    if (isNew && minor >= SERVICE_NAME_FROM && spec.serviceName)
      checkForm(dnsLabelFault, spec.serviceName, SPEC.child("serviceName"), errors);
  },
  warnings(statefulSet, warn) {
    warnAboutTemplate(statefulSet, warn, false);
    if ((statefulSet.spec.revisionHistoryLimit ?? 0) < 0)
      warn("spec.revisionHistoryLimit is negative, which keeps every revision");
  },
};

/** Claims are held as whole objects. */
function setClaimDefaults(claim: PersistentVolumeClaim): void {
  claim.apiVersion = "v1";
  claim.kind = "PersistentVolumeClaim";
  claim.spec.volumeMode ??= "Filesystem";
  roundAmounts(claim.spec.resources.limits);
  roundAmounts(claim.spec.resources.requests);
  claim.status.phase ??= "Pending";
}

function validateStrategies(spec: StatefulSetSpec, errors: FieldErrors): void {
  const { podManagementPolicy = "", updateStrategy, persistentVolumeClaimRetentionPolicy: retention } = spec;
  if (podManagementPolicy === "") errors.required(SPEC.child("podManagementPolicy"));
  else if (!MANAGEMENT_POLICIES.includes(podManagementPolicy))
    errors.invalid(SPEC.child("podManagementPolicy"), podManagementPolicy, "is neither OrderedReady nor Parallel");
  const at = SPEC.child("updateStrategy");
  const { type = "", rollingUpdate } = updateStrategy;
  if (type === "") errors.required(at);
  else if (!STRATEGIES.includes(type)) errors.invalid(at, type, "is neither RollingUpdate nor OnDelete");
  else if (type === "RollingUpdate")
    checkNotNegative(rollingUpdate?.partition ?? 0, at.child("rollingUpdate").child("partition"), errors);
  else if (rollingUpdate !== undefined)
    errors.invalid(at.child("rollingUpdate"), undefined, "stands beside type OnDelete");
  for (const field of ["whenDeleted", "whenScaled"] as const)
    if (retention !== undefined)
      checkChoice(
        retention[field] ?? "",
        RETENTION,
        SPEC.child("persistentVolumeClaimRetentionPolicy").child(field),
        errors,
      );
}

/** Pods get a volume for each claim, under the claim's name and before the template's own. */
function validateTemplates(statefulSet: StatefulSet, minor: number, isNew: boolean, errors: FieldErrors): void {
  const { selector, template, volumeClaimTemplates = [] } = statefulSet.spec;
  const empty = !selector?.matchExpressions?.length && !Object.keys(selector?.matchLabels ?? {}).length;
  if (selector === undefined || !empty) checkLabelsMatch(statefulSet, errors);
  const claimed = new Set(volumeClaimTemplates.map(({ metadata }) => metadata.name ?? ""));
  const volumes: Volume[] = [...claimed].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  for (const volume of template.spec.volumes ?? []) if (!claimed.has(volume.name)) volumes.push(volume);
  const at = SPEC.child("template");
  if (minor < STRICT_FROM) {
    const { labels, annotations } = template.metadata;
    validateLabels(labels, at.child("labels"), errors);
    validateAnnotations(annotations, at.child("annotations"), errors);
    validatePodAnnotations(annotations ?? {}, template.spec, at.child("annotations"), errors);
    return;
  }
  const withClaims = { ...template, spec: { ...template.spec, volumes } };
  validatePodTemplate(withClaims, minor, at, errors);
  if (!isNew) return;
  volumeClaimTemplates.forEach((claim, i) => {
    validateClaimSpec(claim.spec, SPEC.child("volumeClaimTemplates").index(i).child("spec"), errors);
  });
}
