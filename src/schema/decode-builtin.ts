import { nearestName } from "../diagnostics/nearest-name.js";
import { describeFound, describeType, isMapping, remedyFor } from "./describe-value.js";
import { duplicatesRefused } from "./duplicate-items.js";
import { FieldPathStack, mapKey } from "./field-path-stack.js";
import { isPlaceholder } from "./placeholder.js";
import { nearestQuantity } from "./quantity-text.js";
import { isBase64, isInt32, isInt64, isMicroTime, isQuantityText, isTime } from "./scalar-formats.js";
import type { SchemaProblem } from "./schema-problem.js";
import type { Definition, Field, FieldType, Scalar } from "./type-table.js";
import { fits, placeOf } from "./where-it-belongs.js";

/** Deeper than any manifest; only a CustomResourceDefinition's schema can nest without bound. */
const DEEPEST = 400;
/** Of one object; what comes after is one mistake repeated. */
const MOST_PROBLEMS = 500;

/**
 * Decodes one object against its type as the API server's strict decoder does, leaving in `value` only what has its
 * declared type. The walk costs about a map look-up a field; everything else is done when there is a problem.
 */
export class BuiltinDecoder {
  readonly problems: SchemaProblem[] = [];
  readonly doubtful: string[] = [];
  readonly #path = new FieldPathStack();
  /** The objects being decoded, from the outermost. */
  readonly #owners: { readonly definition: Definition; readonly depth: number }[] = [];
  /** Within the schemas that have decoders of their own, which pass over unknown fields. */
  #lenient = 0;
  /**
   * Within what the server does not validate, where nothing is required: status (written by controllers, and mostly
   * dropped when a user writes it) and a few more.
   */
  #unvalidated = 0;
  readonly #secret: boolean;

  constructor(definition: Definition, value: Record<string, unknown>) {
    this.#secret = definition.name === "Secret";
    this.#object(definition, value);
    this.#withdrawMissing();
  }

  #object(definition: Definition, value: Record<string, unknown>): void {
    this.#owners.push({ definition, depth: this.#path.depth });
    let excused: Set<string> | undefined;
    for (const name in value) {
      const item = value[name];
      const field = definition.fields.get(name);
      if (field === undefined) {
        if (this.#lenient === 0) {
          const meant = this.#unknownField(definition, name, item, value);
          if (meant !== undefined) excused = (excused ?? new Set<string>()).add(meant);
        }
        delete value[name];
      } else if (item === null || item === undefined) {
        // The zero value, and left out of what is stored.
        delete value[name];
      } else if (typeof item !== "string" || field.type.code !== "string" || field.type.allowed !== undefined) {
        const unvalidated = !field.lookedInto || (name === "status" && this.#path.depth === 0);
        if (unvalidated) this.#unvalidated++;
        this.#path.push(name);
        if (!this.#accepts(field.type, item)) {
          this.doubtful.push(this.#path.toString());
          excused = (excused ?? new Set<string>()).add(name);
          delete value[name];
        }
        this.#path.pop();
        if (unvalidated) this.#unvalidated--;
      }
    }
    if (this.#unvalidated === 0 && this.#lenient === 0) {
      for (const field of definition.required)
        if (isZero(value[field.name]) && !excused?.has(field.name))
          this.#missingField(definition, field, value[field.name]);
    }
    this.#owners.pop();
  }

  /** Whether the value has the type; where not, it is to be dropped, and the problem is noted unless it is unknown. */
  #accepts(type: FieldType, value: unknown): boolean {
    switch (type.code) {
      case "ref":
        if (!isMapping(value)) return this.#wrongType(type, value);
        if (this.#path.depth < DEEPEST) this.#object(type.definition, value);
        return true;
      case "list":
        return Array.isArray(value) ? this.#list(type, value) : this.#wrongType(type, value);
      case "map":
        return isMapping(value) ? this.#map(type.item, value) : this.#wrongType(type, value);
      default:
        return this.#scalar(type, value);
    }
  }

  #list(type: FieldType & { code: "list" }, value: unknown[]): true {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item === "string" && type.item.code === "string" && type.item.allowed === undefined) continue;
      this.#path.push(i);
      if (item === null) {
        this.#nullValue(type.item);
        value[i] = zeroValue(type.item);
      } else if (!this.#accepts(type.item, item)) {
        this.doubtful.push(this.#path.toString());
        value[i] = zeroValue(type.item);
      }
      this.#path.pop();
    }
    if (value.length > 1 && (type.set || type.keys.length > 0)) this.#duplicates(type, value);
    return true;
  }

