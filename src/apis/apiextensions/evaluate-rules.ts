import { isDeepStrictEqual } from "node:util";
import { usesName } from "../cel/check.js";
import { type Bindings, type CelProgram, evaluate, readExpression } from "../cel/evaluate.js";
import { CelError, CelOptional, type CelValue, NONE, NOT_KNOWN } from "../cel/values.js";
import { isMapping } from "../decode/is-mapping.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { byteLength } from "../meta/names.js";
import type { ValidationRule } from "../types/apiextensions.v1.generated.js";
import { findField } from "./schema-fields.js";
import { DEEPEST, itemsOf, propertyOf, type Schema, valuesOf } from "./schema-node.js";
import { hasType, isEmbedded } from "./schema-types.js";
import { valueOfSchema } from "./schema-values.js";

const RULES = "x-kubernetes-validations";
const LONGEST_MESSAGE = 5 * 1024;
/** The server's word for the place of the resource itself. */
const NOWHERE = FieldPath.of("<nil>");

/** A custom resource whose rules are asked. */
export interface RuledResource {
  readonly value: unknown;
  /** As it was before; undefined where it is new. */
  readonly old?: unknown;
  /** What stands for something that is not known. */
  readonly isUnknown?: (value: unknown) => boolean;
  /** Told of rules that are broken in what has not changed: they are no faults. */
  readonly warn?: (text: string) => void;
}

/**
 * Reports the rules of a schema that a resource breaks, and those that cannot be evaluated. What depends on something
 * unknown is passed over.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
export function checkRules(schema: Schema, resource: RuledResource, errors: FieldErrors): void {
  if (!hasRules(schema)) return;
  const before = resource.old === undefined ? undefined : { value: resource.old };
  new RuleCheck(resource, errors).node(schema, true, resource.value, before, false, FieldPath.of(), 0);
}

const ruled = new WeakMap<Schema, boolean>();

/** Whether a schema or one in it has rules. */
export function hasRules(schema: Schema, depth = 0): boolean {
  let answer = ruled.get(schema);
  if (answer === undefined) {
    answer =
      (schema[RULES]?.length ?? 0) > 0 ||
      (depth < DEEPEST &&
        [itemsOf(schema), valuesOf(schema), ...Object.values(schema.properties ?? {})].some(
          (part) => part !== undefined && hasRules(part, depth + 1),
        ));
    ruled.set(schema, answer);
  }
  return answer;
}

/** The value that stood in the same place; undefined where none can be told to be the same. */
type Before = { readonly value: unknown } | undefined;

class RuleCheck {
  constructor(
    private readonly resource: RuledResource,
    private readonly errors: FieldErrors,
  ) {}

  /** `kept`: within something that has not changed. */
  node(
    schema: Schema,
    isResource: boolean,
    value: unknown,
    before: Before,
    kept: boolean,
    at: FieldPath,
    depth: number,
  ): void {
    if (value === null || value === undefined || depth > DEEPEST || !hasRules(schema)) return;
    const same = before === undefined ? kept : isDeepStrictEqual(value, before.value);
    this.#rulesOf(schema, isResource, value, before, same, at);
    if (Array.isArray(value)) this.#items(schema, value, before, same, at, depth);
    else if (isMapping(value)) this.#fields(schema, value, before, same, at, depth);
  }

