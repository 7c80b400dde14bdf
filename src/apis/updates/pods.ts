import { tolerateEviction } from "../core/pod-admission.js";
import { MIRROR } from "../core/pod-annotations.js";
import { APP_ARMOR_PREFIX, syncAppArmor } from "../core/pod-app-armor.js";
import { dropDisabledFields } from "../core/pod-prepare.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { METADATA } from "../meta/object-meta.js";
import { isSameValue } from "../meta/same-value.js";
import type { Affinity, Container, NodeAffinity, NodeSelectorTerm, Pod, PodSpec } from "../types/core.v1.generated.js";
import type { UpdateContext, UpdateRules } from "./update-rules.js";

const SPEC = FieldPath.of("spec");
const ANNOTATIONS = METADATA.child("annotations");
const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const TERMS = SPEC.child("affinity").child("nodeAffinity").child(REQUIRED).child("nodeSelectorTerms");
/** Before it, where a Pod with gates may run cannot be narrowed. */
const GATED_CHANGES_FROM = 27;

/** What may change of a Pod: https://kubernetes.io/docs/concepts/workloads/pods/#pod-update-and-replacement */
export const POD_UPDATE: UpdateRules<Pod> = {
  prepare(pod, old, { minor }, warn) {
    const { spec } = pod;
    if (spec.priority === undefined) spec.priority = old.spec.priority;
    if (spec.preemptionPolicy === undefined) spec.preemptionPolicy = old.spec.preemptionPolicy;
    tolerateEviction(spec);
    dropDisabledFields(spec, minor);
    syncAppArmor(pod, minor, warn);
  },
  validate(pod, old, errors, context) {
    checkAnnotations(pod, old, errors);
    for (const list of ["containers", "initContainers"] as const)
      if ((pod.spec[list]?.length ?? 0) !== (old.spec[list]?.length ?? 0)) {
        errors.forbidden(SPEC.child(list), "No containers are added to a Pod or removed from it");
        return;
      }
    if (!checkDeadline(pod.spec, old.spec, errors)) return;
    checkTolerations(pod.spec, old.spec, errors);
    checkGates(pod.spec, old.spec, errors);
    const gated = (old.spec.schedulingGates?.length ?? 0) > 0 && context.minor >= GATED_CHANGES_FROM;
    if (gated) checkNarrowing(pod.spec, old.spec, errors);
    const fixed = fixedPart(pod.spec, old.spec, gated);
    if (!isSameValue(fixed, fixedPart(old.spec, old.spec, gated)) || losesToken(pod, old, context))
      errors.forbidden(
        SPEC,
        "Of a Pod only images, activeDeadlineSeconds, further tolerations and, while it waits, its gates can change",
      );
  },
  // Programs change Pods all the time, and nobody would read it.
  warnings() {},
};

/** The rest of the spec, with what may change taken from what is stored. */
function fixedPart(spec: PodSpec, old: PodSpec, gated: boolean): unknown {
  const { terminationGracePeriodSeconds: grace, nodeSelector, affinity, ...rest } = spec;
  const { serviceAccount: _, activeDeadlineSeconds: __, tolerations: ___, schedulingGates: ____, ...fixed } = rest;
  const shortened = (old.terminationGracePeriodSeconds ?? 0) < 0 && grace === 1;
  return {
    ...fixed,
    containers: withoutImages(spec.containers),
    initContainers: withoutImages(spec.initContainers),
    terminationGracePeriodSeconds: shortened ? old.terminationGracePeriodSeconds : grace,
    nodeSelector: gated ? undefined : nodeSelector,
    affinity: gated ? withoutNodeAffinity(affinity) : affinity,
  };
}

const withoutImages = (containers: readonly Container[] | null | undefined): unknown =>
  containers?.map(({ image: _, ...rest }) => rest);

function withoutNodeAffinity(affinity: Affinity | undefined): unknown {
  const { nodeAffinity: _, ...rest } = affinity ?? {};
  return rest;
}

/**
 * A Pod gets its token as a volume of a made-up name; who replaces the Pod by what was once sent, takes it away.
 * https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
 */
