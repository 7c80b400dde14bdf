import { propertyOf, type Schema, valuesOf } from "./schema-node.js";

export interface FoundField {
  /** The names on the way. */
  readonly names: readonly string[];
  /** Undefined where nothing is known of the values there. */
  readonly schema: Schema | undefined;
}

const STEP = /\.('(?:\\.|[^'\\])*'|[^.[\]]+)|\['((?:\\.|[^'\\])*)'\]/y;

/** The field that a path such as `.spec.name`, or `.spec['a.b']` where `quoted`, leads to; undefined where it leads nowhere. */
export function findField(path: string, root: Schema, { quoted }: { quoted: boolean }): FoundField | undefined {
  const names: string[] = [];
  let schema: Schema | undefined = root;
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null || (match[2] !== undefined && !quoted) || schema === undefined) return undefined;
    const name = match[1] ?? match[2]!.replace(/\\(.)/g, "$1");
    const property: Schema | undefined = propertyOf(schema, name);
    if (property === undefined && Object.keys(schema.properties ?? {}).length > 0) return undefined;
    if (property === undefined && schema.additionalProperties === undefined) return undefined;
    schema = property ?? valuesOf(schema);
    names.push(name);
  }
  return { names, schema };
}
