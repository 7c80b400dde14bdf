import { nearestName } from "../../diagnostics/nearest-name.js";
import type { Types } from "../../schema/decode.js";
import { SHORT_NAMES } from "./role-mistakes.js";

/** A resource as rules name it. */
export interface NamedResource {
  readonly group: string;
  readonly resource: string;
  /** Undefined where the input and the target version say nothing of it. */
  readonly namespaced?: boolean;
}

/** What a name on the command line stands for, or the name that may have been meant. */
export type ResourceSearch = NamedResource | { readonly unknown: string; readonly nearest?: string };

/**
 * Finds a resource by what kubectl takes: `deployments`, `deployment`, `deploy`, `deployments.apps`, `deployments.v1.apps`, `*`.
 * The core group comes first. A group that nothing is known of is taken at its word, as a CRD elsewhere may define it.
 * `shortNames`: those of custom kinds, each with the resource's name and group.
 */
export function findResource(
  types: Types,
  text: string,
  shortNames: ReadonlyMap<string, NamedResource> = new Map(),
): ResourceSearch {
  const dot = text.indexOf(".");
  const type = dot < 0 ? text : text.slice(0, dot);
  const group = dot < 0 ? undefined : text.slice(dot + 1).replace(/^v\d+((alpha|beta)\d+)?\./, "");
  if (type === "*") return { group: group ?? "*", resource: "*" };
  const groups = group === undefined ? sorted(types.groups()) : [group];
  const lower = type.toLowerCase();
  const kinds = types.kinds();
  for (const each of groups) {
    const names = types.resourcesOf(each);
    const plural = names?.has(lower)
      ? lower
      : (ownShortName(names, lower) ??
        kinds.find((kind) => kind.group === each && kind.kind.toLowerCase() === lower)?.plural);
    if (plural !== undefined) return { group: each, resource: plural, namespaced: isNamespaced(types, each, plural) };
  }
  const custom = shortNames.get(lower);
  if (custom && (group === undefined || group === custom.group)) return custom;
  if (group?.includes(".") && types.resourcesOf(group) === undefined) return { group, resource: lower };
  const known = groups.flatMap((each) => [...(types.resourcesOf(each)?.keys() ?? [])]);
  const plurals = known.filter((name) => !name.includes("/"));
  const others = [...kinds.map(({ kind }) => kind.toLowerCase()), ...Object.keys(SHORT_NAMES), ...shortNames.keys()];
  const nearest = nearestName(lower, plurals) ?? (group === undefined ? nearestName(lower, others) : undefined);
  return { unknown: text, ...(nearest !== undefined && { nearest }) };
}

const sorted = (groups: readonly string[]): string[] => ["", ...groups.filter((group) => group !== "")];

function ownShortName(names: ReadonlyMap<string, unknown> | undefined, text: string): string | undefined {
  const long = Object.hasOwn(SHORT_NAMES, text) ? SHORT_NAMES[text] : undefined;
  return long !== undefined && names?.has(long) ? long : undefined;
}

/** What no kind has is there for RBAC alone (`users`, `signers`), and in no namespace. */
const isNamespaced = (types: Types, group: string, plural: string): boolean =>
  types.kinds().find((kind) => kind.group === group && kind.plural === plural)?.namespaced ?? false;
