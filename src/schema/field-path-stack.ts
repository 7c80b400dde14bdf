/**
 * The path of the value being decoded, written out only when a problem needs it. A step is a field's name, a list index,
 * or a map's key in brackets.
 */
export class FieldPathStack {
  readonly #steps: (string | number)[] = [];

  get depth(): number {
    return this.#steps.length;
  }

  push(step: string | number): void {
    this.#steps.push(step);
  }

  pop(): void {
    this.#steps.pop();
  }

  /** The path of the first `depth` steps, or of all. */
  toString(depth = this.#steps.length): string {
    let path = "";
    for (let i = 0; i < depth; i++) path = appendStep(path, this.#steps[i]!);
    return path;
  }

  with(step: string | number): string {
    return appendStep(this.toString(), step);
  }
}

function appendStep(path: string, step: string | number): string {
  if (typeof step === "number") return `${path}[${step}]`;
  if (step.startsWith("[")) return path + step;
  if (!/^[A-Za-z_$][\w$-]*$/.test(step)) return `${path}[${step}]`;
  return path === "" ? step : `${path}.${step}`;
}

/** A map's key as a step. */
export const mapKey = (key: string): string => `[${key}]`;
