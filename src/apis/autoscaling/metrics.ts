import { checkContainerResourceName } from "../core/resource-names.js";
import { checkAmountPositive, signOf } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsLabelFault, pathSegmentFault } from "../meta/names.js";
import { checkGiven, checkPositive } from "../meta/values.js";
import type {
  ContainerResourceMetricSource,
  CrossVersionObjectReference,
  ExternalMetricSource,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
  ObjectMetricSource,
  PodsMetricSource,
  ResourceMetricSource,
} from "../types/autoscaling.v2.generated.js";

type SourceField = Exclude<keyof MetricSpec, "type">;
type SourceCheck = (metric: MetricSpec, at: FieldPath, errors: FieldErrors) => void;

/** The field of each type; the server looks at the fields in this order, and into the first that is there. */
const SOURCES: readonly { readonly type: string; readonly field: SourceField; readonly check: SourceCheck }[] = [
  { type: "Object", field: "object", check: (metric, at, errors) => validateObject(metric.object!, at, errors) },
  { type: "External", field: "external", check: (metric, at, errors) => validateExternal(metric.external!, at, errors) },
  { type: "Pods", field: "pods", check: (metric, at, errors) => validatePods(metric.pods!, at, errors) },
  { type: "Resource", field: "resource", check: (metric, at, errors) => validateResource(metric.resource!, at, errors) },
  {
    type: "ContainerResource",
    field: "containerResource",
    check: (metric, at, errors) => validateContainerResource(metric.containerResource!, at, errors),
  },
];
const TYPES = SOURCES.map(({ type }) => type).sort();
const TARGET_TYPES = ["Utilization", "Value", "AverageValue"];

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-on-custom-metrics */
export function validateMetric(metric: MetricSpec, at: FieldPath, errors: FieldErrors): void {
  const { type } = metric;
  if (type === "") errors.required(at.child("type"), "a metric says where it comes from");
  const expected = SOURCES.find((source) => source.type === type);
  if (expected === undefined) errors.notSupported(at.child("type"), type, TYPES);
  else if (metric[expected.field] === undefined)
    errors.required(at.child(expected.field), `a metric of type ${type} has this field`);
  const present = SOURCES.filter(({ field }) => metric[field] !== undefined);
  present[0]?.check(metric, at.child(present[0].field), errors);
  if (present.length === 1) return;
  for (const source of present)
    if (source !== expected) errors.forbidden(at.child(source.field), `A metric has one source, the one of its type`);
}

/** The server asks for a group where the object is one to scale, as the core group has few of those. */
export function validateReference(
  { kind, name, apiVersion = "" }: CrossVersionObjectReference,
  of: "target" | "metric",
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (checkGiven(kind, at.child("kind"), errors)) checkForm(pathSegmentFault, kind, at.child("kind"), errors);
  if (checkGiven(name, at.child("name"), errors)) checkForm(pathSegmentFault, name, at.child("name"), errors);
  const parts = apiVersion.split("/");
  if (parts.length > 2) errors.invalid(at.child("apiVersion"), apiVersion, "is not of the form group/version");
  else if (of === "target" && (parts.length < 2 || parts[0] === ""))
    errors.invalid(at.child("apiVersion"), apiVersion, "names no API group");
}

function validateObject(source: ObjectMetricSource, at: FieldPath, errors: FieldErrors): void {
  validateReference(source.describedObject, "metric", at.child("describedObject"), errors);
  validateIdentifier(source.metric, at.child("metric"), errors);
  validateTarget(source.target, at.child("target"), errors);
  const { value, averageValue } = source.target;
  if (value === undefined && averageValue === undefined)
    errors.required(at.child("target").child("averageValue"), "value or averageValue");
}

function validateExternal({ metric, target }: ExternalMetricSource, at: FieldPath, errors: FieldErrors): void {
  validateIdentifier(metric, at.child("metric"), errors);
  validateTarget(target, at.child("target"), errors);
  const { value, averageValue } = target;
  if (value === undefined && averageValue === undefined)
    errors.required(at.child("target").child("averageValue"), "value or averageValue");
  if (value !== undefined && averageValue !== undefined)
    errors.forbidden(at.child("target").child("value"), "A target is value or averageValue, not both");
}

function validatePods({ metric, target }: PodsMetricSource, at: FieldPath, errors: FieldErrors): void {
  validateIdentifier(metric, at.child("metric"), errors);
  validateTarget(target, at.child("target"), errors);
  if (target.averageValue === undefined || signOf(target.averageValue) <= 0)
    errors.required(at.child("target").child("averageValue"), "an amount greater than zero");
}

function validateResource({ name, target }: ResourceMetricSource, at: FieldPath, errors: FieldErrors): void {
  checkGiven(name, at.child("name"), errors);
  validateTarget(target, at.child("target"), errors);
  checkUtilizationOrValue(target, at.child("target"), errors);
}

function validateContainerResource(source: ContainerResourceMetricSource, at: FieldPath, errors: FieldErrors): void {
  const { name, container, target } = source;
  if (checkGiven(name, at.child("name"), errors)) checkContainerResourceName(name, at.child("name"), errors);
  if (checkGiven(container, at.child("container"), errors))
    checkForm(dnsLabelFault, container, at.child("container"), errors);
  validateTarget(target, at.child("target"), errors);
  checkUtilizationOrValue(target, at.child("target"), errors);
}

function checkUtilizationOrValue(
  { averageUtilization, averageValue }: MetricTarget,
  at: FieldPath,
  errors: FieldErrors,
): void {
  if (averageUtilization === undefined && averageValue === undefined)
    errors.required(at.child("averageUtilization"), "averageUtilization or averageValue");
  if (averageUtilization !== undefined && averageValue !== undefined)
    errors.forbidden(at.child("averageValue"), "A target is averageUtilization or averageValue, not both");
}

function validateIdentifier({ name }: MetricIdentifier, at: FieldPath, errors: FieldErrors): void {
  if (checkGiven(name, at.child("name"), errors)) checkForm(pathSegmentFault, name, at.child("name"), errors);
}

function validateTarget(target: MetricTarget, at: FieldPath, errors: FieldErrors): void {
  const { type, value, averageValue, averageUtilization } = target;
  if (type === "") errors.required(at.child("type"), "a target says what is compared");
  if (!TARGET_TYPES.includes(type)) errors.invalid(at.child("type"), type, `is not one of ${TARGET_TYPES.join(", ")}`);
  if (value !== undefined) checkAmountPositive(value, at.child("value"), errors);
  if (averageValue !== undefined) checkAmountPositive(averageValue, at.child("averageValue"), errors);
  if (averageUtilization !== undefined) checkPositive(averageUtilization, at.child("averageUtilization"), errors);
}
