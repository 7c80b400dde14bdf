import { nearestName } from "../diagnostics/nearest-name.js";
import { deprecation, goneVersion } from "./api-lifecycle.js";
import type { SchemaProblem } from "./schema-problem.js";
import { allKinds, type KindEntry } from "./type-table.js";

/**
 * Whether a version is the stable one of a kind that the newest minor known has as alpha or beta alone: a minor to come
 * may well serve it.
 */
function mayHaveGraduated(apiVersion: string, kind: string): boolean {
  if (!/\/v\d+$/.test(apiVersion)) return false;
  const known = allKinds().filter((entry) => entry.kind === kind && groupOf(entry.apiVersion) === groupOf(apiVersion));
  return known.every((entry) => isPrerelease(entry.apiVersion)) && known.some(({ to }) => to === undefined);
}

/** The built-in kinds as one minor serves them, and what is to be said of an apiVersion and kind that it does not. */
export class KindIndex {
  readonly served = new Map<string, KindEntry>();
  readonly #byKind = new Map<string, KindEntry[]>();
  readonly #groups = new Set<string>();
  /** By apiVersion and kind: every object is looked up, and joining the two costs more than looking twice. */
  readonly #served = new Map<string, Map<string, KindEntry>>();
  readonly #deprecations = new Map<KindEntry, SchemaProblem | undefined>();

  constructor(readonly minor: number) {
    for (const entry of allKinds()) {
      this.#groups.add(groupOf(entry.apiVersion));
      if (!isServed(entry, minor)) continue;
      this.served.set(`${entry.apiVersion} ${entry.kind}`, entry);
      const kinds = this.#served.get(entry.apiVersion) ?? new Map<string, KindEntry>();
      this.#served.set(entry.apiVersion, kinds.set(entry.kind, entry));
      const same = this.#byKind.get(entry.kind);
      if (same === undefined) this.#byKind.set(entry.kind, [entry]);
      else same.push(entry);
    }
  }

  find(apiVersion: string, kind: string): KindEntry | undefined {
    return this.#served.get(apiVersion)?.get(kind);
  }

  /** Of a served kind: whether the server warns about its version, or a more stable one has taken its place. */
  deprecationOf(entry: KindEntry): SchemaProblem | undefined {
    const known = this.#deprecations.get(entry);
    if (known !== undefined || this.#deprecations.has(entry)) return known;
    const problem = this.#findDeprecation(entry);
    this.#deprecations.set(entry, problem);
    return problem;
  }

  #findDeprecation(entry: KindEntry): SchemaProblem | undefined {
    const { apiVersion, kind } = entry;
    const announced = deprecation(apiVersion, kind);
    const better = this.#best(kind, groupOf(apiVersion));
    const problem = { code: "deprecated-version", path: "apiVersion", apiVersion, kind } as const;
    if (announced !== undefined) {
      if (announced.deprecatedIn > this.minor) return undefined;
      const replacement = announced.replacement ?? (better === entry ? undefined : better?.apiVersion);
      return { ...problem, deprecatedIn: announced.deprecatedIn, removedIn: announced.removedIn, replacement };
    }
    if (better === undefined || better === entry || !isPrerelease(apiVersion) || better.from === undefined)
      return undefined;
    const removedIn = entry.to === undefined ? undefined : entry.to + 1;
    return { ...problem, deprecatedIn: better.from, removedIn, replacement: better.apiVersion };
  }

  /**
   * Of a kind that is not served: what it was or will be, or what was meant. Undefined where it may be a custom kind
   * that the input does not define.
   */
  problemOf(apiVersion: string, kind: string): SchemaProblem | undefined {
    const group = groupOf(apiVersion);
    const named = { path: "apiVersion", apiVersion, kind } as const;
    const gone = goneVersion(apiVersion, kind);
    if (gone !== undefined) {
      const served = gone.replacement !== undefined && this.find(gone.replacement, kind) !== undefined;
      const replacement = served ? gone.replacement : this.#best(kind, group)?.apiVersion;
      return { code: "removed-version", ...named, removedIn: gone.removedIn, replacement };
    }
    const other = allKinds().find((entry) => entry.apiVersion === apiVersion && entry.kind === kind);
    if (other !== undefined) {
      const replacement = this.#best(kind, group)?.apiVersion;
      if (other.from !== undefined && other.from > this.minor)
        return { code: "version-not-served-yet", ...named, servedFrom: other.from, replacement };
      return { code: "removed-version", ...named, removedIn: (other.to ?? this.minor) + 1, replacement };
    }
    return mayHaveGraduated(apiVersion, kind) ? undefined : this.#unknown(apiVersion, kind, group);
  }

