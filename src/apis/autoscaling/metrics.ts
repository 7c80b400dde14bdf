import { checkContainerResourceName } from "../core/resource-names.js";
import { checkAmountPositive } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, pathSegmentFault } from "../meta/names.js";
import { checkGiven, checkPositive } from "../meta/values.js";
import type { MetricIdentifier, MetricSpec, MetricTarget } from "../types/autoscaling.v2.generated.js";
import { checkHasGroup, validateReference } from "./object-reference.js";

type SourceField = Exclude<keyof MetricSpec, "type">;
type Source<F extends SourceField> = NonNullable<MetricSpec[F]>;
type CheckSource<F extends SourceField> = (
  source: Source<F>,
  at: FieldPath,
  errors: FieldErrors,
  minor: number,
) => void;

const TARGET_TYPES = ["Utilization", "Value", "AverageValue"];

/** In the server's order: where a metric has several sources, only the first is looked into. */
const SOURCES: { readonly [F in SourceField]: { readonly type: string; readonly check: CheckSource<F> } } = {
  object: {
    type: "Object",
    check({ describedObject, metric, target }, at, errors, minor) {
      const reference = at.child("describedObject");
      validateReference(describedObject, reference, errors);
      checkHasGroup(describedObject, true, reference, errors, minor);
      validateIdentifier(metric, at.child("metric"), errors);
      validateTarget(target, at.child("target"), errors);
      requireAmount(target, ["value", "averageValue"], "averageValue", at, errors);
    },
  },
  external: {
    type: "External",
    check({ metric, target }, at, errors) {
      validateIdentifier(metric, at.child("metric"), errors);
      validateTarget(target, at.child("target"), errors);
      requireAmount(target, ["value", "averageValue"], "averageValue", at, errors);
      forbidBoth(target, "averageValue", "value", at, errors);
    },
  },
  pods: {
    type: "Pods",
    check({ metric, target }, at, errors) {
      validateIdentifier(metric, at.child("metric"), errors);
      validateTarget(target, at.child("target"), errors);
      requireAmount(target, ["averageValue"], "averageValue", at, errors);
    },
  },
  resource: {
    type: "Resource",
    check({ name, target }, at, errors) {
      checkGiven(name, at.child("name"), errors);
      validateResourceTarget(target, at, errors);
    },
  },
  containerResource: {
    type: "ContainerResource",
    check({ name, container, target }, at, errors) {
      if (checkGiven(name, at.child("name"), errors)) checkContainerResourceName(name, at.child("name"), errors);
      if (checkGiven(container, at.child("container"), errors))
        checkForm(dnsLabelFault, container, at.child("container"), errors);
      validateResourceTarget(target, at, errors);
    },
  },
};
const FIELDS = Object.keys(SOURCES) as SourceField[];
const TYPES = FIELDS.map((field) => SOURCES[field].type).sort();

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/ */
export function validateMetric(metric: MetricSpec, at: FieldPath, errors: FieldErrors, minor: number): void {
  const { type } = metric;
  const expected = FIELDS.find((field) => SOURCES[field].type === type);
  if (type === "") errors.required(at.child("type"), "a metric has a type");
  if (expected === undefined) errors.notSupported(at.child("type"), type, TYPES);
  const present = FIELDS.filter((field) => metric[field] !== undefined);
  if (present.length > 0) checkSource(metric, present[0]!, at, errors, minor);
  if (expected !== undefined && metric[expected] === undefined)
    errors.required(at.child(expected), `a metric of type ${type} says which`);
  if (present.length > 1)
    for (const field of present)
      if (field !== expected) errors.forbidden(at.child(field), "A metric has one source, that of its type");
}

function checkSource<F extends SourceField>(
  metric: MetricSpec,
  field: F,
  at: FieldPath,
  errors: FieldErrors,
  minor: number,
): void {
  SOURCES[field].check(metric[field] as Source<F>, at.child(field), errors, minor);
}

function validateIdentifier({ name }: MetricIdentifier, at: FieldPath, errors: FieldErrors): void {
  if (checkGiven(name, at.child("name"), errors)) checkForm(pathSegmentFault, name, at.child("name"), errors);
}

function validateTarget(
  { type, value, averageValue, averageUtilization }: MetricTarget,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (type === "") errors.required(at.child("type"), "a target has a type");
  if (!TARGET_TYPES.includes(type)) errors.invalid(at.child("type"), type, `is not one of ${TARGET_TYPES.join(", ")}`);
  if (value !== undefined) checkAmountPositive(value, at.child("value"), errors);
  if (averageValue !== undefined) checkAmountPositive(averageValue, at.child("averageValue"), errors);
  if (averageUtilization !== undefined) checkPositive(averageUtilization, at.child("averageUtilization"), errors);
}

type Amount = Exclude<keyof MetricTarget, "type">;

/** The type of a target says nothing of which amount it has; that depends on the source. */
function requireAmount(
  target: MetricTarget,
  anyOf: readonly Amount[],
  reported: Amount,
  source: FieldPath,
  errors: FieldErrors,
): void {
  if (anyOf.every((field) => target[field] === undefined))
    errors.required(source.child("target").child(reported), `the target here is ${anyOf.join(" or ")}`);
}

function forbidBoth(target: MetricTarget, one: Amount, other: Amount, source: FieldPath, errors: FieldErrors): void {
  if (target[one] !== undefined && target[other] !== undefined)
    errors.forbidden(source.child("target").child(other), `The target has ${one} already`);
}

function validateResourceTarget(target: MetricTarget, source: FieldPath, errors: FieldErrors): void {
  validateTarget(target, source.child("target"), errors);
  requireAmount(target, ["averageUtilization", "averageValue"], "averageUtilization", source, errors);
  forbidBoth(target, "averageUtilization", "averageValue", source, errors);
}