  #items(schema: Schema, items: readonly unknown[], before: Before, same: boolean, at: FieldPath, depth: number): void {
    const own = itemsOf(schema);
    if (own === undefined) return;
    const keys = schema["x-kubernetes-list-type"] === "map" ? (schema["x-kubernetes-list-map-keys"] ?? []) : undefined;
    const identity = (item: unknown): string =>
      JSON.stringify((keys ?? []).map((key) => (isMapping(item) ? (item[key] ?? null) : null)));
    const earlier = new Map<string, unknown>();
    if (keys !== undefined && Array.isArray(before?.value))
      for (const item of before.value) earlier.set(identity(item), item);
    for (const [i, item] of items.entries()) {
      const id = earlier.size === 0 ? undefined : identity(item);
      const known = id !== undefined && earlier.has(id) ? { value: earlier.get(id) } : undefined;
      this.node(own, isEmbedded(own), item, known, same, at.index(i), depth + 1);
    }
  }

  #fields(
    schema: Schema,
    fields: Readonly<Record<string, unknown>>,
    before: Before,
    same: boolean,
    at: FieldPath,
    depth: number,
  ): void {
    const related = schema["x-kubernetes-map-type"] !== "atomic" && isMapping(before?.value) ? before.value : undefined;
    const values = valuesOf(schema);
    for (const [name, item] of Object.entries(fields)) {
      const property = propertyOf(schema, name);
      const own = property ?? values;
      if (own === undefined || !hasRules(own)) continue;
      // Values of no type are out of sight for expressions, with all in them.
      if (!hasType(own)) continue;
      const known = related !== undefined && Object.hasOwn(related, name) ? { value: related[name] } : undefined;
      const place = property === undefined ? at.key(name) : at.child(name);
      this.node(own, isEmbedded(own), item, known, same, place, depth + 1);
    }
  }

  #rulesOf(schema: Schema, isResource: boolean, value: unknown, before: Before, same: boolean, at: FieldPath): void {
    const rules = schema[RULES];
    if (rules === undefined || rules.length === 0) return;
    const { isUnknown } = this.resource;
    const self = valueOfSchema(value, schema, isResource, isUnknown);
    const was = before?.value ?? undefined;
    const oldSelf = was === undefined ? undefined : valueOfSchema(was, schema, isResource, isUnknown);
    for (const rule of rules) {
      const read = programOf(rule);
      if (read === undefined) continue;
      const optional = rule.optionalOldSelf === true;
      if (read.usesOld && oldSelf === undefined && !optional) continue;
      const old = optional ? (oldSelf === undefined ? NONE : new CelOptional(oldSelf)) : oldSelf;
      const bindings: Bindings = (name) => (name === "self" ? self : name === "oldSelf" ? old : undefined);
      const result = evaluate(read.program, bindings);
      if (result === true || result === NOT_KNOWN) continue;
      this.#report(rule, read, result, bindings, { schema, at, ratchets: same && !read.usesOld });
    }
  }

  #report(
    rule: ValidationRule,
    { message }: RuleProgram,
    result: CelValue,
    bindings: Bindings,
    { schema, at, ratchets }: { readonly schema: Schema; readonly at: FieldPath; readonly ratchets: boolean },
  ): void {
    const here = at.toString() === "" ? NOWHERE : at;
    if (result instanceof CelError) {
      this.errors.invalid(here, undefined, `cannot be judged by a rule of its schema, ${result.message}: ${rule.rule}`);
      return;
    }
    const place = rule.fieldPath ? fieldAt(rule.fieldPath, schema, at) : here;
    const words = message === undefined ? undefined : wordsOf(evaluate(message, bindings));
    const text = words ?? (rule.message?.trim() || rule.rule.trim());
    if (ratchets) {
      this.resource.warn?.(`${place}: ${text}`);
      return;
    }
    switch (rule.reason) {
      case "FieldValueForbidden":
        this.errors.forbidden(place, `A rule of the schema forbids it: ${text}`);
        break;
      case "FieldValueRequired":
        this.errors.required(place, text);
        break;
      case "FieldValueDuplicate":
        this.errors.duplicate(place, undefined);
        break;
      default:
        this.errors.invalid(place, undefined, `breaks a rule of its schema: ${text}`);
    }
  }
}

interface RuleProgram {
  readonly program: CelProgram;
  readonly usesOld: boolean;
  readonly message: CelProgram | undefined;
}

const programs = new WeakMap<ValidationRule, RuleProgram | { readonly program: undefined }>();

function programOf(rule: ValidationRule): RuleProgram | undefined {
  let known = programs.get(rule);
  if (known === undefined) {
    const program = readExpression(rule.rule);
    const message = rule.messageExpression ? readExpression(rule.messageExpression) : undefined;
    known = program === undefined ? { program } : { program, usesOld: usesName(rule.rule, "oldSelf"), message };
    programs.set(rule, known);
  }
  return known.program === undefined ? undefined : known;
}

/** What a message's expression says, where it is fit to be said. */
export function wordsOf(value: CelValue): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  return text === "" || text.includes("\n") || byteLength(text) > LONGEST_MESSAGE ? undefined : text;
}

function fieldAt(path: string, schema: Schema, at: FieldPath): FieldPath {
  let place = at;
  let current: Schema | undefined = schema;
  for (const name of findField(path, schema, { quoted: true })?.names ?? []) {
    const property: Schema | undefined = current && propertyOf(current, name);
    place = property === undefined ? place.key(name) : place.child(name);
    current = property ?? (current && valuesOf(current));
  }
  return place;
}
