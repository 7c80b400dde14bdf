import { isMapping } from "../../input/plain-values.js";
import { formatPath, type PathStep, parsePath } from "../../source/field-path.js";

/** Where in the object as written a cause is at home. */
export interface CausePlace {
  /** The whole path, of what is missing too. */
  readonly path: string;
  /** How many of its steps are there. */
  readonly depth: number;
  readonly steps: readonly PathStep[];
  /** The value was found within the field that the server names. */
  readonly within: boolean;
  /** The value is a key. */
  readonly isKey: boolean;
}

/** Fields that the server knows by other names than the manifest. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  // It keeps what all versions of a definition share at the top.
  [/^spec\.validation\.openAPIV3Schema/, "spec.versions[0].schema.openAPIV3Schema"],
  [/^spec\.(subresources|additionalPrinterColumns|selectableFields)/, "spec.versions[0].$1"],
  [/(^|\.)resources\[storage\]$/, "$1resources.requests[storage]"],
  [/(^|\.)template\.labels$/, "$1template.metadata.labels"],
  [/^metadata\.taints/, "spec.taints"],
  // Where several fields are the key of an item.
  [/\.\{[^}]*\}$/, ""],
];

/**
 * Finds the field of a cause in the object as written. The server leaves out indexes here and there, writes names in
 * their internal spelling, and names the whole map where one entry is wrong; the value tells which.
 */
export function placeOf(object: unknown, field: string, value: string | number | boolean | undefined): CausePlace {
  const alias = ALIASES.find(([pattern]) => pattern.test(field));
  const wanted = parsePath(alias === undefined ? field : field.replace(alias[0], alias[1]));
  if (wanted[0] === "data" && isWrittenAsText(object, wanted[1])) wanted[0] = "stringData";
  const steps: PathStep[] = [];
  let node = object;
  const go = (step: PathStep): void => {
    steps.push(step);
    node = (node as Record<PathStep, unknown>)[step];
  };
  let i = 0;
  for (; i < wanted.length; i++) {
    const step = wanted[i]!;
    if (Array.isArray(node) && typeof step === "string") {
      const index = itemFor(node, step, i === wanted.length - 1 ? value : undefined);
      if (index === undefined) break;
      go(index);
    }
    const name = nameIn(node, step);
    if (name === undefined) break;
    go(name);
  }
  const depth = steps.length;
  const placeAt = (end: { isKey: boolean; within: boolean; depth: number }): CausePlace => ({
    path: formatPath(steps),
    steps,
    ...end,
  });
  if (i < wanted.length) {
    steps.push(...wanted.slice(i));
    return placeAt({ depth, within: false, isKey: false });
  }
  const entry = value === undefined ? undefined : entryOf(node, value);
  if (entry === undefined)
    return placeAt({ depth, within: false, isKey: value !== undefined && wanted.at(-1) === value });
  steps.push(entry.step);
  return placeAt({ depth: depth + 1, within: true, isKey: entry.isKey });
}

/** What a Secret has as `stringData` the server knows as `data`. */
const isWrittenAsText = (object: unknown, key: PathStep | undefined): boolean =>
  isMapping(object) && isMapping(object.stringData) && key !== undefined && Object.hasOwn(object.stringData, key);

/** What a step is called here; undefined where there is no such field or item. */
function nameIn(node: unknown, step: PathStep): PathStep | undefined {
  if (Array.isArray(node)) return typeof step === "number" && step < node.length ? step : undefined;
  if (!isMapping(node)) return undefined;
  if (Object.hasOwn(node, step)) return step;
  const lower = typeof step === "string" ? step.charAt(0).toLowerCase() + step.slice(1) : step;
  return Object.hasOwn(node, lower) ? lower : undefined;
}

/** The item of which the server says something without its index: the one with the value, or the only one that fits. */
function itemFor(list: readonly unknown[], field: string, value: unknown): number | undefined {
  const mappings = list.flatMap((item, index) => (isMapping(item) ? [{ item, index }] : []));
  const having = mappings.filter(({ item }) => Object.hasOwn(item, field));
  if (value !== undefined && value !== "") return having.find(({ item }) => item[field] === value)?.index;
  const empty = mappings.filter(({ item }) => (item[field] ?? "") === "");
  return (empty.length > 0 ? empty : having.length === 1 ? having : [])[0]?.index;
}

function entryOf(node: unknown, value: unknown): { readonly step: PathStep; readonly isKey: boolean } | undefined {
  if (Array.isArray(node)) {
    const index = node.indexOf(value);
    return index < 0 ? undefined : { step: index, isKey: false };
  }
  if (!isMapping(node)) return undefined;
  if (typeof value === "string" && Object.hasOwn(node, value)) return { step: value, isKey: true };
  const key = Object.keys(node).find((name) => node[name] === value);
  return key === undefined ? undefined : { step: key, isKey: false };
}
