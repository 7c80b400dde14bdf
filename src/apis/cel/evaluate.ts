import { fieldOf, itemOf, optionally, present, required } from "./access.js";
import { arithmetic, negate } from "./arithmetic.js";
import { areEqual, compareValues, truthOf } from "./compare.js";
import { functionOf } from "./function-table.js";
import { type Comprehension, type Macro, macroOf } from "./macros.js";
import { CelFault, type CelNode, isName, nameOf, parseExpression } from "./syntax.js";
import {
  CelBytes,
  CelEntries,
  CelError,
  CelList,
  CelMap,
  CelOptional,
  CelTypeName,
  CelUint,
  type CelValue,
  isFault,
  NONE,
  NOT_KNOWN,
  noOverload,
} from "./values.js";

/** An expression that has been read, to be evaluated any number of times. */
export interface CelProgram {
  readonly root: CelNode;
}

/** The values of variables by name; names may have dots. Undefined for those that there are not. */
export type Bindings = (name: string) => CelValue | undefined;

/** Steps of one evaluation; some 100 ms. What takes more is not known: the server's own bound is another one. */
const MOST_STEPS = 1_000_000;

/** Reads an expression; undefined for what is none. */
export function readExpression(text: string): CelProgram | undefined {
  try {
    return { root: parseExpression(text) };
  } catch (error) {
    if (error instanceof CelFault) return undefined;
    throw error;
  }
}

/** The value of an expression, which may be an error or not known. Never throws, and ends within `MOST_STEPS`. */
export function evaluate({ root }: CelProgram, bindings: Bindings): CelValue {
  try {
    return new Evaluation(bindings).value(root, undefined);
  } catch (error) {
    // Only generated input is nested deeper than the stack goes.
    if (error instanceof TooMuch || error instanceof RangeError) return NOT_KNOWN;
    if (error instanceof CelFault) return new CelError(error.message);
    throw error;
  }
}

class TooMuch extends Error {}

/** What a macro has bound. */
interface Local {
  readonly name: string;
  readonly value: CelValue;
  readonly outer: Local | undefined;
}

const TYPE_NAMES = new Set(
  "bool int uint double string bytes list map null_type type google.protobuf.Timestamp google.protobuf.Duration".split(
    " ",
  ),
);
const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};
const ARITHMETIC = new Set(["+", "-", "*", "/", "%"]);
const macros = new WeakMap<CelNode, Macro | null>();

function knownMacro(node: CelNode & { is: "call" }): Macro | undefined {
  let macro = macros.get(node);
  if (macro === undefined) {
    macro = macroOf(node) ?? null;
    macros.set(node, macro);
  }
  return macro ?? undefined;
}

class Evaluation {
  #steps = 0;

  constructor(private readonly bindings: Bindings) {}

  /** Counts work, so that nothing goes on for ever. */
  readonly spend = (steps: number): void => {
    this.#steps += steps;
    if (this.#steps > MOST_STEPS) throw new TooMuch();
  };

  value(node: CelNode, local: Local | undefined): CelValue {
    this.spend(1);
    switch (node.is) {
      case "literal":
        if (node.type === "uint") return new CelUint(node.value as bigint);
        return node.value instanceof Uint8Array ? new CelBytes(node.value) : node.value;
      case "ident":
        return present(this.#named(node.name, local), () => new CelError(`undeclared reference to ${node.name}`));
      case "select":
        return this.#select(node, local);
      case "index":
        return this.#index(node, local);
      case "call":
        return this.#call(node, local);
      case "list":
        return this.#list(node, local);
      case "map":
        return this.#map(node, local);
      case "message":
        return NOT_KNOWN;
    }
  }

  #named(name: string, local: Local | undefined): CelValue | undefined {
    for (let known = local; known !== undefined; known = known.outer) if (known.name === name) return known.value;
    return this.#global(name);
  }

  #select(node: CelNode & { is: "select" }, local: Local | undefined): CelValue {
    if (!node.optional && isName(node)) {
      const known = this.#qualified(node, local);
      if (known !== undefined) return known;
    }
    const owner = this.value(node.of, local);
    return node.optional || owner instanceof CelOptional
      ? optionally(owner, (held) => fieldOf(held, node.field))
      : required(fieldOf(owner, node.field), node.field);
  }