function losesToken(pod: Pod, old: Pod, { replaces, surroundings }: UpdateContext): boolean {
  if (!replaces || old.metadata.annotations?.[MIRROR] !== undefined) return false;
  const account = old.spec.serviceAccountName || "default";
  const mounts =
    old.spec.automountServiceAccountToken ??
    surroundings.admission?.mountsToken?.(old.metadata.namespace ?? "", account) ??
    true;
  const containers = [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])];
  return mounts && !containers.every(({ volumeMounts }) => volumeMounts?.some((m) => m.mountPath === TOKEN_PATH));
}

function checkAnnotations({ metadata }: Pod, { metadata: old }: Pod, errors: FieldErrors): void {
  const [now, before] = [metadata.annotations ?? {}, old.annotations ?? {}];
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (now[key] === before[key]) continue;
    if (key.startsWith(APP_ARMOR_PREFIX))
      errors.forbidden(ANNOTATIONS.key(key), "The AppArmor profile of a Pod cannot change");
    if (key === MIRROR) errors.forbidden(ANNOTATIONS.key(key), "A Pod does not become a mirror, nor cease to be one");
  }
}

/** Answers false where nothing more is said. */
function checkDeadline(spec: PodSpec, old: PodSpec, errors: FieldErrors): boolean {
  const at = SPEC.child("activeDeadlineSeconds");
  const [now, before] = [spec.activeDeadlineSeconds, old.activeDeadlineSeconds];
  if (now === undefined && before !== undefined) {
    errors.invalid(at, undefined, "is taken away, and a deadline once given stays");
    return true;
  }
  if (now === undefined || before === undefined || now <= before) return true;
  errors.invalid(at, now, `is more than ${before}, and a deadline can only come closer`);
  return false;
}

/** Tolerations may be added, and last for another time. */
function checkTolerations(spec: PodSpec, old: PodSpec, errors: FieldErrors): void {
  const timeless = (tolerations: PodSpec["tolerations"]) =>
    (tolerations ?? []).map(({ tolerationSeconds: _, ...rest }) => rest);
  const now = timeless(spec.tolerations);
  if (timeless(old.tolerations).every((toleration) => now.some((other) => isSameValue(toleration, other)))) return;
  errors.forbidden(SPEC.child("tolerations"), "Of a toleration only tolerationSeconds can change");
}

function checkGates(spec: PodSpec, old: PodSpec, errors: FieldErrors): void {
  const before = new Set(old.schedulingGates?.map(({ name }) => name));
  spec.schedulingGates?.forEach(({ name }, i) => {
    if (!before.has(name))
      errors.forbidden(
        SPEC.child("schedulingGates").index(i).child("name"),
        `Gates can only be taken away, and "${name}" is new`,
      );
  });
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-scheduling-readiness/#mutable-pod-scheduling-directives */
function checkNarrowing(spec: PodSpec, old: PodSpec, errors: FieldErrors): void {
  for (const [label, value] of Object.entries(old.nodeSelector ?? {}))
    if (spec.nodeSelector?.[label] !== value) {
      errors.invalid(SPEC.child("nodeSelector"), undefined, `loses ${label}=${value}, and labels can only be added`);
      break;
    }
  const before = termsOf(old.affinity?.nodeAffinity);
  if (before.length === 0) return;
  const now = termsOf(spec.affinity?.nodeAffinity);
  if (now.length !== before.length) {
    errors.invalid(TERMS, undefined, `has ${now.length} terms, and ${before.length} are stored`);
    return;
  }
  before.forEach((term, i) => {
    if (!onlyGrows(term, now[i]!)) errors.invalid(TERMS.index(i), undefined, "loses a requirement, or changes one");
  });
}

const termsOf = (affinity: NodeAffinity | undefined): readonly NodeSelectorTerm[] =>
  affinity?.[REQUIRED]?.nodeSelectorTerms ?? [];

function onlyGrows(before: NodeSelectorTerm, now: NodeSelectorTerm): boolean {
  // A term that says nothing selects nothing, and stays so.
  if (isSameValue(before, {}) && !isSameValue(now, {})) return false;
  return (["matchExpressions", "matchFields"] as const).every((list) =>
    (before[list] ?? []).every((requirement, i) => isSameValue(requirement, now[list]?.[i])),
  );
}
