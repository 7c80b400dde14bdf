import type { Shape } from "./decode/shapes.js";
import { shapesOf } from "./decode/shapes.js";
import { deprecationWarning } from "./deprecations.js";
import type { KindRules } from "./kind-rules.js";
import { KINDS } from "./kinds.js";
import { kindIndexOf } from "./served-kinds.js";

/** All that is looked up for a built-in kind before its objects are answered. */
export interface KindFacts {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly creatable: boolean;
  readonly shape: Shape;
  readonly rules: KindRules;
  /** Of every answer to an object of the kind. */
  readonly warnings: readonly string[];
}

/** By minor, apiVersion and kind: objects are many and kinds few, and looking all of it up takes a microsecond. */
const known = new Map<number, Map<string, Map<string, KindFacts>>>();

/** Undefined for a kind that the minor does not serve. */
export function kindFacts(apiVersion: string, kind: string, minor: number): KindFacts | undefined {
  const found = known.get(minor)?.get(apiVersion)?.get(kind);
  if (found !== undefined) return found;
  const facts = lookUp(apiVersion, kind, minor);
  if (facts === undefined) return undefined;
  const versions = known.get(minor) ?? new Map<string, Map<string, KindFacts>>();
  const kinds = versions.get(apiVersion) ?? new Map<string, KindFacts>();
  known.set(minor, versions.set(apiVersion, kinds.set(kind, facts)));
  return facts;
}

function lookUp(apiVersion: string, kind: string, minor: number): KindFacts | undefined {
  const entry = kindIndexOf(minor).find(apiVersion, kind);
  if (entry === undefined) return undefined;
  return {
    apiVersion: entry.apiVersion,
    kind: entry.kind,
    namespaced: entry.namespaced,
    creatable: entry.verbs.includes("create"),
    shape: shapesOf(minor).find(entry.definition),
    rules: KINDS[`${entry.apiVersion} ${entry.kind}`] ?? {},
    warnings: deprecationWarning(entry.apiVersion, entry.kind, minor),
  };
}
