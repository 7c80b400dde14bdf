import { admitObject, type Cause, type Surroundings } from "../../apis/index.js";
import { show } from "../../apis/meta/field-errors.js";
import type { Cluster, Resource } from "../../cluster/index.js";
import { nearestName } from "../../diagnostics/nearest-name.js";
import { formatPath, type PathStep, parsePath } from "../../source/field-path.js";
import type { ServerCause, ServerWarning } from "./cause.js";
import { type CauseFamily, familyOf } from "./cause-families.js";
import { type CausePlace, placeOf } from "./cause-place.js";
import { mayVanish } from "./unknowns.js";

export interface ServerAnswer {
  readonly causes: readonly ServerCause[];
  readonly warnings: readonly ServerWarning[];
}

const NOTHING: ServerAnswer = { causes: [], warnings: [] };

interface Placed {
  readonly cause: Cause;
  readonly family: CauseFamily;
  readonly place: CausePlace;
}

/**
 * What the API server answers to one object of the input, on its own: why it refuses it, or what it warns of. Fields that
 * decoding took out are left to what is said of them; what may be different in the end is left out.
 */
export function serverAnswer(
  resource: Resource,
  cluster: Cluster,
  minor: number,
  surroundings: Surroundings,
): ServerAnswer {
  // Kinds that the target does not serve are the schema's to tell.
  if (resource.facts === undefined || resource.facts.custom) return NOTHING;
  const verdict = admitObject(resource.object, { minor, surroundings });
  if (verdict.causes.length === 0 && verdict.warnings.length === 0) return NOTHING;
  const placed: Placed[] = [];
  for (const cause of verdict.causes) {
    const family = familyOf(cause);
    if (family === undefined) continue;
    const place = placeOf(resource.object, cause.field, cause.detail?.value);
    if (!mayVanish(cluster, resource, family, place)) placed.push({ cause, family, place });
  }
  return {
    causes: oneForEachGap(withoutCopies(placed)).map((group) => causeOf(resource, cluster, group)),
    warnings: verdict.warnings.map((text) => warningOf(resource, cluster, text)),
  };
}

/** Defaulting takes over values from other fields, a request from its limit: what is said of the copy is said of the other. */
function withoutCopies(placed: readonly Placed[]): readonly Placed[] {
  if (placed.length < 2) return placed;
  const isAbsent = ({ place }: Placed): boolean => place.depth < place.steps.length;
  const written = new Set(placed.filter((each) => !isAbsent(each)).map(({ cause }) => cause.detail?.value));
  return placed.filter((each) => {
    const value = each.cause.detail?.value;
    return value === undefined || !isAbsent(each) || !written.has(value);
  });
}

/** All that is asked of a mapping which is not there at all is one gap; the first cause of each stands for the others. */
function oneForEachGap(placed: readonly Placed[]): (readonly [Placed, ...Placed[]])[] {
  const groups = new Map<string, [Placed, ...Placed[]]>();
  for (const each of placed) {
    const { steps, depth, path, isKey, within } = each.place;
    const absent = depth < steps.length;
    const gap = absent ? `${formatPath(steps.slice(0, depth + 1))} is absent` : "";
    const id = absent && depth + 1 < steps.length ? gap : `${path} ${isKey} ${within} ${each.family}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

function causeOf(resource: Resource, cluster: Cluster, [first, ...rest]: readonly [Placed, ...Placed[]]): ServerCause {
  const { cause, family, place } = first;
  const { detail } = cause;
  const [subject, field] = subjectOf(
    resource,
    cluster,
    place.within ? formatPath(place.steps.slice(0, -1)) : place.path,
  );
  const missing = place.depth < place.steps.length;
  const { allowed } = detail ?? {};
  const { value } = detail ?? {};
  return {
    family,
    at: place.path,
    on: place.isKey && !missing ? "key" : undefined,
    subject,
    field,
    value: value === undefined || isSecret(resource, place) ? undefined : show(value),
    within: place.within,
    why: detail === undefined ? cause.message : (detail.why ?? ""),
    allowed,
    nearest: allowed && typeof value === "string" ? nearestName(value, allowed) : undefined,
    lacking: cause.reason === "FieldValueRequired" ? lackingAt(resource.object, place) : undefined,
    others: missing
      ? rest.flatMap(({ place: other }) =>
          other.path === place.path ? [] : subjectOf(resource, cluster, other.path)[1],
        )
      : [],
  };
}

function lackingAt(object: unknown, { steps, depth }: CausePlace): ServerCause["lacking"] {
  if (depth < steps.length) return "absent";
  const value = steps.reduce((node, step) => (node as Record<PathStep, unknown>)[step], object);
  const isEmpty = typeof value === "object" && value !== null ? Object.keys(value).length === 0 : !value;
  return isEmpty ? "empty" : "incomplete";
}

/** What Secrets hold is in no message; their keys may be. */
const isSecret = ({ kind }: Resource, { steps, isKey }: CausePlace): boolean =>
  kind === "Secret" && (steps[0] === "data" || steps[0] === "stringData") && !isKey;

/** What a path is in for a reader, and the path from there. */
function subjectOf(resource: Resource, cluster: Cluster, path: string): readonly [string, string] {
  for (const container of cluster.podTemplateOf(resource)?.containers ?? [])
    if (path.startsWith(`${container.path}.`)) return [container.ref, path.slice(container.path.length + 1)];
  return [resource.ref, path];
}

/** By convention a warning about a field begins with its path. */
const LEADING_PATH = /^([a-z]\w*(?:\.[a-zA-Z]\w*|\[[^\]]*\])+|spec|metadata)(?=\s|$)\s*/;

function warningOf(resource: Resource, cluster: Cluster, text: string): ServerWarning {
  const path = LEADING_PATH.exec(text)?.[1];
  if (path === undefined || parsePath(path).length === 0) return { at: "", subject: resource.ref, text };
  return { at: placeOf(resource.object, path, undefined).path, subject: subjectOf(resource, cluster, path)[0], text };
}
