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
let lines: Map<string, string> | undefined;
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
    lines ??= new Map(schemas.definitions.map((line) => [line.slice(0, firstBlank(line)), line]));
    const fields = new Map<string, Field>();
    const elsewhere = new Map<string, Field>();
    for (const word of (lines.get(fullName) ?? "").split(" ").slice(1)) {
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
    const match = /^([^!:]+)(!?):((?:\[[^\]]*\]|\{\})*[\w.]+)(?:=("[^"]*"|[^~@]*))?(?:~[^@]*)?(@.*)?$/.exec(word);
    if (match === null) throw new Error(`schemas/kubernetes.json: ${owner}: ${word}`);
    const [, name = "", mark, type = "", initial, range] = match;
    const parsed = this.#parseType(type, owner, name);
    // An object held by value: where it is left out, the server validates an empty one.
    const byValue = initial === "{}" && parsed.code === "ref";
    const numeric = NUMERIC.has(parsed.code);
    return {
      name,
      type: parsed,
      required: byValue ? parsed.definition.required.length > 0 : mark === "!" && isRequired(owner, name, numeric),
      lookedInto: isLookedInto(owner, name),
      default: initial === undefined ? undefined : JSON.parse(initial),
      from: undefined,
      to: undefined,
      ...(range === undefined ? {} : parseRange(range)),
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
      const allowed = allowedValues(owner, field, this.minor);
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

function firstBlank(line: string): number {
  const blank = line.indexOf(" ");
  return blank < 0 ? line.length : blank;
}