  /** `authorizer.requestResource`, unless a macro has bound the first of the names. */
  #qualified(node: CelNode, local: Local | undefined): CelValue | undefined {
    const name = nameOf(node);
    const first = name.slice(0, name.indexOf("."));
    for (let known = local; known !== undefined; known = known.outer) if (known.name === first) return undefined;
    return this.#global(name);
  }

  #global(name: string): CelValue | undefined {
    const value = this.bindings(name);
    return value === undefined && TYPE_NAMES.has(name) ? new CelTypeName(name) : value;
  }

  #index(node: CelNode & { is: "index" }, local: Local | undefined): CelValue {
    const owner = this.value(node.of, local);
    const key = this.value(node.key, local);
    if (owner === NOT_KNOWN || key === NOT_KNOWN) return NOT_KNOWN;
    if (key instanceof CelError) return owner instanceof CelError ? owner : key;
    return node.optional || owner instanceof CelOptional
      ? optionally(owner, (held) => itemOf(held, key))
      : required(itemOf(owner, key), key);
  }

  #list({ items, optional }: CelNode & { is: "list" }, local: Local | undefined): CelValue {
    const values: CelValue[] = [];
    let fault: CelValue | undefined;
    for (const [i, item] of items.entries()) {
      const value = this.value(item, local);
      if (isFault(value)) fault = worse(fault, value);
      else if (!optional.has(i)) values.push(value);
      else if (!(value instanceof CelOptional)) fault = worse(fault, noOverload("?"));
      else if (value.value !== undefined) values.push(value.value);
    }
    return fault ?? new CelList(values);
  }

  #map({ entries, optional }: CelNode & { is: "map" }, local: Local | undefined): CelValue {
    const made = new CelEntries();
    let fault: CelValue | undefined;
    for (const [i, [keyNode, valueNode]] of entries.entries()) {
      const key = this.value(keyNode, local);
      let value: CelValue | undefined = this.value(valueNode, local);
      if (isFault(key)) fault = worse(fault, key);
      if (isFault(value)) fault = worse(fault, value);
      if (optional.has(i)) value = value instanceof CelOptional ? value.value : noOverload("?");
      if (fault !== undefined || value === undefined) continue;
      fault = addEntry(made, key, value);
    }
    return fault ?? made;
  }

  #call(node: CelNode & { is: "call" }, local: Local | undefined): CelValue {
    const macro = knownMacro(node);
    if (macro !== undefined) return this.#macro(macro, node.target, local);
    const { name, target, args } = node;
    if (target === undefined) {
      if (name === "&&" || name === "||") return this.#logic(name === "||", args[0]!, args[1]!, local);
      if (name === "?:") return this.#choice(args, local);
    } else if (isName(target)) {
      const qualified = functionOf(`${nameOf(target)}.${name}`);
      if (qualified !== undefined) return this.#apply(qualified, name, this.#values(args, local));
    }
    const values = this.#values(target === undefined ? args : [target, ...args], local);
    if (target === undefined) {
      const result = this.#operator(name, values);
      if (result !== undefined) return result;
    }
    const found = functionOf(name);
    return found === undefined ? noOverload(name) : this.#apply(found, name, values);
  }

  #values(nodes: readonly CelNode[], local: Local | undefined): CelValue[] {
    return nodes.map((node) => this.value(node, local));
  }

  #apply(call: NonNullable<ReturnType<typeof functionOf>>, name: string, values: readonly CelValue[]): CelValue {
    return faultAmong(values) ?? present(call(values, this.spend), () => noOverload(name));
  }

  /** Either side decides alone, whatever the other one comes to. */
  #logic(decisive: boolean, left: CelNode, right: CelNode, local: Local | undefined): CelValue {
    const first = this.value(left, local);
    if (first === decisive) return decisive;
    return either(decisive, first, this.value(right, local));
  }

  #choice([condition, then, otherwise]: readonly CelNode[], local: Local | undefined): CelValue {
    const decision = this.value(condition!, local);
    if (isFault(decision)) return decision;
    if (typeof decision !== "boolean") return noOverload("?:");
    return this.value(decision ? then! : otherwise!, local);
  }

  #operator(name: string, values: readonly CelValue[]): CelValue | undefined {
    const [a, b] = values as [CelValue, CelValue];
    const isOperator = ARITHMETIC.has(name) || name in COMPARISONS || OTHER_OPERATORS.has(name);
    if (!isOperator) return undefined;
    const fault = faultAmong(values);
    if (fault !== undefined) return fault;
    if (ARITHMETIC.has(name)) {
      if (typeof a === "string" || a instanceof CelList) this.spend(sizeOf(a) + sizeOf(b));
      return arithmetic(name, a, b);
    }
    if (name in COMPARISONS) {
      const order = compareValues(a, b);
      return order === undefined ? noOverload(name) : COMPARISONS[name]!(order);
    }
    switch (name) {
      case "==":
      case "!=": {
        this.spend(sizeOf(a));
        const same = areEqual(a, b);
        return same === undefined ? NOT_KNOWN : same === (name === "==");
      }
      case "in":
        return this.#contains(a, b);
      case "!":
        return typeof a === "boolean" ? !a : noOverload("!");
      default:
        return negate(a);
    }
  }

  #contains(item: CelValue, owner: CelValue): CelValue {
    if (owner instanceof CelMap) return owner.get(item) !== undefined;
    if (!(owner instanceof CelList)) return noOverload("in");
    let answer: boolean | undefined = false;
    for (const other of owner) {
      this.spend(1);
      const same = areEqual(item, other);
      if (same) return true;
      if (same === undefined) answer = undefined;
    }
    return truthOf(answer);
  }

  #macro(macro: Macro, target: CelNode | undefined, local: Local | undefined): CelValue {
    switch (macro.is) {
      case "has": {
        const { of, field } = macro.field;
        const owner = this.value(of, local);
        if (isFault(owner)) return owner;
        const held = owner instanceof CelOptional ? owner.value : owner;
        if (held === undefined) return false;
        return held instanceof CelMap ? held.field(field) !== undefined : noOverload("has");
      }
      case "optional": {
        const owner = this.value(target!, local);
        if (isFault(owner)) return owner;
        if (!(owner instanceof CelOptional)) return noOverload(macro.name);
        if (owner.value === undefined) return NONE;
        const result = this.value(macro.body, { name: macro.variable, value: owner.value, outer: local });
        if (isFault(result)) return result;
        if (macro.name === "optMap") return new CelOptional(result);
        return result instanceof CelOptional ? result : noOverload(macro.name);
      }
      case "comprehension":
        return this.#comprehension(macro, this.value(target!, local), local);
    }
  }

  #comprehension(macro: Comprehension, range: CelValue, local: Local | undefined): CelValue {
    if (isFault(range)) return range;
    if (!(range instanceof CelList) && !(range instanceof CelMap)) return noOverload(macro.name);
    const { name, condition, body } = macro;
    const collected: CelValue[] = [];
    const entries = new CelEntries();
    let count = 0;
    let verdict: CelValue = name === "all";
    for (const [first, second] of pairsOf(range)) {
      this.spend(1);
      const scope = bind(macro.variables, range, first, second, local);
      const holds = condition === undefined ? true : this.value(condition, scope);
      if (name === "all" || name === "exists") {
        const decisive = name === "exists";
        if (holds === decisive) return decisive;
        verdict = either(decisive, verdict, holds);
        continue;
      }
      if (isFault(holds)) return holds;
      if (typeof holds !== "boolean") return noOverload(name);
      if (!holds) continue;
      count++;
      if (name === "filter") collected.push(range instanceof CelList ? second : first);
      if (body === undefined) continue;
      const value = this.value(body, scope);
      if (isFault(value)) return value;
      if (name === "transformMap" || name === "transformMapEntry") {
        const fault = addMade(entries, name, first, value);
        if (fault !== undefined) return fault;
      } else collected.push(value);
    }
    if (name === "all" || name === "exists") return verdict;
    if (name === "exists_one" || name === "existsOne") return count === 1;
    return name.startsWith("transformMap") ? entries : new CelList(collected);
  }
}

