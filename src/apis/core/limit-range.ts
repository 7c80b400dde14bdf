import type { KindRules } from "../kind-rules.js";
import { amountOf, compareAmounts } from "../meta/amounts.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsSubdomainFault, type NameCheck, qualifiedNameFault } from "../meta/names.js";
import type { LimitRange, LimitRangeItem } from "../types/core.v1.generated.js";
import { roundAmounts } from "./pod-defaults.js";
import { checkContainerResourceName, checkResourceName, isOvercommitAllowed } from "./resource-names.js";

type Field = "max" | "min" | "default" | "defaultRequest" | "maxLimitRequestRatio";

const LIMITS = FieldPath.of("spec", "limits");
const FIELDS: readonly Field[] = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];
const DEFAULT_FIELDS: ReadonlySet<Field> = new Set(["default", "defaultRequest"]);
const TYPES = new Set(["Pod", "Container", "PersistentVolumeClaim"]);
/** In each pair the first amount is no more than the second; at which of them the server reports it. */
const ORDERS: readonly (readonly [less: Field, more: Field, reported: Field])[] = [
  ["min", "max", "min"],
  ["min", "defaultRequest", "defaultRequest"],
  ["defaultRequest", "max", "defaultRequest"],
  ["defaultRequest", "default", "defaultRequest"],
  ["min", "default", "default"],
  ["default", "max", "default"],
];
const WHOLE = 10n ** 9n;
const MILLI = 10n ** 6n;
/** From here on the server reckons in whole numbers, rounded up. */
const MOST_IN_MILLI = (2n ** 63n - 1n) / 1000n;
/** Stands for the UUID that a LimitRange without a name gets. */
const MADE_UP_NAME = "00000000-0000-4000-8000-000000000000";

/** https://kubernetes.io/docs/concepts/policy/limit-range/ */
export const LIMIT_RANGE: KindRules<LimitRange> = {
  defaults({ spec }) {
    for (const item of spec.limits ?? []) {
      if (item.type === "Container") setContainerDefaults(item);
      for (const field of FIELDS) roundAmounts(item[field]);
    }
  },
  prepare({ metadata }) {
    metadata.name ||= MADE_UP_NAME;
  },
  nameForm: dnsSubdomainFault,
  validate({ spec }, errors) {
    const types = new Set<string>();
    spec.limits?.forEach((item, i) => {
      const at = LIMITS.index(i);
      checkForm(typeFault, item.type, at.child("type"), errors);
      if (types.has(item.type)) errors.duplicate(at.child("type"), item.type);
      types.add(item.type);
      validateItem(item, at, errors);
    });
  },
};

/** The default limit is the greatest one, the default request the default limit, or else the least. */
function setContainerDefaults(item: LimitRangeItem): void {
  const limits = { ...item.max, ...item.default };
  const requests = { ...item.min, ...limits, ...item.defaultRequest };
  if (Object.keys(limits).length > 0) item.default = limits;
  if (Object.keys(requests).length > 0) item.defaultRequest = requests;
}

const typeFault: NameCheck = (type) => {
  const fault = qualifiedNameFault(type);
  if (fault !== undefined || type.includes("/") || TYPES.has(type)) return fault;
  return `is not one of ${[...TYPES].join(", ")}; other types have a prefix, as example.com/name has`;
};

function validateItem(item: LimitRangeItem, at: FieldPath, errors: FieldErrors): void {
  const checkName = item.type === "Pod" || item.type === "Container" ? checkContainerResourceName : checkResourceName;
  const resources = new Set<string>();
  for (const field of FIELDS) {
    const names = Object.keys(item[field] ?? {});
    if (item.type === "Pod" && DEFAULT_FIELDS.has(field)) {
      if (names.length > 0) errors.forbidden(at.child(field), "A limit of type Pod has no defaults");
      continue;
    }
    for (const name of names) {
      checkName(name, at.child(field).key(name), errors);
      resources.add(name);
    }
  }
  if (item.type === "PersistentVolumeClaim" && item.min?.storage === undefined && item.max?.storage === undefined)
    errors.required(at.child("limits"), "claims are limited by a min or max of storage");
  const { default: _, defaultRequest: __, ...bounds } = item;
  for (const name of resources) validateAmounts(name, item.type === "Pod" ? bounds : item, at, errors);
}

function validateAmounts(name: string, item: Partial<LimitRangeItem>, at: FieldPath, errors: FieldErrors): void {
  for (const [less, more, reported] of ORDERS) {
    const [least, most] = [amount(item[less], name), amount(item[more], name)];
    if (least === undefined || most === undefined || compareAmounts(least, most) <= 0) continue;
    const why = reported === less ? `is more than ${more}, ${most}` : `is less than ${less}, ${least}`;
    errors.invalid(at.child(reported).key(name), reported === less ? least : most, why);
  }
  validateRatio(name, item, at.child("maxLimitRequestRatio").key(name), errors);
  const [limit, request] = [amount(item.default, name), amount(item.defaultRequest, name)];
  if (isOvercommitAllowed(name) || limit === undefined || request === undefined) return;
  if (compareAmounts(limit, request) !== 0)
    errors.invalid(at.child("defaultRequest").key(name), request, `is not default, ${limit}, as it is for ${name}`);
}

function validateRatio(
  name: string,
  { min, max, maxLimitRequestRatio }: Partial<LimitRangeItem>,
  at: FieldPath,
  errors: FieldErrors,
): void {
  const ratio = amount(maxLimitRequestRatio, name);
  if (ratio === undefined) return;
  const { nano } = amountOf(ratio);
  if (nano < WHOLE) errors.invalid(at, ratio, "is less than 1");
  const [top, bottom] = [amount(max, name), amount(min, name)];
  if (top === undefined || bottom === undefined) return;
  const amounts = [nano, amountOf(top).nano, amountOf(bottom).nano];
  const unit = amounts.every((each) => inUnits(each, WHOLE) < MOST_IN_MILLI) ? MILLI : WHOLE;
  const [given, most, least] = amounts.map((each) => Number(inUnits(each, unit))) as [number, number, number];
  const widest = most / least;
  if (given / Number(WHOLE / unit) > widest) errors.invalid(at, ratio, `is more than max divided by min, ${widest}`);
}

const amount = (amounts: Readonly<Record<string, string>> | undefined, name: string): string | undefined =>
  amounts !== undefined && Object.hasOwn(amounts, name) ? amounts[name] : undefined;

/** Rounded up. */
function inUnits(nano: bigint, unit: bigint): bigint {
  const units = nano / unit;
  return nano > units * unit ? units + 1n : units;
}
