import type { Definition, FieldType } from "../../schema/type-table.js";
import { RESERVED_WORDS } from "./syntax.js";
import { BOOL, BYTES, type CelType, DOUBLE, DYN, INT, listOf, mapOf, STRING, TIMESTAMP, UNKNOWN } from "./types.js";

const SCALARS: Readonly<Record<string, CelType>> = {
  string: STRING,
  int32: INT,
  int64: INT,
  number: DOUBLE,
  boolean: BOOL,
  Quantity: STRING,
  IntOrString: DYN,
  Time: TIMESTAMP,
  MicroTime: TIMESTAMP,
  bytes: BYTES,
};

/** The types of one minor's definitions, as the expressions of policies are checked against them. */
const known = new WeakMap<Definition, CelType>();

/** An object type of the API, its fields read when they are asked for: types contain each other. */
export function typeOfDefinition(definition: Definition): CelType {
  let type = known.get(definition);
  if (type === undefined) {
    type = new DefinedType(definition);
    known.set(definition, type);
  }
  return type;
}

class DefinedType implements CelType {
  readonly name: string;
  #fields: ReadonlyMap<string, CelType> | undefined;

  constructor(private readonly definition: Definition) {
    this.name = definition.fullName;
  }

  get fields(): ReadonlyMap<string, CelType> {
    this.#fields ??= this.#read();
    return this.#fields;
  }

  #read(): ReadonlyMap<string, CelType> {
    const fields = new Map<string, CelType>();
    for (const { name, type } of this.definition.fields.values()) {
      fields.set(name, typeOfField(type));
      if (RESERVED_WORDS.has(name)) fields.set(`__${name}__`, typeOfField(type));
    }
    if (fields.has("metadata")) for (const name of ["apiVersion", "kind"]) fields.set(name, STRING);
    return fields;
  }
}

function typeOfField(type: FieldType): CelType {
  switch (type.code) {
    case "ref":
      return typeOfDefinition(type.definition);
    case "list":
      return listOf(typeOfField(type.item));
    case "map":
      return mapOf(STRING, typeOfField(type.item));
    default:
      return SCALARS[type.code] ?? UNKNOWN;
  }
}
