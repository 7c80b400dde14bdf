import {
  CelBytes,
  CelDuration,
  CelList,
  CelMap,
  CelOpaque,
  CelOptional,
  CelTimestamp,
  CelTypeName,
  CelUint,
  type CelValue,
  isFault,
  NOT_KNOWN,
  typeNameOf,
} from "./values.js";

/** Values that hold themselves cannot be made; lists as deep as this come from generated input. */
const DEEPEST = 300;

/**
 * Whether two values are equal; undefined where one of their parts is not known. Numbers are compared by their value,
 * all others are of one type to be equal: https://github.com/google/cel-spec/blob/master/doc/langdef.md#equality
 */
export function areEqual(a: CelValue, b: CelValue, depth = 0): boolean | undefined {
  if (isFault(a) || isFault(b) || depth > DEEPEST) return undefined;
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof CelList) return b instanceof CelList && areListsEqual(a, b, depth);
  if (a instanceof CelMap) return b instanceof CelMap && areMapsEqual(a, b, depth);
  if (a instanceof CelOptional && b instanceof CelOptional) {
    if (a.value === undefined || b.value === undefined) return a.value === b.value;
    return areEqual(a.value, b.value, depth + 1);
  }
  if (a instanceof CelTypeName) return b instanceof CelTypeName && a.name === b.name;
  if (a instanceof CelOpaque) return b instanceof CelOpaque && a.type === b.type && a.text === b.text;
  return compareValues(a, b) === 0;
}

function areListsEqual(a: CelList, b: CelList, depth: number): boolean | undefined {
  if (a.size !== b.size) return false;
  if (a.identity !== undefined && b.identity !== undefined) return haveSameItems(a, b, depth);
  let known = true;
  for (let i = 0; i < a.size; i++) {
    const same = areEqual(a.at(i), b.at(i), depth + 1);
    if (same === false) return false;
    known &&= same !== undefined;
  }
  return known ? true : undefined;
}

/** Lists that are sets or maps are equal in any order. */
function haveSameItems(a: CelList, b: CelList, depth: number): boolean | undefined {
  if (a.size > MOST_UNORDERED) return undefined;
  const taken = new Set<number>();
  for (const item of a) {
    let found = -1;
    for (let i = 0; i < b.size && found < 0; i++)
      if (!taken.has(i)) {
        const same = areEqual(item, b.at(i), depth + 1);
        if (same === undefined) return undefined;
        if (same) found = i;
      }
    if (found < 0) return false;
    taken.add(found);
  }
  return true;
}

/** Longer ones would take seconds to compare, each item with each. */
const MOST_UNORDERED = 2000;

function areMapsEqual(a: CelMap, b: CelMap, depth: number): boolean | undefined {
  if (a.size !== b.size) return false;
  let known = true;
  for (const key of a.keys()) {
    const other = b.get(key);
    if (other === undefined) return false;
    const same = areEqual(a.get(key)!, other, depth + 1);
    if (same === false) return false;
    known &&= same !== undefined;
  }
  return known ? true : undefined;
}

type CelNumber = bigint | number | CelUint;
export const isNumber = (value: CelValue): value is CelNumber =>
  typeof value === "bigint" || typeof value === "number" || value instanceof CelUint;

/** Not a number where one of them is none. JavaScript compares integers and fractions exactly. */
function compareNumbers(a: CelNumber, b: CelNumber): number {
  const [left, right] = [a instanceof CelUint ? a.value : a, b instanceof CelUint ? b.value : b];
  return left < right ? -1 : left > right ? 1 : left <= right && left >= right ? 0 : Number.NaN;
}

/** Which of two values comes first, NaN where neither does; undefined for values that have no order. */
export function compareValues(a: CelValue, b: CelValue): number | undefined {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (typeNameOf(a) !== typeNameOf(b)) return undefined;
  if (typeof a === "string") return compareTexts(a, b as string);
  if (typeof a === "boolean") return Number(a) - Number(b);
  if (a instanceof CelBytes) return Buffer.compare(a.bytes, (b as CelBytes).bytes);
  if (a instanceof CelTimestamp) return compareNumbers(a.nanos, (b as CelTimestamp).nanos);
  if (a instanceof CelDuration) return compareNumbers(a.nanos, (b as CelDuration).nanos);
  return undefined;
}

/** By code point; JavaScript's own order differs for characters beyond the first plane. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  if (!/[\ud800-\udfff]/.test(a) && !/[\ud800-\udfff]/.test(b)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The result of an operator that asks whether something holds. */
export const truthOf = (answer: boolean | undefined): CelValue => answer ?? NOT_KNOWN;
