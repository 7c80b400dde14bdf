import type { Resource } from "../../cluster/index.js";
import type { Category } from "../../diagnostics/diagnostic.js";
import { parsePath } from "../../source/field-path.js";
import type { Rule } from "../rule.js";

/** Categories whose findings say, in better words, what the server refuses the object for. */
const SPEAK_FIRST: ReadonlySet<Category> = new Set(["syntax", "schema", "versions", "correctness"]);

interface Finding {
  readonly steps: readonly string[];
  readonly rule: Rule;
}

/**
 * What rules have said of each object, so that the server's answer does not say it a second time. An error stands for
 * every cause at its field, right above it or right below it; an error of the schema also for all further below; and a
 * rule names under `tells` the causes at other fields that follow from what it reports.
 */
export class Told {
  readonly #findings = new Map<Resource, Finding[]>();

  note(resource: Resource, rule: Rule, field: string): void {
    if (!SPEAK_FIRST.has(rule.category)) return;
    const finding = { steps: parsePath(field).map(String), rule };
    const known = this.#findings.get(resource);
    if (known) known.push(finding);
    else this.#findings.set(resource, [finding]);
  }

  /** The causes that no error has told, and the warnings that no finding has. */
  untold<T extends { readonly at: string }>(
    resource: Resource,
    answers: readonly T[],
    least: "error" | "any",
  ): readonly T[] {
    const all = this.#findings.get(resource);
    const findings = least === "any" ? all : all?.filter(({ rule }) => rule.severity === "error");
    if (findings === undefined || findings.length === 0) return answers;
    return answers.filter(({ at }) => {
      const steps = parsePath(at).map(String);
      return !findings.some((finding) => tellsOf(finding, steps, at));
    });
  }
}

function tellsOf({ steps, rule }: Finding, cause: readonly string[], at: string): boolean {
  if (rule.tells?.test(at)) return true;
  const shared = steps.findIndex((step, i) => step !== cause[i]);
  if (shared >= 0 && shared < cause.length) return false;
  const further = cause.length - steps.length;
  // Of an item of a list the server mostly names the list.
  if (further < 0) return further === -1 || (further === -2 && /^\d+$/.test(steps[cause.length]!));
  return further <= 1 || rule.category === "schema";
}
