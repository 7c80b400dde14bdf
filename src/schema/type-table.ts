import schemas from "../../schemas/kubernetes.json";
import { allowedValues } from "./allowed-values.js";
import { isLookedInto, isRequired } from "./required-fields.js";

/** The types that are not made of fields. `object` and `any` are taken as they are. */
export const SCALARS = [
  "string",
  "int32",
  "int64",
  "number",
  "boolean",
  "Quantity",
  "IntOrString",
  "Time",
  "MicroTime",
  "bytes",
  "object",
  "any",
  "SchemaOrArray",
  "SchemaOrBool",
  "SchemaOrStrings",
] as const;
export type Scalar = (typeof SCALARS)[number];

/** The type of a field, an item or a map's value. */
export type FieldType =
  | { readonly code: Scalar; readonly allowed?: readonly string[] }
  | { readonly code: "ref"; readonly name: string; readonly definition: Definition }
  | { readonly code: "list"; readonly item: FieldType; readonly keys: readonly string[]; readonly set: boolean }
  | { readonly code: "map"; readonly item: FieldType };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** Whether the server refuses an object without it, or with its zero value. */
  readonly required: boolean;
  /** False where the server takes whatever is within. */
  readonly lookedInto: boolean;
  readonly default: unknown;
  /** Minors; undefined where the data begins or ends with the field in place. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** One object type as a minor serves it. */
export interface Definition {
  /** `core.v1.PodSpec`. */
  readonly fullName: string;
  /** `PodSpec`. */
  readonly name: string;
  readonly minor: number;
  readonly fields: ReadonlyMap<string, Field>;
  readonly required: readonly Field[];
  /** Fields of other minors: not served yet, or no more. */
  readonly elsewhere: ReadonlyMap<string, Field>;
}

/** A kind of the data with the minors that serve it; undefined bounds as in `Field`. */
export interface KindEntry {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly definition: string;
  readonly verbs: readonly string[];
  readonly from: number | undefined;
  readonly to: number | undefined;
}

const NUMERIC = new Set<FieldType["code"]>(["int32", "int64", "number", "boolean"]);
const ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const scalarNames = new Map<string, Scalar>(SCALARS.map((name) => [name, name]));
const plain = new Map<Scalar, FieldType>(SCALARS.map((code) => [code, { code }]));
let entries: readonly KindEntry[] | undefined;

/** Every kind of every minor in the data, in the order of apiVersion and kind. */
export function allKinds(): readonly KindEntry[] {
  entries ??= schemas.kinds.map((line) => {
    const words = line.split(" ");
    const [apiVersion = "", kind = "", plural = "", scope, definition = ""] = words;
    const verbs = words.find((word) => word.startsWith("verbs="))?.slice("verbs=".length);
    const range = words.at(-1)!.startsWith("@") ? parseRange(words.at(-1)!) : {};
    return {
      apiVersion,
      kind,
      plural,
      namespaced: scope === "namespaced",
      definition,
      verbs: verbs?.split(",") ?? ALL_VERBS,
      from: range.from,
      to: range.to,
    };
  });
  return entries;
}

function parseRange(text: string): { from?: number; to?: number } {
  const [from, to] = text.slice(1).split("-");
  return { from: from ? Number(from) : undefined, to: to ? Number(to) : undefined };
}

/** The definitions as one minor serves them, each made when it is first asked for. */
export class TypeTable {
  readonly #definitions = new Map<string, Definition>();

  constructor(readonly minor: number) {}

  definition(fullName: string): Definition {
    let definition = this.#definitions.get(fullName);
    if (definition === undefined) {
      definition = this.#prepare(fullName);
      this.#definitions.set(fullName, definition);
    }
    return definition;
  }

