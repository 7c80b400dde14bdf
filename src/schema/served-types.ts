import type { CustomKind, CustomTypes } from "./custom-types.js";
import type { Decoded, KindFacts, Types } from "./decode.js";
import { BuiltinDecoder } from "./decode-builtin.js";
import { CustomDecoder } from "./decode-custom.js";
import { describeFound } from "./describe-value.js";
import { groupOf, KindIndex } from "./kind-index.js";
import type { SchemaProblem } from "./schema-problem.js";
import { extraVerbs, subresourcesOf } from "./subresources.js";
import { allKinds, type KindEntry, TypeTable } from "./type-table.js";

const STATUS_VERBS = ["get", "patch", "update"];
const CUSTOM_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/** The built-in types of one minor, shared by all runs: only what the input defines differs between them. */
const builtin = new Map<number, { readonly index: KindIndex; readonly table: TypeTable }>();

/** What a cluster of one minor serves, custom kinds of the input included. */
export class ServedTypes implements Types {
  readonly #index: KindIndex;
  readonly #table: TypeTable;
  /** By apiVersion and kind. */
  readonly #facts = new Map<string, Map<string, KindFacts>>();
  readonly #resources = new Map<string, ReadonlyMap<string, readonly string[]>>();
  #kinds: readonly KindFacts[] | undefined;
  #groups: readonly string[] | undefined;

  constructor(
    readonly minor: number,
    private readonly custom: CustomTypes,
  ) {
    let shared = builtin.get(minor);
    if (shared === undefined) {
      shared = { index: new KindIndex(minor), table: new TypeTable(minor) };
      builtin.set(minor, shared);
    }
    this.#index = shared.index;
    this.#table = shared.table;
  }

  decode(value: Record<string, unknown>): Decoded {
    const { apiVersion, kind } = value;
    if (typeof apiVersion !== "string" || typeof kind !== "string" || apiVersion === "" || kind === "")
      return this.#decodeUntyped(value);
    const entry = this.#index.find(apiVersion, kind);
    if (entry !== undefined) {
      const { problems, doubtful } = new BuiltinDecoder(this.#table.definition(entry.definition), value);
      const warning = this.#index.deprecationOf(entry);
      return { facts: this.kind(apiVersion, kind), problems: warning ? [warning, ...problems] : problems, doubtful };
    }
    const custom = this.custom.find(apiVersion, kind);
    if (custom?.served) return this.#decodeCustom(custom, value);
    const problem = this.#customProblem(apiVersion, kind) ?? this.#index.problemOf(apiVersion, kind);
    const meant = problem?.code === "unknown-kind" ? this.#meantBy(problem) : undefined;
    if (problem && meant) return this.#decodeAs(meant, [problem], value);
    return { facts: undefined, problems: problem ? [problem] : [], doubtful: this.#settle(problem, value) };
  }

  /** Without an apiVersion the kind alone can tell the type: all mistakes of an object are told, not the first alone. */
  #decodeUntyped(value: Record<string, unknown>): Decoded {
    const meant = typeof value.kind === "string" ? this.#index.soleKind(value.kind) : undefined;
    const problems = typeMetaProblems(value, meant?.apiVersion);
    const sure = problems.every(({ code, path }) => code === "missing-field" && path === "apiVersion");
    return meant && sure ? this.#decodeAs(meant, problems, value) : { facts: undefined, problems, doubtful: [] };
  }

  /** The kind that was meant where the group alone is wrong, or the case of letters. */
  #meantBy({ kind, nearest }: Extract<SchemaProblem, { code: "unknown-kind" }>): KindEntry | undefined {
    if (nearest?.kind.toLowerCase() !== kind.toLowerCase()) return undefined;
    return this.#index.find(nearest.apiVersion, nearest.kind);
  }

