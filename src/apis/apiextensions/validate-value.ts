import { readPattern } from "../../schema/re2-pattern.js";
import { isMapping } from "../decode/is-mapping.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import { DEEPEST, itemsOf, type Schema, valuesOf } from "./schema-node.js";
import { hasFormat, isCheckedFormat } from "./string-formats.js";

/** What is wrong with a part of a value; `path` is as the server writes it below the value's own path. */
interface ValueFault {
  readonly reason: "required" | "notSupported" | "tooLong" | "tooMany" | "typeInvalid" | "invalid";
  readonly path: string;
  readonly value: unknown;
  readonly why: string;
  readonly allowed?: readonly string[];
  readonly count?: number;
  readonly most?: number;
}

/** Alternatives are compared by how much of them applied. */
interface Outcome {
  readonly faults: ValueFault[];
  applied: number;
}

/**
 * Reports what of a schema a value violates, as the server does for custom resources and for defaults in schemas.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation
 */
export function validateValue(schema: Schema, value: unknown, at: FieldPath, errors: FieldErrors): void {
  for (const fault of outcomeOf(schema, value, "", 0).faults) {
    const path = fault.path.replace(/^\./, "");
    const place = path === "" ? at : at.child(path);
    switch (fault.reason) {
      case "required":
        errors.required(place, fault.why);
        break;
      case "notSupported":
        errors.notSupported(place, fault.value, fault.allowed ?? []);
        break;
      case "tooLong":
        errors.tooLong(place, fault.most ?? 0);
        break;
      case "tooMany":
        errors.tooMany(place, fault.count ?? 0, fault.most ?? 0);
        break;
      case "typeInvalid":
        errors.typeInvalid(place, fault.value, fault.why);
        break;
      default:
        errors.invalid(place, fault.value, fault.why);
    }
  }
}

function outcomeOf(schema: Schema, value: unknown, path: string, depth: number): Outcome {
  const outcome: Outcome = { faults: [], applied: 1 };
  if (depth > DEEPEST) return outcome;
  const add = (reason: ValueFault["reason"], why: string, more: Partial<ValueFault> = {}): void => {
    outcome.faults.push({ reason, path, value, why, ...more });
  };
  const typesFit = checkType(schema, value, add);
  if (value === null) {
    checkEnum(schema, value, add);
    return outcome;
  }
  checkJunctors(schema, value, path, depth, outcome);
  if (typeof value === "string") checkText(schema, value, add, outcome);
  else if (typeof value === "number") checkNumber(schema, value, path, outcome);
  else if (Array.isArray(value)) checkList(schema, value, path, depth, outcome, add);
  if (typesFit || !isMapping(value)) checkEnum(schema, value, add);
  if (isMapping(value)) checkObject(schema, value, path, depth, outcome, add);
  return outcome;
}

type Add = (reason: ValueFault["reason"], why: string, more?: Partial<ValueFault>) => void;

const typesOf = (schema: Schema): readonly string[] =>
  schema["x-kubernetes-int-or-string"] ? ["integer", "string"] : schema.type ? [schema.type] : [];

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "object" ? "object" : typeof value;
}

/** Strings and lists of a schema with a format are left to the format, whatever the type, unless numbers are asked for. */
function checkType(schema: Schema, value: unknown, add: Add): boolean {
  const types = typesOf(schema);
  if (types.length === 0) return true;
  const type = typeOf(value);
  if (value === null && schema.nullable) return true;
  const numeric = types.includes("number") || types.includes("integer");
  if (schema.format && !numeric && (type === "string" || type === "array")) return true;
  if (types.includes(type) || (type === "integer" && types.includes("number"))) return true;
  add("typeInvalid", `is of type ${type}, and ${types.join(" or ")} is asked for`);
  return false;
}

function checkEnum(schema: Schema, value: unknown, add: Add): void {
  if (!schema.enum?.length) return;
  const text = JSON.stringify(value);
  if (value !== null && schema.enum.some((allowed) => JSON.stringify(allowed) === text)) return;
  const allowed = schema.enum.map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
  add("notSupported", "", { allowed });
}

/** That alternatives fail is said of the value as a whole, with what fails in the best of them. */
function checkJunctors(schema: Schema, value: unknown, path: string, depth: number, outcome: Outcome): void {
  const { allOf = [], anyOf = [], oneOf = [], not } = schema;
  const fail = (why: string): void => {
    outcome.faults.push({ reason: "invalid", path: "", value: undefined, why });
  };
  const results = (list: readonly Schema[]): Outcome[] => list.map((part) => outcomeOf(part, value, path, depth + 1));
  const merge = (result: Outcome | undefined): void => {
    if (result === undefined) return;
    outcome.faults.push(...result.faults);
    outcome.applied += result.applied;
  };
  if (anyOf.length > 0) {
    const all = results(anyOf);
    if (all.every(({ faults }) => faults.length > 0)) {
      fail("passes none of the schemas in anyOf");
      merge(best(all));
    }
  }
  if (oneOf.length > 0) {
    const all = results(oneOf);
    const passing = all.filter(({ faults }) => faults.length === 0).length;
    if (passing !== 1) fail(`passes ${passing} of the schemas in oneOf`);
    if (passing === 0) merge(best(all));
  }
  if (allOf.length > 0) {
    const all = results(allOf);
    all.forEach(merge);
    if (all.some(({ faults }) => faults.length > 0)) fail("does not pass all schemas in allOf");
  }
  if (not !== undefined && outcomeOf(not, value, path, depth + 1).faults.length === 0) fail("passes the schema in not");
}