  #prepare(fullName: string): Definition {
    const fields = new Map<string, Field>();
    const elsewhere = new Map<string, Field>();
    for (const word of lineOf(fullName).split(" ").slice(1)) {
      if (word.startsWith("|")) continue;
      const field = this.#parseField(word, fullName);
      const served = (field.from ?? 0) <= this.minor && this.minor <= (field.to ?? Number.POSITIVE_INFINITY);
      (served ? fields : elsewhere).set(field.name, field);
    }
    for (const name of fields.keys()) elsewhere.delete(name);
    return {
      fullName,
      name: fullName.slice(fullName.lastIndexOf(".") + 1),
      minor: this.minor,
      fields,
      required: [...fields.values()].filter((field) => field.required && field.name !== "status"),
      elsewhere,
    };
  }

  #parseField(word: string, owner: string): Field {
    const { name, required, type, initial, range } = splitField(word);
    const parsed = this.#parseType(type, owner, name);
    // An object held by value: where it is left out, the server validates an empty one.
    const byValue = initial === "{}" && parsed.code === "ref";
    const numeric = NUMERIC.has(parsed.code);
    return {
      name,
      type: parsed,
      required: byValue
        ? name !== "status" && parsed.definition.required.length > 0
        : required && isRequired(owner, name, numeric),
      lookedInto: isLookedInto(owner, name),
      default: initial === undefined ? undefined : JSON.parse(initial),
      from: range?.from,
      to: range?.to,
    };
  }

  #parseType(text: string, owner: string, field: string): FieldType {
    if (text.startsWith("{}")) return { code: "map", item: this.#parseType(text.slice(2), owner, field) };
    if (text.startsWith("[")) {
      const close = text.indexOf("]");
      const keys = text.slice(1, close);
      const item = this.#parseType(text.slice(close + 1), owner, field);
      return { code: "list", item, keys: keys === "" || keys === "=" ? [] : keys.split(","), set: keys === "=" };
    }
    const scalar = scalarNames.get(text);
    if (scalar !== undefined) {
      const allowed = scalar === "string" ? allowedValues(owner, field, this.minor) : undefined;
      return allowed === undefined ? plain.get(scalar)! : { code: scalar, allowed };
    }
    const name = text.startsWith(".") ? owner.slice(0, owner.lastIndexOf(".")) + text : text;
    return new Reference(name, this);
  }
}

/** Makes the definition it names when it is first asked for, so that recursive types end and unused ones cost nothing. */
class Reference {
  readonly code = "ref";
  #definition: Definition | undefined;

  constructor(
    readonly name: string,
    private readonly table: TypeTable,
  ) {}

  get definition(): Definition {
    this.#definition ??= this.table.definition(this.name);
    return this.#definition;
  }
}

/** NAME[!]:TYPE[=DEFAULT][~STRATEGY][@RANGE]. By hand: a regular expression took most of the time a first object takes. */
function splitField(word: string) {
  const colon = word.indexOf(":");
  const required = word[colon - 1] === "!";
  let end = colon + 1;
  while (word[end] === "[" || word[end] === "{") end = word.indexOf(word[end] === "[" ? "]" : "}", end) + 1;
  while (end < word.length && !"=~@".includes(word[end]!)) end++;
  const at = word.lastIndexOf("@");
  const stop = at < end ? word.length : at;
  const tilde = word.indexOf("~", end);
  const initial = word[end] === "=" ? word.slice(end + 1, tilde < 0 ? stop : tilde) : undefined;
  return {
    name: word.slice(0, required ? colon - 1 : colon),
    required,
    type: word.slice(colon + 1, end),
    initial,
    range: stop < word.length ? parseRange(word.slice(stop)) : undefined,
  };
}

/** The definitions are sorted: looking in them costs less than an index of them all. */
function lineOf(fullName: string): string {
  const start = `${fullName} `;
  let [low, high] = [0, schemas.definitions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const line = schemas.definitions[middle]!;
    if (line.startsWith(start)) return line;
    if (line < start) low = middle + 1;
    else high = middle;
  }
  return "";
}
