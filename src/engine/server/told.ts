import type { Resource } from "../../cluster/index.js";
import type { Category } from "../../diagnostics/diagnostic.js";
import { formatPath, parsePath } from "../../source/field-path.js";
import type { Rule } from "../rule.js";
import { follows } from "./echoes.js";

/** Categories whose findings say, in better words, what the server refuses the object for. */
const SPEAK_FIRST: ReadonlySet<Category> = new Set(["syntax", "schema", "versions", "correctness"]);

/** What is said of one object. */
class Findings {
  readonly fields = new Set<string>();
  /** The fields right above those; of an item of a list, the list too. */
  readonly above = new Set<string>();
  /** Of findings of the schema: all that is below is in doubt. */
  readonly schema = new Set<string>();
  readonly rules = new Set<Rule>();

  add(rule: Rule, field: string): void {
    const steps = parsePath(field);
    const path = formatPath(steps);
    this.rules.add(rule);
    this.fields.add(path);
    if (rule.category === "schema") this.schema.add(path);
    if (steps.length > 0) this.above.add(formatPath(steps.slice(0, -1)));
    if (typeof steps.at(-2) === "number") this.above.add(formatPath(steps.slice(0, -2)));
  }

  /** Of a warning: it is at a field of its own, or about the kind. */
  tellExactly(at: string): boolean {
    return at === ""
      ? this.fields.has("apiVersion") || this.fields.has("kind")
      : this.fields.has(formatPath(parsePath(at)));
  }

  tell(at: string): boolean {
    const steps = parsePath(at);
    const path = formatPath(steps);
    if (this.fields.has(path) || this.above.has(path)) return true;
    if (steps.length > 0 && this.fields.has(formatPath(steps.slice(0, -1)))) return true;
    if (this.schema.size > 0 && steps.some((_, i) => this.schema.has(formatPath(steps.slice(0, i))))) return true;
    for (const rule of this.rules) if (rule.tells?.test(path)) return true;
    for (const field of this.fields) if (follows(path, field)) return true;
    return false;
  }
}

/**
 * What rules have said of each object, so that the server's answer does not say it a second time. An error stands for
 * every cause at its field, right above it or right below it; an error of the schema also for all further below; and a
 * rule names under `tells` the causes at other fields that follow from what it reports.
 */
export class Told {
  readonly #errors = new Map<Resource, Findings>();
  readonly #all = new Map<Resource, Findings>();

  note(resource: Resource, rule: Rule, field: string): void {
    add(this.#all, resource, rule, field);
    if (rule.severity === "error" && SPEAK_FIRST.has(rule.category)) add(this.#errors, resource, rule, field);
  }

  /** The causes that no error has told. */
  untoldCauses<T extends { readonly at: string }>(resource: Resource, causes: readonly T[]): readonly T[] {
    const errors = this.#errors.get(resource);
    return errors === undefined ? causes : causes.filter(({ at }) => !errors.tell(at));
  }

  /** The warnings that no finding has told. */
  untoldWarnings<T extends { readonly at: string }>(resource: Resource, warnings: readonly T[]): readonly T[] {
    const all = this.#all.get(resource);
    return all === undefined ? warnings : warnings.filter(({ at }) => !all.tellExactly(at));
  }
}

function add(to: Map<Resource, Findings>, resource: Resource, rule: Rule, field: string): void {
  const known = to.get(resource);
  const findings = known ?? new Findings();
  if (known === undefined) to.set(resource, findings);
  findings.add(rule, field);
}
