import type { Cause } from "../../apis/index.js";
import { isMapping, listOf } from "../../input/plain-values.js";
import { formatPath, type PathStep } from "../../source/field-path.js";
import type { CauseFamily } from "./cause-families.js";
import type { CausePlace } from "./cause-place.js";

/** A cause with where it stands. */
export interface Placed {
  readonly cause: Cause;
  readonly family: CauseFamily;
  readonly place: CausePlace;
}

/** Fields whose causes follow from a mistake in another: `[what follows, from what]`. */
const FOLLOWS: readonly (readonly [RegExp, RegExp])[] = [
  // The name of a CustomResourceDefinition or an APIService is made of these.
  [/^metadata\.name$/, /^spec\.(group|names|version)\b/],
  [/^status\.storedVersions/, /^spec\.versions\b/],
  [/\btemplate\.metadata\.labels$/, /(^|\.)selector\b/],
  [/[eE]xpression$/, /^spec\.variables\b/],
  [/^spec\.ports\[\d+\]\.(nodePort|targetPort)$/, /^spec\.ports\[\d+\]\.port$/],
  [/\.containerName$/, /\.containers\b/],
];

/** Whether a cause at one field says again what a mistake at another has led to. */
export const follows = (at: string, from: string): boolean =>
  at !== from && FOLLOWS.some(([what, source]) => what.test(at) && source.test(from));

/**
 * One mistake often has several causes: those of what a forbidden field holds; of a value that defaulting takes over, a
 * request from its limit; of what is missing and so of a wrong form too; of a volume that is left out, as it is wrong,
 * and then is not found. The first one stays.
 */
export function withoutEchoes(placed: readonly Placed[], object: unknown): readonly Placed[] {
  const own = placed.filter(
    ({ family, cause }) => family !== "undefined-name" || !isNamed(object, cause.detail?.value),
  );
  if (own.length < 2) return own;
  const paths = [...new Set(own.map(({ place }) => place.path))].filter((path) =>
    FOLLOWS.some(([, source]) => source.test(path)),
  );
  const forbidden = pathsOf(own, ({ cause }) => cause.reason === "FieldValueForbidden");
  const missing = pathsOf(own, ({ family }) => family === "missing");
  const above = new Set(own.flatMap(({ place }) => prefixesOf(place.steps)));
  const written = new Set(own.filter((each) => !isAbsent(each)).map(({ cause }) => cause.detail?.value));
  const implied = new Set<unknown>();
  return own.filter((each) => {
    const { family, place, cause } = each;
    if (prefixesOf(place.steps).some((path) => forbidden.has(path))) return false;
    if (family !== "missing" && missing.has(place.path)) return false;
    // What is wrong within says more than that the whole does not do.
    if (family === "combination" && above.has(place.path)) return false;
    if (paths.some((path) => follows(place.path, path))) return false;
    const value = cause.detail?.value;
    if (value === undefined || !isAbsent(each)) return true;
    if (written.has(value) || implied.has(value)) return false;
    implied.add(value);
    return true;
  });
}

const isAbsent = ({ place }: Placed): boolean => place.depth < place.steps.length;

const pathsOf = (placed: readonly Placed[], having: (each: Placed) => boolean): ReadonlySet<string> =>
  new Set(placed.filter(having).map(({ place }) => place.path));

const prefixesOf = (steps: readonly PathStep[]): string[] =>
  steps.slice(1).map((_, i) => formatPath(steps.slice(0, i + 1)));

/** What Pods and StatefulSets define for containers to name. */
const DEFINITIONS = ["volumes", "resourceClaims", "volumeClaimTemplates"];

function isNamed(node: unknown, name: unknown): boolean {
  if (!isMapping(node)) return false;
  for (const field of DEFINITIONS)
    for (const item of listOf(node[field]))
      if (
        isMapping(item) &&
        (item.name === name ||
          (field === "volumes" && item.name === undefined) ||
          (isMapping(item.metadata) && item.metadata.name === name))
      )
        return true;
  return ["spec", "template", "jobTemplate"].some((field) => isNamed(node[field], name));
}

/**
 * All that is asked of a mapping which is not there is one gap, and one value is wrong once; the first cause of each stands
 * for the others.
 */
export function inGroups(placed: readonly Placed[]): (readonly [Placed, ...Placed[]])[] {
  const groups = new Map<string, [Placed, ...Placed[]]>();
  for (const each of placed) {
    const { steps, depth, path, isKey } = each.place;
    const id =
      isAbsent(each) && each.family === "missing" ? `no ${formatPath(steps.slice(0, depth + 1))}` : `${path} ${isKey}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [each]);
    else if (steps.length < group[0].place.steps.length) group.unshift(each);
    else group.push(each);
  }
  return [...groups.values()];
}
