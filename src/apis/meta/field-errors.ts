import { nearestName } from "../../diagnostics/nearest-name.js";
import type { FieldPath } from "./field-path.js";

/** The API's own words for what is wrong with a field. */
export type CauseReason =
  | "FieldValueRequired"
  | "FieldValueInvalid"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueDuplicate"
  | "FieldValueTooLong"
  | "FieldValueTooMany"
  | "FieldValueTypeInvalid"
  | "FieldValueNotFound"
  | "FieldUnknown"
  | "FieldDuplicate"
  | "InternalError"
  | "NoMatch"
  | "Forbidden"
  | "NamespaceTerminating"
  /** A policy refuses the object; the server itself gives neither a reason nor a field then. */
  | "PolicyDenied";

/** One reason for which an object is refused. */
export interface Cause {
  readonly reason: CauseReason;
  /** As the server writes it; empty where the whole object is meant. */
  readonly field: string;
  readonly message: string;
  /** What the message is made of, for those who word it themselves; absent where there is no more to say. */
  readonly detail?: CauseDetail;
}

/** The parts of a cause. */
export interface CauseDetail {
  /** The value that is refused, where it is a scalar. */
  readonly value?: string | number | boolean;
  /** What is said of it, as handed to the method of `FieldErrors`. */
  readonly why?: string;
  /** The only values that are taken. */
  readonly allowed?: readonly string[];
  /** It is about the form that names, labels and keys have. */
  readonly form?: true;
  /** Only clusters that are set up as most are refuse it. */
  readonly bySetup?: true;
}

/** Longer values are cut in messages. */
const LONGEST_SHOWN = 60;
/** More allowed values than these are not listed. */
const MOST_LISTED = 8;

/** A value of the manifest as messages show it; objects and lists are not shown. */
export function show(value: unknown): string {
  if (typeof value === "string")
    return value.length > LONGEST_SHOWN ? `${JSON.stringify(value.slice(0, LONGEST_SHOWN))}...` : JSON.stringify(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return "The value";
}

/**
 * Collects what is wrong with one object, in the server's order. Nothing is written out before something is wrong. The
 * texts are predicates or sentences without a full stop, as each method says.
 */
export class FieldErrors {
  readonly causes: Cause[] = [];

  /** `why` is what asks for the value: "a claim needs a size". */
  required(at: FieldPath, why = ""): void {
    this.add("FieldValueRequired", at, `No value is given${why === "" ? "" : `: ${why}`}`, { why });
  }

  /** `why` continues the value: "is not between 1 and 65535". */
  invalid(at: FieldPath, value: unknown, why: string): void {
    this.add("FieldValueInvalid", at, `${show(value)} ${why}`, { value: scalar(value), why });
  }

  /** What a cluster refuses unless it is set up for it. */
  invalidBySetup(at: FieldPath, value: unknown, why: string): void {
    this.add("FieldValueInvalid", at, `${show(value)} ${why}`, { value: scalar(value), why, bySetup: true });
  }

  /** Of a text that has not the form of a name, a label or a key. */
  malformed(at: FieldPath, value: string, why: string): void {
    this.add("FieldValueInvalid", at, `${show(value)} ${why}`, { value, why, form: true });
  }

  notSupported(at: FieldPath, value: unknown, allowed: readonly string[]): void {
    const nearest = typeof value === "string" ? nearestName(value, allowed) : undefined;
    const choice =
      allowed.length <= MOST_LISTED ? `one of ${allowed.join(", ")}` : `among the ${allowed.length} known values`;
    const hint = allowed.length > MOST_LISTED && nearest !== undefined ? `; the nearest is ${show(nearest)}` : "";
    this.add("FieldValueNotSupported", at, `${show(value)} is not ${choice}${hint}`, { value: scalar(value), allowed });
  }

  /** `why` is a whole sentence: "A container of a Windows Pod has no seLinuxOptions". */
  forbidden(at: FieldPath, why: string): void {
    this.add("FieldValueForbidden", at, why, { why });
  }

  duplicate(at: FieldPath, value: unknown): void {
    this.add("FieldValueDuplicate", at, `${show(value)} is in the list already`, { value: scalar(value) });
  }

  tooLong(at: FieldPath, most: number): void {
    this.add("FieldValueTooLong", at, `The value is longer than ${most} bytes`, {
      why: `is longer than ${most} bytes`,
    });
  }

  tooMany(at: FieldPath, count: number, most: number): void {
    this.add("FieldValueTooMany", at, `There are ${count} items, and at most ${most} are allowed`, {
      why: `has ${count} items, and at most ${most} are allowed`,
    });
  }

  notFound(at: FieldPath, value: unknown): void {
    this.add("FieldValueNotFound", at, `${show(value)} does not exist`, { value: scalar(value) });
  }

  /** `why` continues the value, as for `invalid`. */
  typeInvalid(at: FieldPath, value: unknown, why: string): void {
    this.add("FieldValueTypeInvalid", at, `${show(value)} ${why}`, { value: scalar(value), why });
  }

  /** What the server cannot work with; `why` is a whole sentence. */
  internal(at: FieldPath, why: string): void {
    this.add("InternalError", at, why, { why });
  }

  get any(): boolean {
    return this.causes.length > 0;
  }

  private add(reason: CauseReason, at: FieldPath, message: string, detail: CauseDetail): void {
    this.causes.push({ reason, field: at.toString(), message, detail });
  }
}

const scalar = (value: unknown): CauseDetail["value"] =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
