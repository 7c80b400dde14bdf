import type { SourceFile } from "../source/source-file.js";
import type { Span } from "../source/span.js";
import type { Fix } from "./fix.js";

/** From the gravest down. `error`: refused or broken; `warning`: likely not meant; `note`: worth knowing. */
export const SEVERITIES = ["error", "warning", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule is about; decides its default severity and its folder under `rules/`. */
export const CATEGORIES = [
  "syntax",
  "schema",
  "versions",
  "admission",
  "references",
  "correctness",
  "reliability",
  "security",
  "style",
] as const;
export type Category = (typeof CATEGORIES)[number];

/** The object a finding is about, as the API names it. Absent parts are empty strings. */
export interface ResourceId {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Another place that explains a finding, possibly in another file. */
export interface RelatedPlace {
  readonly source: SourceFile;
  readonly span: Span;
  /** A few words: `selected here`, `first defined here`. */
  readonly note: string;
}

/** One finding. Lines and columns are left to the reporters. */
export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly category: Category;
  /** One sentence, capital first, no full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
  readonly source: SourceFile;
  readonly span: Span;
  readonly resource?: ResourceId;
  /** The API field path within the resource, for instance `spec.ports[0].targetPort`. */
  readonly field?: string;
  readonly related: readonly RelatedPlace[];
  readonly fix?: Fix;
  /** The rule's documentation page. */
  readonly url: string;
}
