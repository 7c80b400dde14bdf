import { nearestName } from "../diagnostics/nearest-name.js";
import {
  allowedBy,
  describeSchema,
  hasType,
  nodeAt,
  passesJunctors,
  propertyOf,
  type SchemaNode,
  textAt,
  textsAt,
  violatedBound,
} from "./custom-schema.js";
import { BuiltinDecoder } from "./decode-builtin.js";
import { describeFound, isMapping } from "./describe-value.js";
import { FieldPathStack, mapKey } from "./field-path-stack.js";
import { isPlaceholder } from "./placeholder.js";
import type { SchemaProblem } from "./schema-problem.js";
import type { Definition } from "./type-table.js";

const DEEPEST = 400;
const MOST_PROBLEMS = 500;

export interface CustomShape {
  readonly kind: string;
  readonly schema: SchemaNode;
  /** Unknown fields are kept everywhere, as by the CustomResourceDefinitions of apiextensions.k8s.io/v1beta1. */
  readonly keepsUnknown: boolean;
  readonly objectMeta: Definition;
}

const PRESERVES = "x-kubernetes-preserve-unknown-fields";

/**
 * Decodes a custom resource as the API server does with the schema of its CustomResourceDefinition: unknown fields are
 * dropped unless preserved, nulls too unless nullable, defaults are applied before what is required is asked for.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
 */
export class CustomDecoder {
  readonly problems: SchemaProblem[] = [];
  readonly doubtful: string[] = [];
  readonly #path = new FieldPathStack();
  readonly #shape: CustomShape;

  constructor(shape: CustomShape, value: Record<string, unknown>) {
    this.#shape = shape;
    this.#object(shape.schema, value, shape.kind, true);
  }

  #object(schema: SchemaNode, value: Record<string, unknown>, words: string, resource: boolean): void {
    const root = this.#path.depth === 0;
    const properties = nodeAt(schema, "properties");
    const rest = schema.additionalProperties;
    const keeps =
      this.#shape.keepsUnknown || schema[PRESERVES] === true || rest === true || (properties === undefined && root);
    const excused = new Set<string>();
    for (const name of Object.keys(value)) {
      if (resource && (name === "apiVersion" || name === "kind")) {
        if (!root) this.#field(TEXT, value, name, words, false);
        continue;
      }
      if (resource && name === "metadata") {
        this.#metadata(value, root);
        continue;
      }
      // Status is its own subresource nearly always: what a user writes there is dropped unseen.
      if (root && name === "status") continue;
      const child = propertyOf(schema, name);
      if (child !== undefined) {
        if (!this.#field(child, value, name, words, false)) excused.add(name);
      } else if (isMapping(rest)) {
        this.#field(rest, value, name, words, true);
      } else if (!keeps) {
        this.doubtful.push(this.#path.with(name));
        const nearest = this.#unknownField(schema, name, words, value);
        if (nearest !== undefined) excused.add(nearest);
        delete value[name];
      }
    }
    const required = textsAt(schema, "required");
    const all = resource && !root ? [...required, "apiVersion", "kind"] : required;
    for (const name of new Set(all)) {
      if (value[name] !== undefined || excused.has(name) || (root && (name === "status" || name === "metadata")))
        continue;
      if (propertyOf(schema, name)?.default !== undefined) continue;
      this.#add({ code: "missing-field", path: this.#path.with(name), field: name, parentType: words, empty: false });
    }
  }

  /** Whether the field can be relied on; where not, it is taken out. */
  #field(schema: SchemaNode, value: Record<string, unknown>, name: string, words: string, isKey: boolean): boolean {
    const item = value[name];
    if (item === null || item === undefined) {
      if (schema.nullable !== true) delete value[name];
      return true;
    }
    this.#path.push(isKey ? mapKey(name) : name);
    const accepted = this.#accepts(schema, item, isKey ? words : `${this.#shape.kind} ${name}`);
    if (!accepted) {
      this.doubtful.push(this.#path.toString());
      delete value[name];
    }
    this.#path.pop();
    return accepted;
  }

  #accepts(schema: SchemaNode, value: unknown, words: string): boolean {
    if (!hasType(schema, value)) {
      if (isPlaceholder(value)) return false;
      const expected = describeSchema(schema) ?? "another type";
      this.#add({
        code: "wrong-type",
        path: this.#path.toString(),
        expected,
        found: describeFound(value, false),
        remedy: remedy(schema, value),
      });
      return false;
    }
    if (isPlaceholder(value)) return true;
    this.#bounds(schema, value);
    if (this.#path.depth > DEEPEST) return true;
    if (Array.isArray(value)) this.#list(schema, value, words);
    else if (isMapping(value)) {
      const embedded = schema["x-kubernetes-embedded-resource"] === true;
      const open =
        schema.type === undefined &&
        nodeAt(schema, "properties") === undefined &&
        schema.additionalProperties === undefined;
      if (!open || embedded) this.#object(schema, value, words, embedded);
    }
    return true;
  }

  #bounds(schema: SchemaNode, value: unknown): void {
    const allowed = allowedBy(schema);
    if (allowed !== undefined && typeof value !== "object" && !allowed.includes(value)) {
      const path = this.#path.toString();
      this.doubtful.push(path);
      const texts = allowed.map(String);
      this.#add({
        code: "unsupported-value",
        path,
        value: String(value),
        allowed: texts,
        nearest: nearestName(String(value), texts),
      });
      return;
    }
    const expected =
      violatedBound(schema, value) ??
      (this.#passesJunctors(schema, value) ? undefined : "what one of its schema's alternatives allows");
    if (expected === undefined) return;
    const found = Array.isArray(value) ? `a list of ${value.length}` : describeFound(value, false);
    this.#add({ code: "constraint", path: this.#path.toString(), expected, found });
  }

  #passesJunctors(schema: SchemaNode, value: unknown): boolean {
    // Any of these may be satisfied by a default within that is not applied here.
    if (isMapping(value) && hasDefaults(schema)) return true;
    return passesJunctors(schema, value) !== false;
  }

  #list(schema: SchemaNode, value: unknown[], words: string): void {
    const own = nodeAt(schema, "items");
    if (own === undefined) return;
    // A list that preserves unknown fields has the server spare those of its items too.
    const keeps = schema[PRESERVES] === true && own[PRESERVES] === undefined;
    const items = keeps ? { ...own, [PRESERVES]: true } : own;
    for (let i = 0; i < value.length; i++) {
      this.#path.push(i);
      if (value[i] === null) {
        if (items.nullable !== true)
          this.#add({
            code: "null-value",
            path: this.#path.toString(),
            expected: describeSchema(items) ?? "a value",
            refused: true,
          });
      } else if (!this.#accepts(items, value[i], words)) {
        this.doubtful.push(this.#path.toString());
      }
      this.#path.pop();
    }
    const kind = textAt(schema, "x-kubernetes-list-type");
    if (kind === "map" || kind === "set")
      this.#duplicates(value, kind === "map" ? textsAt(schema, "x-kubernetes-list-map-keys") : [], items);
  }

  #duplicates(items: readonly unknown[], keys: readonly string[], schema: SchemaNode): void {
    const first = new Map<string, number>();
    const list = this.#path.toString();
    items.forEach((item, i) => {
      const key = itemKey(item, keys, schema);
      if (key === undefined) return;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, i);
      else
        this.#add({
          code: "duplicate-item",
          path: `${list}[${i}]`,
          firstPath: `${list}[${earlier}]`,
          keys: key,
          refused: true,
        });
    });
  }

  /** Metadata is the same in every kind, whatever the schema says of it. */
  #metadata(value: Record<string, unknown>, root: boolean): void {
    const at = this.#path.with("metadata");
    const metadata = value.metadata;
    if (metadata === null) return;
    if (!isMapping(metadata)) {
      this.doubtful.push(at);
      if (!isPlaceholder(metadata))
        this.#add({ code: "wrong-type", path: at, expected: "a mapping", found: describeFound(metadata, false) });
      delete value.metadata;
      return;
    }
    const decoder = new BuiltinDecoder(this.#shape.objectMeta, metadata);
    for (const problem of decoder.problems) {
      if (problem.code === "missing-field" && !root) continue;
      this.#add(moved(problem, at));
    }
    for (const path of decoder.doubtful) this.doubtful.push(`${at}.${path}`);
  }

  #unknownField(
    schema: SchemaNode,
    field: string,
    parentType: string,
    owner: Readonly<Record<string, unknown>>,
  ): string | undefined {
    const value = owner[field];
    const names = Object.keys(nodeAt(schema, "properties") ?? {});
    const nearest = nearestName(
      field,
      names.filter((name) => !Object.hasOwn(owner, name)),
    );
    let belongsTo: string | undefined;
    if (nearest === undefined) {
      const below = names.find((name) => {
        const child = propertyOf(propertyOf(schema, name), field);
        return child !== undefined && name !== "status" && hasType(child, value);
      });
      if (below !== undefined) belongsTo = `${this.#path.with(below)}.${field}`;
    }
    this.#add({ code: "unknown-field", path: this.#path.with(field), field, parentType, nearest, belongsTo });
    return nearest;
  }

  #add(problem: SchemaProblem): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }
}

