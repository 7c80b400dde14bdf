import { admitObject, type Surroundings } from "../../apis/index.js";
import { show } from "../../apis/meta/field-errors.js";
import type { Cluster, Resource } from "../../cluster/index.js";
import { nearestName } from "../../diagnostics/nearest-name.js";
import { formatPath, type PathStep } from "../../source/field-path.js";
import type { ServerCause, ServerWarning } from "./cause.js";
import { familyOf } from "./cause-families.js";
import { type CausePlace, placeOf } from "./cause-place.js";
import { inGroups, type Placed, withoutEchoes } from "./echoes.js";
import { isFilledIn, mayVanish } from "./unknowns.js";

export interface ServerAnswer {
  readonly causes: readonly ServerCause[];
  readonly warnings: readonly ServerWarning[];
}

const NOTHING: ServerAnswer = { causes: [], warnings: [] };

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
  if (resource.facts === undefined) return NOTHING;
  const verdict = admitObject(resource.object, { minor, surroundings, verdictOnly: true });
  if (verdict.causes.length === 0 && verdict.warnings.length === 0) return NOTHING;
  const placed: Placed[] = [];
  for (const cause of verdict.causes) {
    const family = familyOf(cause, resource.facts.custom);
    if (family === undefined) continue;
    const place = placeOf(resource.object, cause.field, cause.detail?.value);
    if (!mayVanish(cluster, resource, cause, family, place)) placed.push({ cause, family, place });
  }
  return {
    causes: inGroups(withoutEchoes(placed, resource.object)).map((group) => causeOf(resource, cluster, group)),
    warnings: verdict.warnings.flatMap((text) => warningOf(resource, text)),
  };
}

function causeOf(resource: Resource, cluster: Cluster, [first, ...rest]: readonly [Placed, ...Placed[]]): ServerCause {
  const { cause, family, place } = first;
  const { value, allowed, form, why = "" } = cause.detail ?? { why: cause.message };
  const { steps, within, isKey } = place;
  const [subject, field] = subjectOf(resource, cluster, within ? formatPath(steps.slice(0, -1)) : place.path);
  const presence = presenceOf(resource.object, place);
  // Behind the colon stands what names may be made of.
  const colon = form ? why.indexOf(": ") : -1;
  return {
    family,
    reason: cause.reason,
    at: place.path,
    on: isKey && presence !== "absent" ? "key" : undefined,
    subject,
    field,
    value: value === undefined || isSecret(resource, place) ? undefined : show(value),
    within,
    why: colon < 0 ? why : why.slice(0, colon),
    form: colon < 0 ? undefined : why.slice(colon + 2),
    allowed,
    nearest: allowed && typeof value === "string" && value !== "" ? nearestName(value, allowed) : undefined,
    presence,
    others:
      presence === "absent"
        ? [...new Set(rest.map(({ place: other }) => subjectOf(resource, cluster, other.path)[1]))].filter(
            (other) => other !== field,
          )
        : [],
  };
}

function presenceOf(object: unknown, { steps, depth }: CausePlace): ServerCause["presence"] {
  if (depth < steps.length) return "absent";
  const value = steps.reduce((node, step) => (node as Record<PathStep, unknown>)[step], object);
  const isEmpty = typeof value === "object" && value !== null ? Object.keys(value).length === 0 : !value;
  return isEmpty ? "empty" : "given";
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

function warningOf(resource: Resource, warning: string): ServerWarning[] {
  // Definitions of custom kinds word their own.
  const text = warning.replace(/\.$/, "");
  const path = LEADING_PATH.exec(text)?.[1];
  if (path === undefined) return [{ at: "", subject: resource.ref, text }];
  const place = placeOf(resource.object, path, undefined);
  return isFilledIn(resource.object, place) ? [] : [{ at: place.path, subject: resource.ref, text }];
}
