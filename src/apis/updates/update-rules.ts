import type { AdmitContext, ApiObject } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";

/** What the rules of a kind may ask for when a stored object is changed. */
export interface UpdateContext extends AdmitContext {
  readonly old: ApiObject;
  /** The whole object was sent, and what is left out is taken away, save for what the server keeps. */
  readonly replaces: boolean;
}

type Warn = (text: string) => void;

/** How the server treats a change of objects of one kind, where it is not as it treats a new one. All may be left out. */
export interface UpdateRules<T = ApiObject> {
  /** What the server fills in or keeps before it validates; in place of `KindRules.prepare`. */
  prepare?(object: T, old: T, context: UpdateContext, warn: Warn): void;
  /** What the server takes from the cluster before it validates; a fault in this is all that it says. */
  take?(object: T, old: T, errors: FieldErrors, context: UpdateContext): void;
  /** False where only what changes is looked at. Otherwise the object is validated as a new one, too. */
  readonly validatesWhole?: boolean;
  validate?(object: T, old: T, errors: FieldErrors, context: UpdateContext): void;
  /** In place of `KindRules.warnings`. */
  warnings?(object: T, warn: Warn, context: UpdateContext): void;
}

export type UpdateTable = Readonly<Record<string, UpdateRules>>;

export const updateRulesFor = <T extends ApiObject>(rules: UpdateRules<T>): UpdateRules =>
  rules as unknown as UpdateRules;
