import { signaturesOf } from "./functions.js";
import { checkLiteralArguments } from "./literal-arguments.js";
import { type Comprehension, macroOf } from "./macros.js";
import { CelFault, type CelNode, isName, nameOf, parseExpression } from "./syntax.js";
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DYN,
  filledIn,
  INT,
  isAssignable,
  isOpen,
  listOf,
  mapOf,
  NULL,
  optionalOf,
  STRING,
  TYPE,
  typeText,
  UINT,
  UNKNOWN,
} from "./types.js";

/** The variables that an expression may use, by name; names may have dots. */
export type Scope = ReadonlyMap<string, CelType>;

export type Checked = { readonly type: CelType; readonly fault?: undefined } | { readonly fault: string };

/** What an expression evaluates to, or what is wrong with it, as a continuation of its text. Never throws. */
export function checkExpression(text: string, scope: Scope): Checked {
  try {
    return { type: typeOf(parseExpression(text), scope) };
  } catch (error) {
    if (error instanceof CelFault) return { fault: error.message };
    throw error;
  }
}

/** As above, where one of some types is asked for. */
export function expressionFault(text: string, scope: Scope, wanted: readonly CelType[]): string | undefined {
  const checked = checkExpression(text, scope);
  if (checked.fault !== undefined) return checked.fault;
  return typeFault(checked.type, wanted);
}

/** What is wrong with a type where one of some is asked for. */
export function typeFault(type: CelType, wanted: readonly CelType[]): string | undefined {
  if (type.name === "unknown" || wanted.some(({ name }) => name === type.name)) return undefined;
  return `evaluates to ${typeText(type)}, and ${wanted.map(typeText).join(" or ")} is needed`;
}

/** Whether an expression uses a name; false for what is no expression. */
export function usesName(text: string, name: string): boolean {
  try {
    return mentions(parseExpression(text), name);
  } catch (error) {
    if (error instanceof CelFault) return false;
    throw error;
  }
}

function mentions(node: CelNode, name: string): boolean {
  switch (node.is) {
    case "ident":
      return node.name === name;
    case "select":
      return mentions(node.of, name);
    case "index":
      return mentions(node.of, name) || mentions(node.key, name);
    case "call":
      return [...(node.target === undefined ? [] : [node.target]), ...node.args].some((part) => mentions(part, name));
    case "list":
      return node.items.some((part) => mentions(part, name));
    case "map":
      return node.entries.some((entry) => entry.some((part) => mentions(part, name)));
    default:
      return false;
  }
}

const LITERALS = { bool: BOOL, int: INT, uint: UINT, double: DOUBLE, string: STRING, bytes: BYTES, null: NULL };
const TYPE_NAMES = new Set([
  "bool",
  "int",
  "uint",
  "double",
  "string",
  "bytes",
  "list",
  "map",
  "null_type",
  "type",
  "dyn",
]);

function typeOf(node: CelNode, scope: Scope): CelType {
  switch (node.is) {
    case "literal":
      return LITERALS[node.type];
    case "ident":
      return typeOfName(node.name, scope);
    case "select":
      return typeOfSelect(node, scope);
    case "index":
      return typeOfIndex(node, scope);
    case "call":
      return typeOfCall(node, scope);
    case "list":
      return listOf(commonType(node.items.map((item) => typeOf(item, scope))));
    case "map":
      return mapOf(
        commonType(node.entries.map(([key]) => typeOf(key, scope))),
        commonType(node.entries.map(([, value]) => typeOf(value, scope))),
      );
    case "message":
      return UNKNOWN;
  }
}

function typeOfName(name: string, scope: Scope): CelType {
  const known = scope.get(name);
  if (known !== undefined) return known;
  if (TYPE_NAMES.has(name)) return TYPE;
  throw new CelFault(`uses ${name}, which is not known`);
}

/** Lists and maps are of one type throughout. */
function commonType(types: readonly CelType[]): CelType {
  const [first = DYN, ...others] = types;
  const common = types.find((type) => !isOpen(type)) ?? first;
  const odd = types.find((type) => !isAssignable(type, common) && !isAssignable(common, type));
  if (odd !== undefined) throw new CelFault(`mixes ${typeText(common)} and ${typeText(odd)} in one list or map`);
  return others.every((type) => type.name === first.name) ? first : UNKNOWN;
}

function typeOfSelect({ of, field, optional }: CelNode & { is: "select" }, scope: Scope): CelType {
  if (!optional && isName(of)) {
    const name = `${nameOf(of)}.${field}`;
    const known = scope.get(name);
    if (known !== undefined) return known;
    if (/^google\.protobuf\.[A-Z]\w*$/.test(name)) return TYPE;
  }
  const owner = typeOf(of, scope);
  const held = owner.name === "optional" ? owner.of![0]! : owner;
  const type = typeOfField(held, field);
  return optional || owner.name === "optional" ? optionalOf(type.name === "optional" ? type.of![0]! : type) : type;
}

