import { type Comprehension, macroOf } from "./macros.js";
import { type CelNode, isName, nameOf, parseExpression } from "./syntax.js";

/**
 * How much an expression may cost at most, by how large the values are that it may meet, in the server's own units: an
 * access to a field is one. https://kubernetes.io/docs/reference/using-api/cel/#resource-constraints
 */

/** What is known beforehand of a value: the largest number of characters, items or entries. */
export interface Bound {
  readonly kind: "scalar" | "text" | "bytes" | "list" | "map" | "object" | "any";
  /** Zero for scalars and objects. */
  readonly size: number;
  readonly item?: Bound;
  readonly fields?: (name: string) => Bound | undefined;
}

/** A value on the way: of a bound where it is a part of the resource, otherwise of a size that follows from the expression. */
interface Estimate {
  readonly cost: number;
  readonly kind: Bound["kind"];
  readonly bound?: Bound;
  readonly size?: number;
  /** The largest size of the items of a list that the expression has made. */
  readonly items?: number;
}

/** Thrown where a part is not understood; nothing is then said of the whole. */
class NotEstimated extends Error {}

const TEXT = 0.1;
const PATTERN = 0.25;
const LIST = 10;
const MAP = 30;
/** A format is taken for a pattern of 128 characters. */
const FORMAT = 128 * PATTERN;
/** Addresses are compared byte by byte, twice sixteen of them. */
const ADDRESS = Math.ceil(32 * TEXT);
const NETWORK = ADDRESS + Math.ceil(16 * TEXT) + 1;

const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);
const share = (size: number, factor: number): number => Math.ceil(size * factor);

/** Undefined where a part of the expression is not understood. */
export function estimateCost(text: string, self: Bound): number | undefined {
  try {
    return new Estimator(self).of(
      parseExpression(text),
      new Map([
        ["self", bounded(self, 0)],
        ["oldSelf", bounded(self, 0)],
      ]),
    ).cost;
  } catch {
    return undefined;
  }
}

type Scope = ReadonlyMap<string, Estimate>;

const bounded = (bound: Bound, cost: number): Estimate => ({ cost, kind: bound.kind, bound });
const scalar = (cost: number): Estimate => ({ cost, kind: "scalar" });

function sizeOf({ size, bound, kind }: Estimate): number {
  return size ?? bound?.size ?? (kind === "scalar" ? 1 : Number.POSITIVE_INFINITY);
}

/** Functions whose cost is that of their arguments and one; with what they give. */
const SIMPLE: Readonly<Record<string, Bound["kind"]>> = Object.fromEntries(
  (
    [
      [
        "scalar",
        "size int uint double bool duration timestamp type isURL isQuantity isIP isCIDR isSemver getFullYear getMonth getDate getDayOfMonth getDayOfWeek getDayOfYear getHours getMinutes getSeconds getMilliseconds hasValue sign isInteger asInteger asApproximateFloat isGreaterThan isLessThan compareTo major minor patch family isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast prefixLength",
      ],
      ["any", "quantity ip cidr semver masked add sub value or orValue"],
      ["text", "charAt getScheme getHost getHostname getPort getEscapedPath"],
      ["map", "getQuery"],
    ] as const
  ).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind])),
);

class Estimator {
  constructor(private readonly self: Bound) {}

  of(node: CelNode, scope: Scope): Estimate {
    switch (node.is) {
      case "literal":
        if (node.type === "string") return { cost: 0, kind: "text", size: [...(node.value as string)].length };
        return node.type === "bytes"
          ? { cost: 0, kind: "bytes", size: (node.value as Uint8Array).length }
          : { cost: 0, kind: "scalar", size: 1 };
      case "ident":
        return this.#named(node.name, scope);
      case "select":
        return this.#select(node, scope);
      case "index": {
        if (node.optional) throw new NotEstimated();
        const [owner, key] = [this.of(node.of, scope), this.of(node.key, scope)];
        const cost = owner.cost + key.cost + 1;
        return owner.bound?.item ? bounded(owner.bound.item, cost) : { cost, kind: "any", size: owner.items };
      }
      case "list": {
        const items = node.items.map((item) => this.of(item, scope));
        const largest = Math.max(0, ...items.map(sizeOf));
        return { cost: LIST + costOf(items), kind: "list", size: items.length, items: largest };
      }
      case "map": {
        const parts = node.entries.flat().map((part) => this.of(part, scope));
        return { cost: MAP + costOf(parts), kind: "map", size: node.entries.length };
      }
      case "call":
        return this.#call(node, scope);
      default:
        throw new NotEstimated();
    }
  }

