import type { SchemaProblem } from "./schema-problem.js";

/** A kind as the target version serves it. */
export interface KindFacts {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The resource's name in URLs and Roles: `configmaps`. */
  readonly plural: string;
  readonly namespaced: boolean;
  /** True for kinds that a CRD of the input defines. */
  readonly custom: boolean;
}

/** What decoding made of one object. */
export interface Decoded {
  /** Undefined where the kind is not known (an unseen CRD), or not served at the target. */
  readonly facts: KindFacts | undefined;
  readonly problems: readonly SchemaProblem[];
  /**
   * Paths whose value the object cannot be relied on for: of a wrong type, under an unknown name. They are taken out of
   * the value (nulls too), so that everything after decoding sees the declared types; findings about what is missing
   * beside them stay unsaid.
   */
  readonly doubtful: readonly string[];
}

/** The API's types as one target version serves them, with the custom types the input defines. */
export interface Types {
  readonly minor: number;
  decode(value: Record<string, unknown>): Decoded;
  /** The kind served under apiVersion and kind, built in or custom; undefined where unknown. */
  kind(apiVersion: string, kind: string): KindFacts | undefined;
  /** Every kind served at the target, for Roles, scale targets and suggestions. */
  kinds(): readonly KindFacts[];
  /** Every resource and subresource name (`pods`, `pods/log`) of a group served at the target or known from CRDs; undefined for a group that is not known. */
  resourcesOf(group: string): ReadonlyMap<string, readonly string[]> | undefined;
  /** Groups served at the target or known from CRDs. */
  groups(): readonly string[];
}
