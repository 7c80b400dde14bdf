import goFields from "../../../schemas/go-fields.json";
import { type Definition, type FieldType, TypeTable } from "../../schema/type-table.js";

/** A field as the API server holds it. */
export interface ShapeField {
  readonly name: string;
  readonly type: FieldType;
  /** Absent and zero are two things. */
  readonly pointer: boolean;
  /** Stored even where it is zero. */
  readonly always: boolean;
}

/** An object type as the API server holds it. */
export interface Shape {
  readonly fields: ReadonlyMap<string, ShapeField>;
  /** What an absent field is filled with: objects held by value, and what is stored even where it is zero. */
  readonly filled: readonly ShapeField[];
  /** What is stored as null where it was not given. */
  readonly nulls: readonly string[];
}

/** Pointers that Go writes even where there is nothing to point to. */
const WRITTEN_AS_NULL: Readonly<Record<string, readonly string[]>> = {
  "core.v1.TypedLocalObjectReference": ["apiGroup"],
  "core.v1.TypedObjectReference": ["apiGroup"],
};

const shapesByMinor = new Map<number, Shapes>();
let marks: Map<string, string> | undefined;

/** The shapes of the types that a minor serves, each made when it is first asked for. */
export function shapesOf(minor: number): Shapes {
  let shapes = shapesByMinor.get(minor);
  if (shapes === undefined) {
    shapes = new Shapes(minor);
    shapesByMinor.set(minor, shapes);
  }
  return shapes;
}

export class Shapes {
  readonly #table: TypeTable;
  readonly #shapes = new Map<string, Shape>();
  readonly #byDefinition = new Map<Definition, Shape>();

  constructor(minor: number) {
    this.#table = new TypeTable(minor);
  }

  /** By the definition's full name, `core.v1.Pod`. */
  find(name: string): Shape {
    let shape = this.#shapes.get(name);
    if (shape === undefined) {
      shape = this.of(this.#table.definition(name));
      this.#shapes.set(name, shape);
    }
    return shape;
  }

  of(definition: Definition): Shape {
    let shape = this.#byDefinition.get(definition);
    if (shape === undefined) {
      shape = makeShape(definition);
      this.#byDefinition.set(definition, shape);
    }
    return shape;
  }
}

function makeShape(definition: Definition): Shape {
  marks ??= new Map(goFields.definitions.map((line) => [line.slice(0, line.indexOf(" ")), `${line} `]));
  const own = marks.get(definition.fullName) ?? "";
  const fields = new Map<string, ShapeField>();
  for (const { name, type } of definition.fields.values()) {
    const pointer = own.includes(` ${name}* `);
    fields.set(name, { name, type, pointer, always: own.includes(` ${name}! `) });
  }
  return {
    fields,
    filled: [...fields.values()].filter((field) => !field.pointer && (field.always || field.type.code === "ref")),
    nulls: WRITTEN_AS_NULL[definition.fullName] ?? [],
  };
}
