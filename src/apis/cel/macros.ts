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

/** The ways to call each: variables, condition, body. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  all: ["vc", "vvc"],
  exists: ["vc", "vvc"],
  exists_one: ["vc", "vvc"],
  existsOne: ["vvc"],
  filter: ["vc"],
  map: ["vb", "vcb"],
  transformList: ["vvb", "vvcb"],
  transformMap: ["vvb", "vvcb"],
  transformMapEntry: ["vvb", "vvcb"],
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
  const form = Object.hasOwn(FORMS, name) ? FORMS[name]!.find(({ length }) => length === args.length) : undefined;
  if (form === undefined) return undefined;
  const variables = args.slice(0, form.lastIndexOf("v") + 1).map(nameIn);
  return { is: "comprehension", name, variables, condition: args[form.indexOf("c")], body: args[form.indexOf("b")] };
}

function nameIn(variable: CelNode): string {
  if (variable.is !== "ident" || !isIdentifier(variable.name)) throw new CelFault("binds something else than a name");
  return variable.name;
}
