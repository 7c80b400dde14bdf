import type { Span } from "../source/span.js";

/** Everything the reader can object to, one code per cause that people can look up. */
export const YAML_PROBLEM_CODES = [
  "syntax",
  "duplicate-key",
  "merge-override",
  "tab-indentation",
  "bad-indentation",
  "missing-space-after-colon",
  "unclosed-quote",
  "unclosed-bracket",
  "slash-comment",
  "unknown-anchor",
  "bad-merge",
  "bad-key",
  "bad-tag",
  "bad-escape",
  "bad-character",
  "bad-encoding",
  "not-finite",
  "excessive-aliasing",
  "too-deep",
  "too-large",
  "smart-quote",
  "no-break-space",
  "template-placeholder",
  "unread-text",
] as const;
export type YamlProblemCode = (typeof YAML_PROBLEM_CODES)[number];

/** Whether only strict validation refuses it: decoding goes on, and the last value counts. */
export const isStrictOnly = (code: YamlProblemCode): boolean => code === "duplicate-key" || code === "merge-override";

/** One objection of the reader, with its place. */
export interface YamlProblem {
  readonly code: YamlProblemCode;
  /** `error`: the API server does not decode the text (where `isStrictOnly`: strictly). `warning`: it does, though likely not as meant. */
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly help?: string;
  readonly span: Span;
  readonly related?: readonly { readonly span: Span; readonly note: string }[];
}
