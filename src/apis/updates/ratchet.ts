import type { AdmitContext, ApiObject, KindRules } from "../kind-rules.js";
import { type Cause, FieldErrors } from "../meta/field-errors.js";
import { isSameValue } from "../meta/same-value.js";

/** The first minor that lets a custom resource keep the mistakes that it was stored with. */
const SINCE = 30;

/**
 * What is wrong with a custom resource after a change, without what was wrong before and is not changed.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-ratcheting
 */
export function withoutOldMistakes(
  causes: readonly Cause[],
  object: ApiObject,
  old: ApiObject,
  rules: KindRules,
  context: AdmitContext,
): readonly Cause[] {
  if (context.minor < SINCE || causes.length === 0) return causes;
  const before = new FieldErrors();
  rules.validate?.(old, before, context);
  const known = new Set(before.causes.map(keyOf));
  return causes.filter((cause) => {
    const steps = stepsOf(cause.field);
    // What is missing is the mistake of what it is missing in.
    const place = cause.reason === "FieldValueRequired" ? steps.slice(0, -1) : steps;
    return !known.has(keyOf(cause)) || place[0] === "metadata" || !isSameValue(at(object, place), at(old, place));
  });
}

const keyOf = ({ reason, field }: Cause): string => `${reason} ${field}`;

const at = (value: unknown, steps: readonly string[]): unknown =>
  steps.reduce<unknown>(
    (found, step) =>
      typeof found === "object" && found !== null && Object.hasOwn(found, step)
        ? (found as Record<string, unknown>)[step]
        : undefined,
    value,
  );

/** `spec.ports[0].name` and `data[a.b]` by their parts. */
const stepsOf = (field: string): string[] =>
  [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, bracketed, plain]) => bracketed ?? plain ?? "");