  #decodeAs(entry: KindEntry, problems: readonly SchemaProblem[], value: Record<string, unknown>): Decoded {
    const definition = this.#table.definition(entry.definition);
    // Where the object has fields that are nothing like the kind's, another kind was meant.
    const isAlien = (problem: SchemaProblem): boolean =>
      problem.code === "unknown-field" && problem.nearest === undefined && problem.belongsTo === undefined;
    if (new BuiltinDecoder(definition, structuredClone(value)).problems.some(isAlien))
      return { facts: undefined, problems, doubtful: [] };
    const decoded = new BuiltinDecoder(definition, value);
    return { facts: undefined, problems: [...problems, ...decoded.problems], doubtful: decoded.doubtful };
  }

  /**
   * A version that the target does not serve is one finding: what its fields look like is not reported, but they are
   * given their types, those of the version itself or of what replaced it.
   */
  #settle(problem: SchemaProblem | undefined, value: Record<string, unknown>): readonly string[] {
    if (problem?.code !== "removed-version" && problem?.code !== "version-not-served-yet") return [];
    const { apiVersion, kind, replacement } = problem;
    const own = allKinds().find((entry) => entry.apiVersion === apiVersion && entry.kind === kind);
    const entry = own ?? (replacement === undefined ? undefined : this.#index.find(replacement, kind));
    if (entry === undefined) return [];
    const minor = Math.min(Math.max(this.minor, entry.from ?? 0), entry.to ?? this.minor);
    return new BuiltinDecoder(new TypeTable(minor).definition(entry.definition), value).doubtful;
  }

  #decodeCustom(custom: CustomKind, value: Record<string, unknown>): Decoded {
    const facts = this.kind(custom.apiVersion, custom.kind);
    let definition = custom;
    if (custom.others.length > 0) {
      // Of several definitions the one that takes the object best is given the benefit of the doubt.
      const counts = [custom, ...custom.others]
        .filter((other) => other.served)
        .map((other) => {
          const { problems } = this.#runCustom(other, structuredClone(value));
          return { other, problems: problems.length };
        });
      definition = counts.reduce((best, next) => (next.problems < best.problems ? next : best)).other;
    }
    const { problems, doubtful } = this.#runCustom(definition, value);
    return { facts, problems, doubtful };
  }

  #runCustom({ kind, keepsUnknown, schema }: CustomKind, value: Record<string, unknown>): CustomDecoder {
    const objectMeta = this.#table.definition("meta.v1.ObjectMeta");
    // Without a schema nothing is said of the fields, but metadata is the same everywhere.
    const known = schema ?? { "x-kubernetes-preserve-unknown-fields": true };
    return new CustomDecoder({ kind, keepsUnknown, schema: known, objectMeta }, value);
  }

  /** A version that the input's definition of the kind does not serve. */
  #customProblem(apiVersion: string, kind: string): SchemaProblem | undefined {
    const group = groupOf(apiVersion);
    if (!this.custom.hasGroup(group)) return undefined;
    const served = this.custom.kinds().filter((other) => other.group === group && other.kind === kind && other.served);
    const nearest = served.at(-1);
    if (nearest === undefined) return undefined;
    return {
      code: "unknown-kind",
      path: "apiVersion",
      apiVersion,
      kind,
      nearest: { apiVersion: nearest.apiVersion, kind },
    };
  }

  kind(apiVersion: string, kind: string): KindFacts | undefined {
    let facts = this.#facts.get(apiVersion)?.get(kind);
    if (facts !== undefined) return facts;
    const entry = this.#index.find(apiVersion, kind);
    const custom = this.custom.find(apiVersion, kind);
    if (entry !== undefined) facts = factsOf(entry);
    else if (custom?.served) facts = customFacts(custom);
    if (facts === undefined) return undefined;
    const kinds = this.#facts.get(apiVersion) ?? new Map<string, KindFacts>();
    this.#facts.set(apiVersion, kinds.set(kind, facts));
    return facts;
  }

  kinds(): readonly KindFacts[] {
    this.#kinds ??= this.#collectKinds();
    return this.#kinds;
  }

  #collectKinds(): readonly KindFacts[] {
    const custom = this.custom
      .kinds()
      .filter((kind) => kind.served && this.#index.find(kind.apiVersion, kind.kind) === undefined);
    return [...[...this.#index.served.values()].map(factsOf), ...custom.map(customFacts)];
  }

  resourcesOf(group: string): ReadonlyMap<string, readonly string[]> | undefined {
    let resources = this.#resources.get(group);
    if (resources === undefined && this.groups().includes(group)) {
      resources = this.#collectResources(group);
      this.#resources.set(group, resources);
    }
    return resources;
  }

  #collectResources(group: string): ReadonlyMap<string, readonly string[]> {
    const resources = new Map<string, readonly string[]>();
    for (const entry of this.#index.served.values())
      if (groupOf(entry.apiVersion) === group)
        resources.set(entry.plural, [...entry.verbs, ...extraVerbs(group, entry.plural)]);
    for (const [name, verbs] of Object.entries(subresourcesOf(group))) {
      const parent = name.includes("/") ? name.slice(0, name.indexOf("/")) : name;
      if (resources.has(parent) || parent === name || name.endsWith("/*")) resources.set(name, verbs);
    }
    for (const kind of this.custom.kinds()) {
      if (kind.group !== group || !kind.served) continue;
      resources.set(kind.plural, CUSTOM_VERBS);
      // A controller may be granted it although no version has it enabled yet.
      if (kind.hasStatus) resources.set(`${kind.plural}/status`, STATUS_VERBS);
      if (kind.hasScale) resources.set(`${kind.plural}/scale`, STATUS_VERBS);
      resources.set(`${kind.plural}/finalizers`, ["update"]);
    }
    for (const name of [...resources.keys()])
      if (!name.includes("/") && resources.get(name)!.includes("update"))
        resources.set(`${name}/finalizers`, ["update"]);
    return resources;
  }

  groups(): readonly string[] {
    this.#groups ??= this.#collectGroups();
    return this.#groups;
  }

  #collectGroups(): readonly string[] {
    const names = new Set([...this.#index.served.values()].map((entry) => groupOf(entry.apiVersion)));
    for (const kind of this.custom.kinds()) if (kind.served) names.add(kind.group);
    return [...names];
  }
}

/** An object without a kind, or with one that is no text. */
function typeMetaProblems(value: Record<string, unknown>, meant: string | undefined): SchemaProblem[] {
  return (["apiVersion", "kind"] as const).flatMap((field): SchemaProblem[] => {
    const given = value[field];
    if (typeof given === "string" && given !== "") return [];
    if (given === undefined || given === null || given === "")
      return [
        {
          code: "missing-field",
          path: field,
          field,
          parentType: "object",
          empty: given === "",
          ...(field === "apiVersion" && meant !== undefined && { meant }),
        },
      ];
    return [{ code: "wrong-type", path: field, expected: "a string", found: describeFound(given, false) }];
  });
}

function factsOf(entry: KindEntry): KindFacts {
  const group = groupOf(entry.apiVersion);
  const version = entry.apiVersion.slice(group === "" ? 0 : group.length + 1);
  return { group, version, kind: entry.kind, plural: entry.plural, namespaced: entry.namespaced, custom: false };
}

const customFacts = ({ group, version, kind, plural, namespaced }: CustomKind): KindFacts => ({
  group,
  version,
  kind,
  plural,
  namespaced,
  custom: true,
});
