import type { Span } from "../source/span.js";

/** A change to the file a finding is in, that removes the finding. */
export interface Fix {
  /** An imperative sentence: `Rename "contaners" to "containers"`. */
  readonly description: string;
  /** Safe: cannot change what a correct manifest means, so `--fix` may apply it unasked. */
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/** Replaces the text in `span`; the edits of one fix do not overlap. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}
