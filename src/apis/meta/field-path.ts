/**
 * The place of a value, as the API server writes it: `spec.ports[0].name`, `data[tls.crt]`. A path is a link to its
 * parent and a step, so that walking an object builds no text; that is made only where something is reported.
 */
export class FieldPath {
  // Declared, so that only the constructor sets them: paths are made by the million.
  declare private readonly parent: FieldPath | undefined;
  declare private readonly step: string | number;
  declare private readonly bracketed: boolean;

  private constructor(parent: FieldPath | undefined, step: string | number, bracketed: boolean) {
    this.parent = parent;
    this.step = step;
    this.bracketed = bracketed;
  }

  /** `FieldPath.of("spec", "template")` is `spec.template`. */
  static of(...names: readonly string[]): FieldPath {
    let path: FieldPath | undefined;
    for (const name of names) path = new FieldPath(path, name, false);
    return path ?? new FieldPath(undefined, "", false);
  }

  /** A field of the object here. */
  child(name: string): FieldPath {
    return new FieldPath(this, name, false);
  }

  /** An item of the list here. */
  index(i: number): FieldPath {
    return new FieldPath(this, i, true);
  }

  /** The value under a key of the map here. */
  key(name: string): FieldPath {
    return new FieldPath(this, name, true);
  }

  toString(): string {
    const before = this.parent === undefined ? "" : this.parent.toString();
    if (this.bracketed) return `${before}[${this.step}]`;
    return before === "" ? String(this.step) : `${before}.${this.step}`;
  }
}
