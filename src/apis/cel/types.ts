/**
 * The types of values in expressions. `dyn` is a value of any type to the server; `unknown` one of which nothing is known
 * here, so that nothing is said of it.
 */
export interface CelType {
  readonly name: string;
  /** Of lists, maps and optional values. */
  readonly of?: readonly CelType[];
  /** Of objects: the fields that there are. */
  readonly fields?: ReadonlyMap<string, CelType>;
}

const simple = (name: string): CelType => ({ name });
export const BOOL = simple("bool");
export const INT = simple("int");
export const UINT = simple("uint");
export const DOUBLE = simple("double");
export const STRING = simple("string");
export const BYTES = simple("bytes");
export const NULL = simple("null");
export const TYPE = simple("type");
export const TIMESTAMP = simple("timestamp");
export const DURATION = simple("duration");
export const DYN = simple("dyn");
export const UNKNOWN = simple("unknown");

export const listOf = (item: CelType): CelType => ({ name: "list", of: [item] });
export const mapOf = (key: CelType, value: CelType): CelType => ({ name: "map", of: [key, value] });
export const optionalOf = (value: CelType): CelType => ({ name: "optional", of: [value] });
export const objectOf = (name: string, fields: Readonly<Record<string, CelType>>): CelType => ({
  name,
  fields: new Map(Object.entries(fields)),
});

export const typeText = ({ name, of }: CelType): string =>
  of === undefined ? name : `${name}(${of.map(typeText).join(", ")})`;

/** What stands for a type in a signature: one capital. */
const isParameter = ({ name }: CelType): boolean => name.length === 1;
export const isOpen = ({ name }: CelType): boolean => name === "dyn" || name === "unknown";

/** Values that null cannot stand for. */
const NEVER_NULL = new Set(["bool", "int", "uint", "double", "string", "bytes", "list", "map", "type"]);

/** Whether a value of one type may stand where another is asked for; parameters take the type that they first meet. */
export function isAssignable(given: CelType, asked: CelType, bound: Map<string, CelType> = new Map()): boolean {
  if (isParameter(asked)) {
    const known = bound.get(asked.name);
    if (known === undefined || isOpen(known)) {
      if (known?.name !== "unknown") bound.set(asked.name, given);
      return true;
    }
    return isAssignable(given, known) || isAssignable(known, given);
  }
  if (isOpen(given) || isOpen(asked)) return true;
  if (given.name === "null" || asked.name === "null") {
    const other = given.name === "null" ? asked : given;
    return !NEVER_NULL.has(other.name);
  }
  if (given.name !== asked.name) return false;
  return (asked.of ?? []).every((part, i) => isAssignable(given.of?.[i] ?? UNKNOWN, part, bound));
}

/** The type with its parameters filled in. */
export function filledIn(type: CelType, bound: ReadonlyMap<string, CelType>): CelType {
  if (isParameter(type)) return bound.get(type.name) ?? DYN;
  return type.of === undefined ? type : { ...type, of: type.of.map((part) => filledIn(part, bound)) };
}