  #map(item: FieldType, value: Record<string, unknown>): true {
    for (const key in value) {
      const entry = value[key];
      if (typeof entry === "string" && item.code === "string") continue;
      this.#path.push(mapKey(key));
      if (entry === null || entry === undefined) {
        this.#nullValue(item);
        value[key] = zeroValue(item);
      } else if (!this.#accepts(item, entry)) {
        this.doubtful.push(this.#path.toString());
        delete value[key];
      }
      this.#path.pop();
    }
    return true;
  }

  #scalar(type: FieldType & { code: Scalar }, value: unknown): boolean {
    switch (type.code) {
      case "string":
        if (typeof value !== "string") return this.#wrongType(type, value);
        return this.#allowedValue(type.allowed, value);
      case "int32":
        return typeof value === "number" && isInt32(value) ? true : this.#wrongType(type, value);
      case "int64":
        return typeof value === "number" && isInt64(value) ? true : this.#wrongType(type, value);
      case "number":
        return typeof value === "number" ? true : this.#wrongType(type, value);
      case "boolean":
        return typeof value === "boolean" ? true : this.#wrongType(type, value);
      case "IntOrString":
        if (typeof value === "number" ? isInt32(value) : typeof value === "string") return true;
        return this.#wrongType(type, value);
      case "Quantity":
        if (typeof value === "number") return true;
        if (typeof value !== "string") return this.#wrongType(type, value);
        return isQuantityText(value) ? true : this.#badFormat("quantity", value, nearestQuantity(value));
      case "Time":
      case "MicroTime":
        if (typeof value !== "string") return this.#wrongType(type, value);
        if (type.code === "Time" ? isTime(value) : isMicroTime(value)) return true;
        return this.#badFormat(type.code === "Time" ? "date-time" : "date-time with microseconds", value);
      case "bytes":
        if (typeof value === "string") return isBase64(value) ? true : this.#badFormat("base64", value);
        if (Array.isArray(value) && value.every((byte) => typeof byte === "number" && byte >= 0 && byte <= 255))
          return true;
        return this.#wrongType(type, value);
      case "SchemaOrArray":
      case "SchemaOrBool":
      case "SchemaOrStrings":
        return this.#nestedSchema(type, value);
      default:
        return true;
    }
  }

  /** The schemas within a CustomResourceDefinition's schema that may also be something else. */
  #nestedSchema(type: FieldType & { code: Scalar }, value: unknown): boolean {
    const schema = this.#owners.at(-1)!.definition;
    this.#lenient++;
    if (isMapping(value)) {
      if (this.#path.depth < DEEPEST) this.#object(schema, value);
    } else if (type.code === "SchemaOrBool" && typeof value !== "boolean") {
      this.#wrongType(type, value);
    }
    this.#lenient--;
    return true;
  }

  #allowedValue(allowed: readonly string[] | undefined, value: string): true {
    // An empty string is no value: what it means is up to each field.
    if (
      allowed === undefined ||
      value === "" ||
      allowed.includes(value) ||
      this.#unvalidated > 0 ||
      isPlaceholder(value)
    )
      return true;
    const path = this.#path.toString();
    this.doubtful.push(path);
    const trimmed = value.trim();
    const nearest = allowed.includes(trimmed) ? trimmed : nearestName(value, allowed);
    this.#add({ code: "unsupported-value", path, value, allowed, nearest });
    return true;
  }

  #wrongType(type: FieldType, value: unknown): false {
    if (isPlaceholder(value)) return false;
    const path = this.#path.toString();
    const expected = this.#expected(type, value);
    this.#add({
      code: "wrong-type",
      path,
      expected,
      found: describeFound(value, this.#secret),
      remedy: remedyFor(type, value),
    });
    return false;
  }

  #expected(type: FieldType, value: unknown): string {
    const whole = typeof value === "number" && Number.isInteger(value);
    if (whole && (type.code === "int32" || type.code === "IntOrString"))
      return "an integer between -2147483648 and 2147483647";
    return describeType(type);
  }

  #badFormat(format: string, value: string, remedy?: string): false {
    if (isPlaceholder(value)) return false;
    const path = this.#path.toString();
    this.#add({
      code: "bad-format",
      path,
      format,
      value: this.#secret ? "" : value,
      remedy: remedy && `write ${remedy}`,
    });
    return false;
  }

  #nullValue(type: FieldType): void {
    this.#add({ code: "null-value", path: this.#path.toString(), expected: describeType(type), refused: false });
  }

  #missingField(definition: Definition, field: Field, value: unknown): void {
    const path = this.#path.with(field.name);
    this.#add({
      code: "missing-field",
      path,
      field: field.name,
      parentType: definition.name,
      empty: value !== undefined,
    });
  }

  /** Notes the field and gives the name it was probably meant to have. */
  #unknownField(
    definition: Definition,
    name: string,
    value: unknown,
    owner: Readonly<Record<string, unknown>>,
  ): string | undefined {
    const path = this.#path.with(name);
    this.doubtful.push(path);
    const other = definition.elsewhere.get(name);
    if (other?.from !== undefined && other.from > definition.minor) {
      this.#add({ code: "field-not-served-yet", path, field: name, servedFrom: other.from });
      return undefined;
    }
    if (other?.to !== undefined) {
      this.#add({ code: "field-removed", path, field: name, removedIn: other.to + 1 });
      return undefined;
    }
    if (this.problems.length >= MOST_PROBLEMS) return undefined;
    // What is there under its right name too is not what was meant.
    const absent = [...definition.fields.keys()].filter((other) => !Object.hasOwn(owner, other));
    const nearest = nearestName(name, absent);
    const owners = this.#owners.map((owner) => ({
      definition: owner.definition,
      path: this.#path.toString(owner.depth),
    }));
    const belongsTo = placeOf(name, value, owners, nearest);
    this.#add({ code: "unknown-field", path, field: name, parentType: definition.name, nearest, belongsTo });
    if (nearest !== undefined || belongsTo !== undefined) return nearest;
    // A name out of thin air, where just one required field is missing that it would fit.
    const missing = definition.required.filter((field) => isZero(owner[field.name]) && fits(field.type, value));
    return missing.length === 1 ? missing[0]!.name : undefined;
  }

  #duplicates(type: FieldType & { code: "list" }, items: readonly unknown[]): void {
    const first = new Map<string, number>();
    for (let i = 0; i < items.length; i++) {
      const key = type.set ? setKey(items[i]) : itemKey(type, items[i]);
      if (key === undefined) continue;
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, i);
        continue;
      }
      const list = this.#path.toString();
      const refused = duplicatesRefused(
        this.#owners.at(-1)!.definition.fullName,
        list.slice(list.lastIndexOf(".") + 1),
      );
      this.#add({
        code: "duplicate-item",
        path: `${list}[${i}]`,
        firstPath: `${list}[${earlier}]`,
        keys: key,
        refused,
      });
    }
  }

  /** What is missing because it stands in the wrong place is not missing. */
  #withdrawMissing(): void {
    const places = this.problems.flatMap((problem) =>
      problem.code === "unknown-field" ? (problem.belongsTo ?? []) : [],
    );
    if (places.length === 0) return;
    for (let i = this.problems.length - 1; i >= 0; i--) {
      const problem = this.problems[i]!;
      if (problem.code === "missing-field" && places.some((place) => isWithin(place, problem.path)))
        this.problems.splice(i, 1);
    }
  }

  #add(problem: SchemaProblem): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }
}

