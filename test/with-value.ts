/** A copy of an object with a value in place of the field that the numbers lead to, each counting the fields of a level. */
export function withValue(object: unknown, steps: readonly number[], value: unknown): unknown {
  if (typeof object !== "object" || object === null || steps.length === 0) return value;
  const copy = (Array.isArray(object) ? [...object] : { ...object }) as Record<string, unknown>;
  const names = Object.keys(copy);
  if (names.length === 0) return value;
  const name = names[steps[0]! % names.length]!;
  copy[name] = withValue(copy[name], steps.slice(1), value);
  return copy;
}
