import { wordsOf } from "../../apiextensions/evaluate-rules.js";
import { type Bindings, type CelProgram, evaluate, readExpression } from "../../cel/evaluate.js";
import { CelError, type CelValue, NOT_KNOWN } from "../../cel/values.js";
import type { ValidatingAdmissionPolicy, Validation } from "../../types/admissionregistration.v1.generated.js";
import type { DenialReason } from "./policy-request.js";
import { PolicyVariables, type RequestValues } from "./request-values.js";

/** What one validation comes to. */
export interface Decision {
  /** The place of the validation in its policy. */
  readonly index: number;
  readonly message: string;
  readonly reason: DenialReason;
}

export interface Evaluated {
  readonly decisions: readonly Decision[];
  /** Values of audit annotations by key. */
  readonly audit: readonly (readonly [key: string, value: string])[];
  /** Whether something could not be told. */
  readonly incomplete: boolean;
}

const NOTHING: Evaluated = { decisions: [], audit: [], incomplete: false };
const UNTOLD: Evaluated = { ...NOTHING, incomplete: true };
const LONGEST_ANNOTATION = 10 * 1024;

/** A policy with its expressions read. */
export class PolicyEvaluator {
  readonly #programs = new Map<string, CelProgram | undefined>();

  constructor(readonly policy: ValidatingAdmissionPolicy) {}

  evaluate(values: RequestValues): Evaluated {
    const { matchConditions = [], validations = [], auditAnnotations = [] } = this.policy.spec;
    const met = this.#conditions(
      matchConditions.map(({ expression }) => expression),
      values.get,
    );
    if (met !== true) return met;
    const bindings = this.#withVariables(values);
    const decisions: Decision[] = [];
    let incomplete = false;
    for (const [index, validation] of validations.entries()) {
      const result = this.#value(validation.expression, bindings);
      if (result === true) continue;
      if (result === NOT_KNOWN) incomplete = true;
      else if (result instanceof CelError) decisions.push(...this.#failure(validation.expression, result, index));
      else decisions.push(this.#decision(validation, bindings, index));
    }
    const audit: (readonly [string, string])[] = [];
    for (const { key, valueExpression } of auditAnnotations) {
      const result = this.#value(valueExpression, bindings);
      if (result === NOT_KNOWN) incomplete = true;
      else if (result instanceof CelError) decisions.push(...this.#failure(valueExpression, result));
      else if (typeof result === "string" && result.trim() !== "")
        audit.push([key, result.trim().slice(0, LONGEST_ANNOTATION)]);
    }
    return { decisions, audit, incomplete };
  }

  /** True where all are met; one that is not decides, whatever the others come to. */
  #conditions(expressions: readonly string[], bindings: Bindings): true | Evaluated {
    const results = expressions.map((expression) => [expression, this.#value(expression, bindings)] as const);
    if (results.some(([, result]) => result === false)) return NOTHING;
    if (results.some(([, result]) => result === NOT_KNOWN)) return UNTOLD;
    for (const [expression, result] of results)
      if (result instanceof CelError) return { ...NOTHING, decisions: this.#failure(expression, result) };
    return true;
  }

  /** Variables see those before them. */
  #withVariables({ get }: RequestValues): Bindings {
    const evaluators = new Map<string, () => CelValue>();
    const variables = new PolicyVariables(evaluators);
    const bindings: Bindings = (name) => (name === "variables" ? variables : get(name));
    for (const { name, expression } of this.policy.spec.variables ?? [])
      evaluators.set(name, () => this.#value(expression, bindings));
    return bindings;
  }

  #value(expression: string, bindings: Bindings): CelValue {
    if (!this.#programs.has(expression)) this.#programs.set(expression, readExpression(expression));
    const program = this.#programs.get(expression);
    return program === undefined ? new CelError("no expression") : evaluate(program, bindings);
  }

  /** What cannot be evaluated is refused or let pass, as the policy says. */
  #failure(expression: string, { message }: CelError, index = 0): Decision[] {
    if (this.policy.spec.failurePolicy === "Ignore") return [];
    return [{ index, reason: "Invalid", message: `${expression.trim()} cannot be evaluated: ${message}` }];
  }

  #decision(validation: Validation, bindings: Bindings, index: number): Decision {
    const { expression, message, messageExpression, reason = "Invalid" } = validation;
    const words = messageExpression ? wordsOf(this.#value(messageExpression, bindings)) : undefined;
    const text = words ?? (message?.trim() || `${expression.trim()} does not hold`);
    return { index, reason: reason as DenialReason, message: text };
  }
}
