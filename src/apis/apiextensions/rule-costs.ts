import { type Bound, estimateCost } from "../cel/estimate-cost.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import type { ValidationRule } from "../types/apiextensions.v1.generated.js";
import { DEEPEST, itemsOf, propertyOf, type Schema, valuesOf } from "./schema-node.js";
import { describesResource, escapeName, isEmbedded } from "./schema-types.js";

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#resource-use-by-validation-functions */
const MOST_OF_EXPRESSION = 10_000_000;
const MOST_OF_DEFINITION = 100_000_000;
const LARGEST_REQUEST = 3 * 1024 * 1024;
/** Only the dearest expressions are told of, and of those only what is dear. */
const MOST_TOLD = 4;
/** The bytes of the longest text of a format. */
const LONGEST_OF_FORMAT: Readonly<Record<string, number>> = { duration: 32, date: 12, "date-time": 29 };
/** The bytes that each needs at least. */
const SHORTEST = { object: 2, array: 2, string: 2, boolean: 4, integer: 1, number: 1 } as Readonly<
  Record<string, number>
>;

/** Where a schema stands, as far as it says how many values there may be. */
export interface Cardinality {
  /** Undefined where nothing bounds it. */
  readonly most: number | undefined;
}

export const ONE: Cardinality = { most: 1 };

const UNBOUNDED: Cardinality = { most: undefined };

/** How many values a part of a schema may have; the same object where the schema does not multiply them. */
export function cardinalityWithin(around: Cardinality, schema: Schema): Cardinality {
  const { type, additionalProperties, maxItems, maxProperties } = schema;
  const isList = type === "array";
  if (!isList && (type !== "object" || additionalProperties === undefined)) return around;
  const factor = isList ? maxItems : maxProperties;
  if (around.most === undefined || factor === undefined) return UNBOUNDED;
  return { most: around.most * Math.max(0, factor) };
}

/** Adds up what the expressions of a schema cost. */
export class RuleCosts {
  #total = 0;
  readonly #dear: { readonly at: FieldPath; readonly cost: number }[] = [];

  /** Reports an expression that costs too much alone. Nothing is said of one that is not understood. */
  observe(
    rule: ValidationRule,
    schema: Schema,
    isResource: boolean,
    within: Cardinality,
    at: FieldPath,
    errors: FieldErrors,
  ): void {
    const self = boundOf(schema, isResource, 0);
    if (self === undefined) return;
    const count = within.most ?? Math.floor(LARGEST_REQUEST / (shortestOf(schema, 0) + 1));
    this.#take(estimateCost(rule.rule, self), count, at.child("rule"), errors);
    if (rule.messageExpression)
      this.#take(estimateCost(rule.messageExpression, self), 1, at.child("messageExpression"), errors);
  }