  #named(name: string, scope: Scope): Estimate {
    const known = scope.get(name);
    return known === undefined ? scalar(1) : { ...known, cost: 1 };
  }

  #select({ of, field, optional }: CelNode & { is: "select" }, scope: Scope): Estimate {
    if (optional) throw new NotEstimated();
    const owner = this.of(of, scope);
    const { bound } = owner;
    const cost = owner.cost + (bound === undefined || bound.kind === "any" ? 0 : 1);
    const found = bound?.kind === "map" ? bound.item : bound?.fields?.(field);
    return found === undefined ? { cost: owner.cost + 1, kind: "any" } : bounded(found, cost);
  }

  #call(node: CelNode & { is: "call" }, scope: Scope): Estimate {
    const macro = macroOf(node);
    if (macro?.is === "has") return scalar(this.of(macro.field.of, scope).cost);
    if (macro?.is === "comprehension") return this.#comprehension(macro, this.of(node.target!, scope), scope);
    if (macro !== undefined) throw new NotEstimated();
    const { name, target } = node;
    const args = node.args.map((arg) => this.of(arg, scope));
    if (target !== undefined && isName(target)) {
      const qualified = ofQualified(`${nameOf(target)}.${name}`, args);
      if (qualified !== undefined) return qualified;
    }
    if (target === undefined) return ofOperator(name, args) ?? ofGlobal(name, args);
    return ofMember(name, this.of(target, scope), args);
  }

  /** Each is a loop: what its condition, its step and its result cost. */
  #comprehension({ name, variables, condition, body }: Comprehension, range: Estimate, scope: Scope): Estimate {
    if (name.startsWith("transform")) throw new NotEstimated();
    const inner = new Map(scope);
    const [first, second] = variables as [string, string | undefined];
    const value = this.#itemOf(range);
    const key: Estimate = range.kind === "map" ? { cost: 1, kind: "text", size: 0 } : value;
    inner.set(first, second === undefined ? (range.kind === "map" ? key : value) : scalar(1));
    if (second !== undefined) inner.set(second, value);
    const asked = condition === undefined ? 0 : this.of(condition, inner).cost;
    const made = body && this.of(body, inner);
    const [start, step] = LOOPS[name] ?? [0, 0];
    const loop = asked + (made === undefined ? step : made.cost + LIST + 2);
    const count = sizeOf(range);
    const cost = range.cost + (made === undefined ? start : LIST) + 1 + times(count, loop) + (RESULTS[name] ?? 0);
    if (name !== "filter" && name !== "map") return scalar(cost);
    return { cost, kind: "list", size: count, items: made === undefined ? sizeOf(value) : sizeOf(made) };
  }

  /** An item of what the expression has made is taken to be as large as the whole resource, as the server has it. */
  #itemOf({ bound }: Estimate): Estimate {
    if (bound?.item !== undefined) return bounded(bound.item, 1);
    return { cost: 1, kind: "any", size: this.self.size };
  }
}

/** What it costs to begin, and each step beside the condition. */
const LOOPS: Readonly<Record<string, readonly [start: number, step: number]>> = {
  all: [0, 3],
  exists: [0, 4],
  exists_one: [0, 2],
  existsOne: [0, 2],
  filter: [LIST, 13],
};
const RESULTS: Readonly<Record<string, number>> = { exists_one: 1, existsOne: 1 };

const costOf = (parts: readonly Estimate[]): number => parts.reduce((sum, { cost }) => sum + cost, 0);

function ofOperator(name: string, args: readonly Estimate[]): Estimate | undefined {
  const cost = costOf(args);
  const [a, b, c] = args as [Estimate, Estimate, Estimate];
  switch (name) {
    case "&&":
    case "||":
      return scalar(cost);
    case "?:": {
      const { kind } = b.kind === c.kind ? b : { kind: "any" as const };
      const size = kind === "scalar" ? undefined : Math.max(sizeOf(b), sizeOf(c));
      return { cost: a.cost + Math.max(b.cost, c.cost), kind, size };
    }
    case "!":
    case "negate":
      return scalar(cost + 1);
    case "==":
    case "!=":
      return scalar(cost + share(Math.min(sizeOf(a), sizeOf(b)), TEXT));
    case "<":
    case "<=":
    case ">":
    case ">=":
      if (a.kind === "scalar" || b.kind === "scalar") return scalar(cost + 1);
      return scalar(cost + Math.max(1, share(Math.min(sizeOf(a), sizeOf(b)), TEXT)));
    case "in":
      return scalar(cost + (b.kind === "map" ? 1 : sizeOf(b)));
    case "-":
    case "*":
    case "/":
    case "%":
      return scalar(cost + 1);
    case "+": {
      if (a.kind === "scalar" || b.kind === "scalar") return scalar(cost + 1);
      const size = sizeOf(a) + sizeOf(b);
      if (a.kind === "list") return { cost: cost + 1, kind: "list", size };
      return { cost: cost + share(size, TEXT), kind: a.kind, size };
    }
    default:
      return undefined;
  }
}

