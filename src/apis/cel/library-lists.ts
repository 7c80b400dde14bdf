import { arithmetic } from "./arithmetic.js";
import { areEqual, compareValues } from "./compare.js";
import type { CelFunction, CelFunctions } from "./function-table.js";
import { CelDuration, CelError, CelList, CelUint, type CelValue, NOT_KNOWN } from "./values.js";

type ListFunction = (list: CelList, args: readonly CelValue[]) => CelValue | undefined;

const ofList =
  (call: ListFunction): CelFunction =>
  ([list, ...args], spend) => {
    if (!(list instanceof CelList)) return undefined;
    spend(list.size);
    return call(list, args);
  };

function isSorted(list: CelList): CelValue | undefined {
  for (let i = 1; i < list.size; i++) {
    const [before, after] = [list.at(i - 1), list.at(i)];
    if (before === NOT_KNOWN || after === NOT_KNOWN) return NOT_KNOWN;
    const order = compareValues(before, after);
    if (order === undefined) return undefined;
    if (order > 0) return false;
  }
  return true;
}

/** The sum of nothing is an integer here; of a list with a type, the server makes it a zero of that type. */
function sum(list: CelList): CelValue {
  let total: CelValue | undefined;
  for (const item of list) {
    if (item === NOT_KNOWN) return NOT_KNOWN;
    total = total === undefined ? item : arithmetic("+", total, item);
    if (total instanceof CelError) return total;
  }
  return total ?? 0n;
}

const best =
  (sign: number, name: string): ListFunction =>
  (list) => {
    let found: CelValue | undefined;
    for (const item of list) {
      if (item === NOT_KNOWN) return NOT_KNOWN;
      const order = found === undefined ? sign : compareValues(item, found);
      if (order === undefined) return undefined;
      if (order * sign > 0) found = item;
    }
    return found ?? new CelError(`${name} called on empty list`);
  };

function indexIn(list: CelList, item: CelValue, places: Iterable<number>): CelValue {
  for (const i of places) {
    const same = areEqual(list.at(i), item);
    if (same === undefined) return NOT_KNOWN;
    if (same) return BigInt(i);
  }
  return -1n;
}

const upward = (list: CelList): number[] => Array.from({ length: list.size }, (_, i) => i);

/** Whether every item of one list is in another; undefined where that is not known. */
function holdsAll(owner: CelList, items: CelList): boolean | undefined {
  let known = true;
  for (const item of items) {
    const found = holds(owner, item);
    if (found === false) return false;
    known &&= found !== undefined;
  }
  return known ? true : undefined;
}

function holds(owner: CelList, item: CelValue): boolean | undefined {
  let answer: boolean | undefined = false;
  for (const other of owner) {
    const same = areEqual(item, other);
    if (same) return true;
    if (same === undefined) answer = undefined;
  }
  return answer;
}

const ofSets =
  (ask: (a: CelList, b: CelList) => boolean | undefined): CelFunction =>
  ([a, b], spend) => {
    if (!(a instanceof CelList) || !(b instanceof CelList)) return undefined;
    spend(a.size * b.size);
    return ask(a, b) ?? NOT_KNOWN;
  };

function intersect(a: CelList, b: CelList): boolean | undefined {
  let answer: boolean | undefined = false;
  for (const item of a) {
    const found = holds(b, item);
    if (found) return true;
    if (found === undefined) answer = undefined;
  }
  return answer;
}

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library */
export const LIST_FUNCTIONS: CelFunctions = {
  isSorted: ofList(isSorted),
  sum: ofList((list) => {
    const first = list.size > 0 ? list.at(0) : 0n;
    const adds =
      ["bigint", "number"].includes(typeof first) || first instanceof CelUint || first instanceof CelDuration;
    return adds || first === NOT_KNOWN ? sum(list) : undefined;
  }),
  min: ofList(best(-1, "min")),
  max: ofList(best(1, "max")),
  indexOf: ofList((list, [item]) => indexIn(list, item!, upward(list))),
  lastIndexOf: ofList((list, [item]) => indexIn(list, item!, upward(list).reverse())),
  "sets.contains": ofSets(holdsAll),
  "sets.intersects": ofSets(intersect),
  "sets.equivalent": ofSets((a, b) => {
    const answers = [holdsAll(a, b), holdsAll(b, a)];
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
  }),
};
