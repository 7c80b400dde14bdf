import type { CauseFamily } from "./cause-families.js";

/** One reason for which the API server refuses an object, as rules word it. */
export interface ServerCause {
  readonly family: CauseFamily;
  /** Where it stands in the manifest; of what is missing, where it would. */
  readonly at: string;
  /** The key is at fault, not its value. */
  readonly on: "key" | undefined;
  /** `Deployment "api"`; of what is in a container, `Container "web"`. */
  readonly subject: string;
  /** The field within the subject, as the server names it: `spec.selector`, `resources.requests`. Empty for the whole object. */
  readonly field: string;
  /** The value at fault as it is shown, where there is one to show: `"Web"`, `-1`. */
  readonly value: string | undefined;
  /** Whether the value is one of several in the field. */
  readonly within: boolean;
  /** What is wrong: a continuation of the value, or a sentence; empty where no more is to be said. */
  readonly why: string;
  readonly allowed: readonly string[] | undefined;
  /** The nearest of the allowed values. */
  readonly nearest: string | undefined;
  /** Of something that has to be given, what is there: nothing, an empty value, or a value that lacks something. */
  readonly lacking: "absent" | "empty" | "incomplete" | undefined;
  /** Further fields that are missing with this one. */
  readonly others: readonly string[];
}

/** One warning that the API server gives with an object that it takes. */
export interface ServerWarning {
  /** The field that it is about; empty where it is about the whole object. */
  readonly at: string;
  readonly subject: string;
  /** The warning: a sentence. */
  readonly text: string;
}