function typeOfField(owner: CelType, field: string): CelType {
  if (isOpen(owner)) return owner;
  if (owner.name === "map") return owner.of![1]!;
  if (owner.fields === undefined) throw new CelFault(`asks ${typeText(owner)} for a field, ${field}`);
  const type = owner.fields.get(field);
  if (type === undefined) throw new CelFault(`uses field ${field}, which ${owner.name} does not have`);
  return type;
}

function typeOfIndex({ of, key, optional }: CelNode & { is: "index" }, scope: Scope): CelType {
  const owner = typeOf(of, scope);
  const keyType = typeOf(key, scope);
  const held = owner.name === "optional" ? owner.of![0]! : owner;
  let type = held;
  if (!isOpen(held)) {
    const asked = held.name === "list" ? INT : held.name === "map" ? held.of![0]! : undefined;
    if (asked === undefined || !isAssignable(keyType, asked))
      throw new CelFault(`takes item ${typeText(keyType)} of ${typeText(held)}`);
    type = held.of!.at(-1)!;
  }
  return optional || owner.name === "optional" ? optionalOf(type) : type;
}

type Call = CelNode & { is: "call" };

function typeOfCall(call: Call, scope: Scope): CelType {
  const macro = typeOfMacro(call, scope);
  if (macro !== undefined) return macro;
  const { name, target, args } = call;
  if (target !== undefined && isName(target)) {
    // Functions such as sets.contains have a dot in their name.
    const qualified = signaturesOf(`${nameOf(target)}.${name}`);
    if (qualified !== undefined) return resolve(`${nameOf(target)}.${name}`, qualified, false, typesOf(args, scope));
  }
  const signatures = signaturesOf(name);
  const types = typesOf(target === undefined ? args : [target, ...args], scope);
  if (signatures === undefined) throw new CelFault(`calls ${name}, which is not known`);
  checkLiteralArguments(call);
  return resolve(name, signatures, target !== undefined, types);
}

const typesOf = (nodes: readonly CelNode[], scope: Scope): CelType[] => nodes.map((node) => typeOf(node, scope));

/** The result that all fitting functions have in common. */
function resolve(
  name: string,
  signatures: NonNullable<ReturnType<typeof signaturesOf>>,
  member: boolean,
  types: readonly CelType[],
): CelType {
  const results: CelType[] = [];
  for (const signature of signatures) {
    if (signature.member !== member || signature.args.length !== types.length) continue;
    const bound = new Map<string, CelType>();
    if (!types.every((type, i) => isAssignable(type, signature.args[i]!, bound))) continue;
    results.push(filledIn(signature.result, bound));
  }
  const [first] = results;
  if (first === undefined)
    throw new CelFault(`calls ${name} with ${types.map(typeText).join(", ") || "nothing"}, which it does not take`);
  if (types.some(({ name: type }) => type === "unknown") && results.some((type) => type.name !== first.name))
    return UNKNOWN;
  return results.every((type) => typeText(type) === typeText(first)) ? first : DYN;
}

/** Undefined for what is no macro. */
function typeOfMacro(call: Call, scope: Scope): CelType | undefined {
  const macro = macroOf(call);
  if (macro === undefined) return undefined;
  switch (macro.is) {
    case "has":
      typeOf(macro.field, scope);
      return BOOL;
    case "optional": {
      const owner = typeOf(call.target!, scope);
      const inner = new Map(scope).set(macro.variable, owner.name === "optional" ? owner.of![0]! : UNKNOWN);
      const result = typeOf(macro.body, inner);
      return macro.name === "optMap" ? optionalOf(result) : result;
    }
    case "comprehension":
      return typeOfComprehension(macro, call.target!, scope);
  }
}

function typeOfComprehension(macro: Comprehension, target: CelNode, scope: Scope): CelType {
  const { name, variables, condition, body } = macro;
  const range = typeOf(target, scope);
  const isList = range.name === "list";
  if (!isOpen(range) && !isList && range.name !== "map")
    throw new CelFault(`goes through ${typeText(range)}, which is no list or map`);
  const [first = range, second = range] = isList ? [range.of![0]!, range.of![0]!] : (range.of ?? []);
  const inner = new Map(scope);
  const two = variables.length === 2;
  inner.set(variables[0]!, two && isList ? INT : first);
  if (two) inner.set(variables[1]!, second);
  if (condition !== undefined) checkIsBool(typeOf(condition, inner));
  const value = body && typeOf(body, inner);
  if (value === undefined) return name === "filter" ? listOf(first) : BOOL;
  switch (name) {
    case "transformMap":
      return mapOf(isList ? INT : first, value);
    case "transformMapEntry":
      return UNKNOWN;
    default:
      return listOf(value);
  }
}

function checkIsBool(type: CelType): void {
  if (!isAssignable(type, BOOL)) throw new CelFault(`has a condition of type ${typeText(type)}`);
}