  #unknown(apiVersion: string, kind: string, group: string): SchemaProblem | undefined {
    const name = { code: "unknown-kind", apiVersion, kind } as const;
    const entries = this.#byKind.get(kind);
    const version = /^v\d+((alpha|beta)\d+)?$/.test(apiVersion.slice(apiVersion.lastIndexOf("/") + 1));
    if (this.#groups.has(group) && (version || group !== "")) {
      if (isListOf(kind, (item) => this.find(apiVersion, item) !== undefined || (group === "" && item === "")))
        return undefined;
      if (SUBRESOURCE_KINDS.has(`${apiVersion} ${kind}`)) return undefined;
      if (entries !== undefined) {
        const own = entries.filter((entry) => groupOf(entry.apiVersion) === group);
        const nearest = stablest(own.length > 0 ? own : entries);
        return { ...name, path: "apiVersion", nearest: { apiVersion: nearest.apiVersion, kind } };
      }
      const meant = this.#nearestKind(kind, group);
      return { ...name, path: "kind", ...(meant && { nearest: { apiVersion: meant.apiVersion, kind: meant.kind } }) };
    }
    // A group that no server has built in: a custom kind, unless the group is nearly a built-in one's.
    if (!BUILT_IN_LOOKING.test(group) && group.includes(".")) return undefined;
    const meantGroup = nearestName(group, this.#groups);
    const candidates = entries ?? [];
    const inGroup = candidates.find((entry) => groupOf(entry.apiVersion) === meantGroup);
    const nearest = inGroup ?? (candidates.length > 0 ? stablest(candidates) : undefined);
    // A short unknown group with an unknown kind may be anything, and so may a group of k8s.io that is not built in.
    if (nearest === undefined) return undefined;
    if (BUILT_IN_LOOKING.test(group) && inGroup === undefined) return undefined;
    return { ...name, path: "apiVersion", nearest: { apiVersion: nearest.apiVersion, kind } };
  }

  #nearestKind(kind: string, group: string): KindEntry | undefined {
    const own = [...this.served.values()].filter((entry) => groupOf(entry.apiVersion) === group);
    const inGroup = nearestName(kind, new Set(own.map((entry) => entry.kind)));
    const anywhere = inGroup ?? nearestName(kind, this.#byKind.keys());
    if (anywhere === undefined) return undefined;
    return stablest(
      inGroup === undefined ? this.#byKind.get(anywhere)! : own.filter((entry) => entry.kind === anywhere),
    );
  }

  /** The most stable version of a kind that one group alone has. */
  soleKind(kind: string): KindEntry | undefined {
    const entries = this.#byKind.get(kind) ?? [];
    return new Set(entries.map((entry) => groupOf(entry.apiVersion))).size === 1 ? stablest(entries) : undefined;
  }

  /** The most stable version of a kind in a group, or where the group has it not, in any other. */
  #best(kind: string, group: string): KindEntry | undefined {
    const entries = this.#byKind.get(kind) ?? [];
    const own = entries.filter((entry) => groupOf(entry.apiVersion) === group);
    return own.length > 0 ? stablest(own) : undefined;
  }
}

/** Kinds that are only sent to a subresource (`pods/eviction`): no manifest of its own can have them, no type is held. */
const SUBRESOURCE_KINDS = new Set([
  "autoscaling/v1 Scale",
  "policy/v1 Eviction",
  "authentication.k8s.io/v1 TokenRequest",
  "v1 Status",
]);
const BUILT_IN_LOOKING = /(^|\.)k8s\.io$/;

export const groupOf = (apiVersion: string): string =>
  apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";

export function isServed(entry: KindEntry, minor: number): boolean {
  return (entry.from ?? 0) <= minor && minor <= (entry.to ?? Number.POSITIVE_INFINITY);
}

const isPrerelease = (apiVersion: string): boolean => /(alpha|beta)\d+$/.test(apiVersion);

/** `PodList`, or `List` itself: what a client takes apart before it sends anything. */
function isListOf(kind: string, isKind: (item: string) => boolean): boolean {
  return kind.endsWith("List") && isKind(kind.slice(0, -"List".length));
}

/** `v2` before `v1`, those before `v1beta2`, `v1beta1`, `v1alpha1`. */
function stablest(entries: readonly KindEntry[]): KindEntry {
  return entries.reduce((best, entry) => (rank(entry) > rank(best) ? entry : best));
}

function rank(entry: KindEntry): number {
  const match = /v(\d+)(?:(alpha|beta)(\d+))?$/.exec(entry.apiVersion);
  if (match === null) return 0;
  const stage = match[2] === undefined ? 2 : match[2] === "beta" ? 1 : 0;
  return stage * 10_000 + Number(match[1]) * 100 + Number(match[3] ?? 0);
}