const best = (outcomes: readonly Outcome[]): Outcome | undefined =>
  outcomes.reduce<Outcome | undefined>(
    (known, next) => (known && known.applied >= next.applied ? known : next),
    undefined,
  );

function checkText(schema: Schema, value: string, add: Add, outcome: Outcome): void {
  const { minLength, maxLength, pattern, format } = schema;
  const length = maxLength !== undefined || minLength !== undefined ? [...value].length : 0;
  // The first of them is all that is said.
  if (maxLength !== undefined && length > maxLength) add("tooLong", "", { most: maxLength });
  else if (minLength !== undefined && length < minLength) add("invalid", `is shorter than ${minLength}`);
  else if (pattern && readPattern(pattern)?.matches(value) === false) add("invalid", `does not match ${pattern}`);
  if (!format || !isCheckedFormat(format)) return;
  outcome.applied++;
  if (!hasFormat(format, value)) add("typeInvalid", `is not of format ${format}`);
}

/** Bounds that are no numbers of the type are reported at the value as a whole. */
function checkNumber(schema: Schema, value: number, path: string, outcome: Outcome): void {
  const { maximum, minimum, multipleOf } = schema;
  const type = typesOf(schema)[0];
  const add = (why: string, where = path): void => {
    outcome.faults.push({ reason: "invalid", path: where, value, why });
  };
  const fits = (number: number): boolean => {
    if (type === "integer" && schema.format === "int32") return Number.isInteger(number) && Math.abs(number) < 2 ** 31;
    if (type === "integer") return Number.isInteger(number) && Math.abs(number) <= 2 ** 63;
    return schema.format !== "float" || Math.abs(number) < 3.5e38;
  };
  for (const number of [value, maximum, minimum, multipleOf])
    if (number !== undefined && !fits(number)) add(`is compared with ${number}, which is no ${type ?? "number"}`, "");
  if (multipleOf !== undefined) {
    if (multipleOf <= 0) add(`is compared with multiples of ${multipleOf}, which is not positive`);
    else if (!Number.isInteger(Number((value / multipleOf).toPrecision(15)))) add(`is no multiple of ${multipleOf}`);
  }
  if (maximum !== undefined && (schema.exclusiveMaximum ? value >= maximum : value > maximum))
    add(`is above the maximum, ${maximum}`);
  if (minimum !== undefined && (schema.exclusiveMinimum ? value <= minimum : value < minimum))
    add(`is below the minimum, ${minimum}`);
}

function checkList(
  schema: Schema,
  values: readonly unknown[],
  path: string,
  depth: number,
  outcome: Outcome,
  add: Add,
): void {
  const items = itemsOf(schema);
  if (items !== undefined)
    values.forEach((value, i) => {
      const result = outcomeOf(items, value, `${path}[${i}]`, depth + 1);
      outcome.faults.push(...result.faults);
      outcome.applied += result.applied;
    });
  const { minItems, maxItems, uniqueItems } = schema;
  if (minItems !== undefined && values.length < minItems) add("invalid", `has fewer than ${minItems} items`);
  if (maxItems !== undefined && values.length > maxItems) add("tooMany", "", { count: values.length, most: maxItems });
  if (uniqueItems && new Set(values.map((value) => JSON.stringify(value))).size < values.length)
    add("invalid", "has an item twice");
}

function checkObject(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
  outcome: Outcome,
  add: Add,
): void {
  const { minProperties, maxProperties, properties = {}, additionalProperties, required = [] } = schema;
  const count = Object.keys(value).length;
  if (minProperties !== undefined && count < minProperties) {
    add("invalid", `has fewer than ${minProperties} fields`);
    return;
  }
  if (maxProperties !== undefined && count > maxProperties) {
    add("tooMany", "", { count, most: maxProperties });
    return;
  }
  const rest = valuesOf(schema);
  for (const name in value) {
    const property = Object.hasOwn(properties, name) ? properties[name] : rest;
    if (property !== undefined) {
      const below = path === "" && property !== rest ? name : `${path}.${name}`;
      const result = outcomeOf(property, value[name], below, depth + 1);
      outcome.faults.push(...result.faults);
      outcome.applied += result.applied;
    } else if (additionalProperties === false && name !== "$schema" && name !== "id")
      add("invalid", `has a field ${JSON.stringify(name)}, which the schema does not have`);
  }
  for (const name of required)
    if (!Object.hasOwn(value, name) && (!Object.hasOwn(properties, name) || properties[name]!.default === undefined))
      outcome.faults.push({
        reason: "required",
        path: `${path}.${name}`,
        value: undefined,
        why: "the schema requires it",
      });
}