const isWithin = (path: string, outer: string): boolean =>
  path.startsWith(outer) && (path.length === outer.length || path[outer.length] === "." || path[outer.length] === "[");

/** What Go cannot tell from a field that is not there. */
function isZero(value: unknown): boolean {
  return value === undefined || value === "" || value === 0 || (Array.isArray(value) && value.length === 0);
}

const setKey = (item: unknown): string | undefined => (typeof item === "string" ? item : undefined);

/** `name=web`, or `containerPort=80, protocol=TCP`; undefined where a key is absent and has no default. */
function itemKey(type: FieldType & { code: "list" }, item: unknown): string | undefined {
  if (!isMapping(item)) return undefined;
  let text = "";
  for (const key of type.keys) {
    const value = item[key] ?? (type.item.code === "ref" ? type.item.definition.fields.get(key)?.default : undefined);
    if (typeof value !== "string" && typeof value !== "number") return undefined;
    text += `${text === "" ? "" : ", "}${key}=${value}`;
  }
  return text;
}

function zeroValue(type: FieldType): unknown {
  switch (type.code) {
    case "ref":
    case "map":
    case "object":
    case "any":
      return {};
    case "list":
      return [];
    case "int32":
    case "int64":
    case "number":
    case "Quantity":
    case "IntOrString":
      return 0;
    case "boolean":
      return false;
    default:
      return "";
  }
}