function ofGlobal(name: string, args: readonly Estimate[]): Estimate {
  const cost = costOf(args);
  const [first] = args;
  if (first === undefined) throw new NotEstimated();
  const size = sizeOf(first);
  switch (name) {
    case "dyn":
      return { ...first, cost: cost + 1 };
    case "string":
      if (first.kind === "scalar") return { cost: cost + 1, kind: "text" };
      if (first.kind === "text") return { cost: cost + 1, kind: "text", size: undefined };
      return { cost: cost + share(size, TEXT), kind: "text", size };
    case "bytes":
      return { cost: cost + share(size, TEXT), kind: "bytes", size: size * 4 };
    case "url":
      return { cost: cost + share(size, TEXT), kind: "any" };
    case "matches":
      return scalar(cost + 1);
    default: {
      const kind = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
      if (kind === undefined) throw new NotEstimated();
      return { cost: cost + 1, kind, size: kind === "any" ? 1 : undefined };
    }
  }
}

function ofMember(name: string, target: Estimate, args: readonly Estimate[]): Estimate {
  const cost = target.cost + costOf(args);
  const size = sizeOf(target);
  const given = args[0] === undefined ? 0 : sizeOf(args[0]);
  switch (name) {
    case "contains":
      return scalar(cost + times(share(size, TEXT), share(given, TEXT)));
    case "startsWith":
    case "endsWith":
      return scalar(cost + share(given, TEXT));
    case "matches":
      return scalar(cost + times(share(size + 1, TEXT), share(given, PATTERN)));
    case "find":
    case "findAll": {
      const kind = name === "find" ? "text" : "list";
      return { cost: cost + times(share(size + 1, TEXT), share(given, PATTERN)), kind, size };
    }
    case "isSorted":
    case "sum":
    case "min":
    case "max":
    case "indexOf":
    case "lastIndexOf": {
      if (target.kind !== "list") return scalar(cost + share(size, TEXT));
      const { item } = target.bound ?? {};
      if (item === undefined) throw new NotEstimated();
      const each = item.kind === "text" || item.kind === "bytes" ? 1 + share(item.size, TEXT) : 1;
      const kind = name === "min" || name === "max" ? item.kind : "scalar";
      return { cost: cost + times(size, each), kind };
    }
    case "lowerAscii":
    case "upperAscii":
    case "substring":
    case "trim":
      return { cost: cost + share(size, TEXT), kind: "text", size };
    case "split":
      return { cost: cost + share(size, 2 * TEXT), kind: "list", size };
    case "format":
      return { cost: cost + share(size, TEXT), kind: "text" };
    case "validate":
      return { cost: cost + share(share(given, TEXT), FORMAT), kind: "any", size: 1 };
    case "containsIP":
    case "containsCIDR": {
      const text = args[0]?.kind === "any" ? 0 : share(given, TEXT);
      return scalar(cost + (name === "containsIP" ? ADDRESS : NETWORK) + text);
    }
    default: {
      const kind = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
      if (kind === undefined) throw new NotEstimated();
      return { cost: cost + 1, kind, size: name === "masked" || name === "ip" ? 1 : undefined };
    }
  }
}

function ofQualified(name: string, args: readonly Estimate[]): Estimate | undefined {
  const cost = costOf(args);
  if (name.startsWith("sets.")) {
    const [a, b] = args as [Estimate, Estimate];
    return scalar(cost + times(sizeOf(a), sizeOf(b)) * (name === "sets.equivalent" ? 2 : 1) + 1);
  }
  if (name.startsWith("format.") || name.startsWith("optional.")) return { cost: cost + 1, kind: "any" };
  return name === "ip.isCanonical" ? scalar(cost + 1) : undefined;
}
