/**
 * Field paths as the API server writes them: `spec.template.spec.containers[0].image`, and `[key]` for the keys of
 * maps: `metadata.labels[app.kubernetes.io/name]`, `data[tls.crt]`.
 */

/** One step: the name of a field, the key of a map, or the index of a list item. */
export type PathStep = string | number;

/** Splits a path. A bracketed number is an index; any other bracketed text is a key, dots and all. */
export function parsePath(path: string): PathStep[] {
  const steps: PathStep[] = [];
  let i = 0;
  while (i < path.length) {
    const c = path[i];
    if (c === ".") i++;
    else if (c === "[") {
      const close = path.indexOf("]", i);
      const inner = path.slice(i + 1, close < 0 ? undefined : close);
      steps.push(/^\d+$/.test(inner) ? Number(inner) : inner);
      i = close < 0 ? path.length : close + 1;
    } else {
      let end = i;
      while (end < path.length && path[end] !== "." && path[end] !== "[") end++;
      steps.push(path.slice(i, end));
      i = end;
    }
  }
  return steps;
}

/** Writes steps as one path; a name that is no plain field name is bracketed. */
export function formatPath(steps: readonly PathStep[]): string {
  let path = "";
  for (const step of steps) {
    if (typeof step === "number" || !/^[A-Za-z_$][\w$-]*$/.test(step)) path += `[${step}]`;
    else path += path === "" ? step : `.${step}`;
  }
  return path;
}

/** `joinPath("spec", "ports[0]")` is `spec.ports[0]`; an empty side gives the other. */
export function joinPath(base: string, rest: string): string {
  if (base === "" || rest === "") return base + rest;
  return rest.startsWith("[") ? base + rest : `${base}.${rest}`;
}
