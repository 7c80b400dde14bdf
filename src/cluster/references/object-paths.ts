/**
 * Path patterns over plain objects, read once and then walked without touching text: `spec.tls[*].secretName`, where
 * `[*]` stands for every item, `[a/b.c]` for a key that is no plain field name, and a final `~` for the keys themselves.
 */
export type PatternStep = string | typeof EVERY_ITEM | typeof KEYS;

/** Stands for every item of a list. */
export const EVERY_ITEM = Symbol("[*]");
/** Stands for the keys of a map. */
export const KEYS = Symbol("~");

/** Reads a pattern; an empty one is the object itself. */
export function compilePattern(pattern: string): readonly PatternStep[] {
  const steps: PatternStep[] = [];
  // Some hundred are read at every start, where an expression would take longer to compile than all of this.
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === "." || pattern[i] === "]") continue;
    if (pattern[i] === "[") {
      const end = pattern.indexOf("]", i);
      if (end < 0) continue;
      const key = pattern.slice(i + 1, end);
      steps.push(key === "*" ? EVERY_ITEM : key);
      i = end;
    } else {
      let end = i + 1;
      while (end < pattern.length && !".[]".includes(pattern[end]!)) end++;
      const field = pattern.slice(i, end);
      steps.push(field === "~" ? KEYS : field);
      i = end - 1;
    }
  }
  return steps;
}

/** Every value a pattern leads to, with its path below `path`; null counts as absent. */
export function visitPattern(
  value: unknown,
  steps: readonly PatternStep[],
  path: string,
  visit: (value: unknown, path: string) => void,
  depth = 0,
): void {
  if (value === undefined || value === null) return;
  if (depth === steps.length) {
    visit(value, path);
    return;
  }
  const step = steps[depth]!;
  if (step === EVERY_ITEM) {
    if (!Array.isArray(value)) return;
    for (const [i, item] of value.entries()) visitPattern(item, steps, `${path}[${i}]`, visit, depth + 1);
  } else if (step === KEYS) {
    if (isRecord(value)) for (const key of Object.keys(value)) visit(key, `${path}[${key}]`);
  } else if (isRecord(value) && Object.hasOwn(value, step)) {
    visitPattern(value[step], steps, extendPath(path, step), visit, depth + 1);
  }
}

/** The texts a pattern leads to; other values are passed over. */
export function textsAt(value: unknown, steps: readonly PatternStep[]): string[] {
  const texts: string[] = [];
  visitPattern(value, steps, "", (found) => {
    if (typeof found === "string" && found !== "") texts.push(found);
  });
  return texts;
}

const PLAIN_FIELD = /^[A-Za-z_$][\w$-]*$/;

/** A path with one more field or key, as the API server writes it. */
export const extendPath = (path: string, step: string): string =>
  !PLAIN_FIELD.test(step) ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
