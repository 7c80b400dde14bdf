import type { CauseReason } from "../../apis/index.js";
import type { CauseFamily } from "./cause-families.js";

/** One reason for which the API server refuses an object, as rules word it. */
export interface ServerCause {
  readonly family: CauseFamily;
  readonly reason: CauseReason;
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
  /** The form that the value has to have. */
  readonly form: string | undefined;
  readonly allowed: readonly string[] | undefined;
  /** The nearest of the allowed values. */
  readonly nearest: string | undefined;
  /** Whether the field is there: not at all, with an empty value, or with another. */
  readonly presence: "absent" | "empty" | "given";
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