const OTHER_OPERATORS = new Set(["==", "!=", "in", "!", "negate"]);

/** Index and item of lists, key and value of maps. */
function* pairsOf(range: CelList | CelMap): Generator<readonly [CelValue, CelValue]> {
  if (range instanceof CelList) for (let i = 0; i < range.size; i++) yield [BigInt(i), range.at(i)];
  else for (const key of range.keys()) yield [key, range.get(key) ?? null];
}

function bind(
  variables: readonly string[],
  range: CelList | CelMap,
  first: CelValue,
  second: CelValue,
  outer: Local | undefined,
): Local {
  const [name, other] = variables as [string, string | undefined];
  if (other === undefined) return { name, value: range instanceof CelList ? second : first, outer };
  return { name: other, value: second, outer: { name, value: first, outer } };
}

function addMade(entries: CelEntries, name: string, key: CelValue, value: CelValue): CelValue | undefined {
  if (name === "transformMap") return addEntry(entries, key, value);
  if (!(value instanceof CelMap)) return noOverload(name);
  for (const own of value.keys()) {
    const fault = addEntry(entries, own, value.get(own)!);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function addEntry(entries: CelEntries, key: CelValue, value: CelValue): CelError | undefined {
  const added = entries.add(key, value);
  if (added === "added") return undefined;
  return new CelError(added === "twice" ? "a key is in the map twice" : "unsupported key type");
}

/** What is not known outweighs an error, as it may well have decided otherwise. */
const worse = (known: CelValue | undefined, next: CelValue): CelValue =>
  known === NOT_KNOWN || known === undefined ? (known ?? next) : next === NOT_KNOWN ? next : known;

function faultAmong(values: readonly CelValue[]): CelValue | undefined {
  let fault: CelValue | undefined;
  for (const value of values) if (isFault(value)) fault = worse(fault, value);
  return fault;
}

/** `&&` and `||` of two values, of which the first is not decisive. */
function either(decisive: boolean, first: CelValue, second: CelValue): CelValue {
  if (second === decisive) return decisive;
  if (first === !decisive && second === !decisive) return !decisive;
  const [a, b] = [first, second].map((value) =>
    typeof value === "boolean" || isFault(value) ? value : noOverload(decisive ? "||" : "&&"),
  ) as [CelValue, CelValue];
  if (a === NOT_KNOWN || b === NOT_KNOWN) return NOT_KNOWN;
  return a instanceof CelError ? a : b;
}

const sizeOf = (value: CelValue): number =>
  typeof value === "string"
    ? value.length / 10
    : value instanceof CelList || value instanceof CelMap
      ? value.size
      : value instanceof CelBytes
        ? value.bytes.length / 10
        : 1;
