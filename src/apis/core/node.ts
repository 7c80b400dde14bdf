import { isMapping } from "../decode/is-mapping.js";
import type { KindRules } from "../kind-rules.js";
import { checkCidr } from "../meta/addresses.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsSubdomainFault, labelValueFault, qualifiedNameFault } from "../meta/names.js";
import { METADATA } from "../meta/object-meta.js";
import { checkChoice, checkPositive } from "../meta/values.js";
import type { Node, NodeSpec, NodeStatus, Taint } from "../types/core.v1.generated.js";
import { roundAmounts } from "./pod-defaults.js";
import { checkResourceAmount } from "./resource-names.js";

const STATUS = FieldPath.of("status");
const POD_CIDRS = FieldPath.of("spec", "podCIDRs");
const ANNOTATIONS = METADATA.child("annotations");
const AVOID_PODS = "scheduler.alpha.kubernetes.io/preferAvoidPods";
const TAINTS = "scheduler.alpha.kubernetes.io/taints";
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
const NOT_READY: Taint = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" };

/** https://kubernetes.io/docs/concepts/architecture/nodes/ */
export const NODE_OBJECT: KindRules<Node> = {
  keepsStatus: true,
  defaults({ spec, status }) {
    settleRanges(spec);
    if (status === undefined) return;
    status.allocatable ??= status.capacity === undefined ? undefined : { ...status.capacity };
    roundAmounts(status.capacity);
    roundAmounts(status.allocatable);
  },
  /** https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#taintnodesbycondition */
  mutate({ spec }) {
    spec.taints ??= [];
    if (!spec.taints.some(({ key, effect }) => key === NOT_READY.key && effect === NOT_READY.effect))
      spec.taints.push({ ...NOT_READY });
    return undefined;
  },
  // Since 1.24, kubelets take no configuration from the API.
  prepare({ spec, status }) {
    delete spec.configSource;
    delete status?.config;
  },
  nameForm: dnsSubdomainFault,
  validate({ metadata, spec, status }, errors) {
    validateAnnotations(metadata.annotations ?? {}, errors);
    validateTaints(spec.taints ?? [], METADATA.child("taints"), errors);
    if (status !== undefined) validateStatus(status, errors);
    validateRanges(spec.podCIDRs ?? [], errors);
  },
  warnings({ spec }, warn) {
    if (spec.externalID) warn("spec.externalID is deprecated and does nothing");
  },
};

/** The old field is kept in step with the first of the new one, and counts where they differ. */
function settleRanges(spec: NodeSpec): void {
  const { podCIDR, podCIDRs } = spec;
  if (podCIDR && podCIDR !== podCIDRs?.[0]) spec.podCIDRs = [podCIDR];
  else if (podCIDRs?.[0]) spec.podCIDR = podCIDRs[0];
}

function validateRanges(ranges: readonly string[], errors: FieldErrors): void {
  const families = ranges.map((range, i) => checkCidr(range, POD_CIDRS.index(i), errors)?.address.family);
  if (families.length < 2) return;
  if (families.includes(undefined)) errors.internal(POD_CIDRS, "The families of the ranges cannot be compared");
  const [first, second] = families;
  if (families.length > 2 || first === second || families.includes(undefined))
    errors.invalid(POD_CIDRS, undefined, "has more than one range of a family, and one is allowed");
}

/** The server gives the path of the time when taints were annotations. */
function validateTaints(taints: readonly Taint[], at: FieldPath, errors: FieldErrors): void {
  const known = new Set<string>();
  taints.forEach(({ key, value = "", effect }, i) => {
    const item = at.index(i);
    checkForm(qualifiedNameFault, key, item.child("key"), errors);
    checkForm(labelValueFault, value, item.child("value"), errors);
    checkChoice(effect, EFFECTS, item.child("effect"), errors, { required: true });
    const pair = `${effect} ${key}`;
    if (known.has(pair)) errors.duplicate(item, key);
    known.add(pair);
  });
}

function validateStatus({ capacity = {}, allocatable = {}, nodeInfo }: NodeStatus, errors: FieldErrors): void {
  for (const name in capacity) checkResourceAmount(name, capacity[name]!, STATUS.child("capacity").child(name), errors);
  for (const name in allocatable)
    checkResourceAmount(name, allocatable[name]!, STATUS.child("allocatable").child(name), errors);
  const swap = nodeInfo?.swap?.capacity;
  if (swap !== undefined) checkPositive(swap, METADATA.child("nodeSwapStatus").child("capacity"), errors);
}

/** Annotations that hold JSON from the time before taints. */
function validateAnnotations(annotations: Readonly<Record<string, string>>, errors: FieldErrors): void {
  if (annotations[TAINTS]) validateTaintsAnnotation(annotations[TAINTS], errors);
  if (annotations[AVOID_PODS]) validateAvoidPods(annotations[AVOID_PODS], errors);
}

function validateTaintsAnnotation(text: string, errors: FieldErrors): void {
  const taints = parseJson(text);
  if (taints === null) return;
  if (!Array.isArray(taints) || !taints.every(isTaint)) errors.invalid(ANNOTATIONS, TAINTS, "holds no list of taints");
  else
    validateTaints(
      taints.map(({ key = "", value = "", effect = "" }) => ({ key, value, effect })),
      ANNOTATIONS.child(TAINTS),
      errors,
    );
}

const isTaint = (value: unknown): value is Partial<Taint> =>
  isMapping(value) && [value.key, value.value, value.effect].every((text) => text === undefined || isText(text));

const isText = (value: unknown): value is string => typeof value === "string";

function validateAvoidPods(text: string, errors: FieldErrors): void {
  const avoided = parseJson(text);
  const entries = isMapping(avoided) ? (avoided.preferAvoidPods ?? []) : avoided === null ? [] : undefined;
  if (!Array.isArray(entries) || !entries.every(isMapping)) {
    errors.invalid(ANNOTATIONS.child("AvoidPods"), AVOID_PODS, "holds no JSON with preferAvoidPods, a list");
    return;
  }
  entries.forEach(({ podSignature }, i) => {
    const at = ANNOTATIONS.child(AVOID_PODS).index(i).child("PodSignature");
    const controller = isMapping(podSignature) ? podSignature.podController : undefined;
    if (!isMapping(controller)) errors.required(at, "the Pods to avoid are those of a controller");
    else if (controller.controller !== true)
      errors.invalid(at.child("PodController").child("Controller"), controller.controller, "is not true");
  });
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
