import type { FieldErrors } from "./meta/field-errors.js";
import type { NameCheck } from "./meta/names.js";
import type { Surroundings } from "./surroundings.js";
import type { ObjectMeta } from "./types/meta.v1.generated.js";

/** What every object has. */
export interface ApiObject {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
}

/** What the rules of a kind may ask for beside the object. */
export interface AdmitContext {
  /** The target: 34 is Kubernetes 1.34. */
  readonly minor: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** The objects that the cluster has already. */
  readonly surroundings: Surroundings;
  /** Of an update, the object as it is stored; of a new object undefined. */
  readonly old?: ApiObject;
}

/** Why an object is refused: one sentence. The answer has code 403 where admission refuses it. */
export type Refusal = string | undefined;

/** How the server treats the objects of one kind, in the order in which these are called. All may change the object. */
export interface KindRules<T = ApiObject> {
  /** Values for what was left out. */
  defaults?(object: T, context: AdmitContext): void;
  /** What default mutating admission plugins do. */
  mutate?(object: T, context: AdmitContext): Refusal;
  /** Why a kind that is answered instead of stored is not answered at all: one sentence. The answer has code 400. */
  malformed?(object: T, context: AdmitContext): Refusal;
  /** What the kind's storage strategy does before validation. `status` is emptied already, unless `keepsStatus`. */
  prepare?(object: T, context: AdmitContext, warn: (text: string) => void): void;
  readonly keepsStatus?: boolean;
  /** The form of `metadata.name`; with it, metadata is validated before all else. Without it, `validate` has to. */
  readonly nameForm?: NameCheck;
  validate?(object: T, errors: FieldErrors, context: AdmitContext): void;
  /** What default validating admission plugins say. */
  admit?(object: T, context: AdmitContext): Refusal;
  /** Warnings of the strategy; only objects that pass validation get them. */
  warnings?(object: T, warn: (text: string) => void, context: AdmitContext): void;
}

/** `v1 ConfigMap` -> its rules. */
export type KindTable = Readonly<Record<string, KindRules>>;

/**
 * Takes the rules of one kind into a table, where the types of the kinds differ. The decoder makes of each object what
 * the kind's generated type says, so that rules need not doubt it.
 */
export const rulesFor = <T extends ApiObject>(rules: KindRules<T>): KindRules => rules as unknown as KindRules;
