import { CelError, CelList, CelMap, CelOptional, CelUint, type CelValue, isFault, NONE, noOverload } from "./values.js";

/** Undefined where there is no such field. */
export function fieldOf(owner: CelValue, name: string): CelValue | undefined {
  if (isFault(owner)) return owner;
  return owner instanceof CelMap ? owner.field(name) : noOverload("field of something else than an object");
}

/** Undefined where there is no such item. */
export function itemOf(owner: CelValue, key: CelValue): CelValue | undefined {
  if (isFault(owner)) return owner;
  if (owner instanceof CelMap) return owner.get(key);
  if (!(owner instanceof CelList)) return noOverload("item of something else than a list or map");
  const index =
    key instanceof CelUint ? key.value : typeof key === "number" && Number.isInteger(key) ? BigInt(key) : key;
  if (typeof index !== "bigint") return noOverload("item by something else than a number");
  return index >= 0n && index < BigInt(owner.size) ? owner.at(Number(index)) : undefined;
}

export const required = (value: CelValue | undefined, key: CelValue): CelValue =>
  present(value, () => new CelError(typeof key === "string" ? `no such key: ${key}` : "index out of bounds"));

/** Null is a value. */
export const present = (value: CelValue | undefined, otherwise: () => CelValue): CelValue =>
  value === undefined ? otherwise() : value;

/** What may be absent, as an optional value; of an optional value, what it holds is asked. */
export function optionally(owner: CelValue, ask: (held: CelValue) => CelValue | undefined): CelValue {
  if (isFault(owner)) return owner;
  const held = owner instanceof CelOptional ? owner.value : owner;
  if (held === undefined) return NONE;
  const value = ask(held);
  if (value === undefined) return NONE;
  return isFault(value) ? value : new CelOptional(value);
}
