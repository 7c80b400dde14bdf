import { isMapping } from "../decode/is-mapping.js";

/**
 * Whether the server takes two decoded values for the same: an empty list or map says what an absent one says, as does
 * a zero that is left out. What differs in where it is filled in has to be filled in both.
 */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSameValue(item, b[i]));
  if (!isMapping(a) || !isMapping(b)) return false;
  for (const key in a) if (!isSameValue(a[key], b[key])) return false;
  for (const key in b) if (!(key in a) && !isNothing(b[key])) return false;
  return true;
}

/**
 * Whether two plain values say the same to the last field: an empty list is another value than an absent one, but a field
 * that is undefined says what an absent one says.
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!isSame(a[i], b[i])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in one)
    if (one[key] !== undefined && !(Object.hasOwn(other, key) && isSame(one[key], other[key]))) return false;
  for (const key in other)
    if (other[key] !== undefined && !(Object.hasOwn(one, key) && one[key] !== undefined)) return false;
  return true;
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isMapping(value)) return false;
  for (const key in value) if (!isNothing(value[key])) return false;
  return true;
}

/** The value at a path of names: `spec.names.kind`. */
export function valueAt(object: unknown, path: string): unknown {
  let value = object;
  for (const name of path.split(".")) value = isMapping(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}
