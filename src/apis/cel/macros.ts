import { CelFault, type CelNode, isIdentifier } from "./syntax.js";

/** Calls that bind variables of their own: https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros */
export type Macro =
  | { readonly is: "has"; readonly field: CelNode & { is: "select" } }
  | {
      readonly is: "optional";
      readonly name: "optMap" | "optFlatMap";
      readonly variable: string;
      readonly body: CelNode;
    }
  | Comprehension;

export interface Comprehension {
  readonly is: "comprehension";
  readonly name: string;
  /** One variable, or two: the index or key, and the value. */
  readonly variables: readonly string[];
  /** Undefined where every item is taken. */
  readonly condition: CelNode | undefined;
  /** What is made of each item; undefined where only the condition counts. */
  readonly body: CelNode | undefined;
}

/** The ways to call each: how many variables, and whether a condition and a body follow. */
const FORMS: Readonly<Record<string, readonly (readonly [variables: number, condition: boolean, body: boolean])[]>> = {
  all: [[1, true, false], [2, true, false]], // biome-ignore format: a table
  exists: [[1, true, false], [2, true, false]], // biome-ignore format: a table
  exists_one: [[1, true, false], [2, true, false]], // biome-ignore format: a table
  existsOne: [[2, true, false]],
  filter: [[1, true, false]],
  map: [[1, false, true], [1, true, true]], // biome-ignore format: a table
  transformList: [[2, false, true], [2, true, true]], // biome-ignore format: a table
  transformMap: [[2, false, true], [2, true, true]], // biome-ignore format: a table
  transformMapEntry: [[2, false, true], [2, true, true]], // biome-ignore format: a table
};

/** The macro that a call is; undefined for calls of functions. Throws a `CelFault` for one that is called wrongly. */
export function macroOf({ name, target, args }: CelNode & { is: "call" }): Macro | undefined {
  if (target === undefined) {
    if (name !== "has" || args.length !== 1) return undefined;
    const [field] = args;
    if (field?.is !== "select") throw new CelFault("calls has with something else than a field");
    return { is: "has", field };
  }
  if (name === "optMap" || name === "optFlatMap")
    return args.length === 2 ? { is: "optional", name, variable: nameIn(args[0]!), body: args[1]! } : undefined;
  const forms = Object.hasOwn(FORMS, name) ? FORMS[name]! : [];
  for (const [count, hasCondition, hasBody] of forms) {
    if (args.length !== count + Number(hasCondition) + Number(hasBody)) continue;
    const variables = args.slice(0, count).map(nameIn);
    const condition = hasCondition ? args[count] : undefined;
    return { is: "comprehension", name, variables, condition, body: hasBody ? args.at(-1) : undefined };
  }
  return undefined;
}

function nameIn(variable: CelNode): string {
  if (variable.is !== "ident" || !isIdentifier(variable.name)) throw new CelFault("binds something else than a name");
  return variable.name;
}