  #take(each: number | undefined, count: number, at: FieldPath, errors: FieldErrors): void {
    if (each === undefined) return;
    const cost = each * count;
    this.#total += cost;
    if (cost >= MOST_OF_DEFINITION / 100) this.#dear.push({ at, cost });
    if (cost > MOST_OF_EXPRESSION)
      errors.forbidden(
        at,
        `The expression may take ${factorText(cost / MOST_OF_EXPRESSION)} times the time allowed; maxItems, maxProperties and maxLength bound it`,
      );
  }

  /** Reports that all of them together cost too much. */
  check(at: FieldPath, errors: FieldErrors): void {
    if (this.#total <= MOST_OF_DEFINITION) return;
    this.#dear.sort((a, b) => b.cost - a.cost);
    for (const { at: place } of this.#dear.slice(0, MOST_TOLD))
      errors.forbidden(place, "The expression has a large share in the time that all rules may take");
    const factor = factorText(this.#total / MOST_OF_DEFINITION);
    errors.forbidden(at, `The rules may take ${factor} times the time allowed to all together`);
  }
}

const factorText = (factor: number): string => (factor > 1000 ? "more than 1000" : factor.toPrecision(3));

/** Undefined for values of which the schema says nothing. */
function boundOf(schema: Schema, isResource: boolean, depth: number): Bound | undefined {
  const { type, format = "", maxLength } = schema;
  const bytes = maxLength === undefined ? undefined : Math.max(0, maxLength) * 4;
  if (schema["x-kubernetes-int-or-string"]) return { kind: "any", size: bytes ?? LARGEST_REQUEST - 2 };
  if (depth > DEEPEST) return undefined;
  switch (type) {
    case "array": {
      const items = itemsOf(schema);
      const item = items && boundOf(items, isEmbedded(items), depth + 1);
      if (items === undefined || item === undefined) return undefined;
      const size = schema.maxItems ?? Math.floor((LARGEST_REQUEST - 2) / (shortestOf(items, depth) + 1));
      return { kind: "list", size: Math.max(0, size), item };
    }
    case "object":
      return boundOfObject(schema, isResource, depth);
    case "string":
      if (format === "byte") return { kind: "bytes", size: bytes === undefined ? LARGEST_REQUEST - 2 : bytes / 4 };
      if (Object.hasOwn(LONGEST_OF_FORMAT, format)) return { kind: "scalar", size: LONGEST_OF_FORMAT[format]! };
      return { kind: "text", size: bytes ?? longestOfEnum(schema) ?? LARGEST_REQUEST - 2 };
    default:
      return type && Object.hasOwn(SHORTEST, type) ? { kind: "scalar", size: 0 } : undefined;
  }
}

function boundOfObject(schema: Schema, isResource: boolean, depth: number): Bound | undefined {
  const values = valuesOf(schema);
  if (values !== undefined) {
    const item = boundOf(values, isEmbedded(values), depth + 1);
    if (item === undefined) return undefined;
    const size = schema.maxProperties ?? Math.floor((LARGEST_REQUEST - 2) / (shortestOf(values, depth) + 6));
    return { kind: "map", size: Math.max(0, size), item };
  }
  const names = new Map(Object.keys(schema.properties ?? {}).map((name) => [escapeName(name) ?? "", name]));
  const ofResource = isResource && !describesResource(schema);
  const fields = (name: string): Bound | undefined => {
    if (ofResource && RESOURCE[name] !== undefined) return RESOURCE[name];
    const property = propertyOf(schema, names.get(name) ?? name);
    return property && boundOf(property, isEmbedded(property), depth + 1);
  };
  return { kind: "object", size: 0, fields };
}

const ANY_TEXT: Bound = { kind: "text", size: LARGEST_REQUEST - 2 };
const RESOURCE: Readonly<Record<string, Bound | undefined>> = {
  apiVersion: ANY_TEXT,
  kind: ANY_TEXT,
  metadata: {
    kind: "object",
    size: 0,
    fields: (name) => (name === "name" || name === "generateName" ? ANY_TEXT : undefined),
  },
};

function longestOfEnum({ enum: values }: Schema): number | undefined {
  if (!values?.length) return undefined;
  return Math.max(0, ...values.map((value) => (typeof value === "string" ? Buffer.byteLength(value) : 0)));
}

/** The bytes that a value needs at least, in the JSON of a request. */
function shortestOf(schema: Schema, depth: number): number {
  if (schema["x-kubernetes-int-or-string"] || depth > DEEPEST) return 1;
  const { type = "", format = "", required = [] } = schema;
  if (type === "string" && format === "date") return 12;
  if (type === "string" && format === "date-time") return 22;
  const own = Object.hasOwn(SHORTEST, type) ? SHORTEST[type]! : 0;
  if (type !== "object" || valuesOf(schema) !== undefined) return own;
  return required.reduce((sum, name) => {
    const property = propertyOf(schema, name);
    if (property === undefined || property.default !== undefined || boundOf(property, false, depth + 1) === undefined)
      return sum;
    return sum + Buffer.byteLength(name) + shortestOf(property, depth + 1) + 4;
  }, own);
}