const TEXT: SchemaNode = { type: "string" };

function moved(problem: SchemaProblem, to: string): SchemaProblem {
  const belongs =
    problem.code === "unknown-field" && problem.belongsTo !== undefined
      ? { belongsTo: `${to}.${problem.belongsTo}` }
      : {};
  const first = problem.code === "duplicate-item" ? { firstPath: `${to}.${problem.firstPath}` } : {};
  return { ...problem, ...belongs, ...first, path: `${to}.${problem.path}` } as SchemaProblem;
}

function hasDefaults(schema: SchemaNode): boolean {
  const properties = nodeAt(schema, "properties") ?? {};
  return Object.values(properties).some((property) => isMapping(property) && property.default !== undefined);
}

function itemKey(item: unknown, keys: readonly string[], schema: SchemaNode): string | undefined {
  if (keys.length === 0) return typeof item === "string" || typeof item === "number" ? String(item) : undefined;
  if (!isMapping(item)) return undefined;
  const parts = keys.map((key) => {
    const value = item[key] ?? propertyOf(schema, key)?.default;
    return typeof value === "object" || value === undefined ? undefined : `${key}=${String(value)}`;
  });
  return parts.includes(undefined) ? undefined : parts.join(", ");
}

function remedy(schema: SchemaNode, value: unknown): string | undefined {
  const scalar = typeof value === "number" || typeof value === "boolean";
  if (schema.type === "string" && scalar) return "quote it";
  if (schema.type === "integer" && typeof value === "string" && /^[+-]?\d+$/.test(value)) return "remove the quotes";
  if (schema.type === "boolean" && typeof value === "string" && /^(true|false)$/.test(value))
    return "remove the quotes";
  if (schema.type === "array" && nodeAt(schema, "items")?.type === "string" && typeof value === "string")
    return 'write it as a list item, after "- "';
  return undefined;
}
