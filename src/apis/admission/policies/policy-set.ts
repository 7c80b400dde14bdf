import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from "../../types/admissionregistration.v1.generated.js";
import { matchRequest } from "./match-request.js";
import { collectParameters } from "./parameters.js";
import { type Evaluated, PolicyEvaluator } from "./policy-evaluation.js";
import type { DenialReason, FindParameters, Judgement, PolicyDenial, PolicyRequest } from "./policy-request.js";
import { RequestValues } from "./request-values.js";

const GROUP = "admissionregistration.k8s.io";
/** What policies are made of is beyond their reach. */
const OUT_OF_REACH = new Set([
  "validatingadmissionpolicies",
  "validatingadmissionpolicybindings",
  "mutatingadmissionpolicies",
  "mutatingadmissionpolicybindings",
]);
const NO_JUDGEMENT: Judgement = { denials: [], warnings: [], audit: {}, incomplete: false };

/** The ValidatingAdmissionPolicies of a cluster, with their bindings: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
export class PolicySet {
  readonly #policies = new Map<string, PolicyEvaluator>();
  readonly #bindings = new Map<string, ValidatingAdmissionPolicyBinding>();
  /** By policy; made anew when a binding comes or goes. */
  #bindingsOf: ReadonlyMap<string, readonly ValidatingAdmissionPolicyBinding[]> | undefined;

  constructor(private readonly findParameters: FindParameters) {}

  /** Takes in a policy as it is stored; one of the same name is replaced. */
  setPolicy(policy: ValidatingAdmissionPolicy): void {
    this.#policies.set(policy.metadata.name ?? "", new PolicyEvaluator(policy));
  }

  setBinding(binding: ValidatingAdmissionPolicyBinding): void {
    this.#bindings.set(binding.metadata.name ?? "", binding);
    this.#bindingsOf = undefined;
  }

  removePolicy(name: string): void {
    this.#policies.delete(name);
  }

  removeBinding(name: string): void {
    this.#bindings.delete(name);
    this.#bindingsOf = undefined;
  }

  /** Whether no request can be denied. */
  get isEmpty(): boolean {
    return this.#policies.size === 0 || this.#bindings.size === 0;
  }

  /** What the policies say to a request. */
  judge(request: PolicyRequest): Judgement {
    if (this.isEmpty) return NO_JUDGEMENT;
    if (request.kind.group === GROUP && OUT_OF_REACH.has(request.kind.resource)) return NO_JUDGEMENT;
    const verdict = new Verdicts();
    for (const [name, evaluator] of this.#policies) {
      const bindings = this.#bindingsByPolicy().get(name);
      if (bindings !== undefined) this.#ask(name, evaluator, bindings, request, verdict);
    }
    return verdict;
  }

  #bindingsByPolicy(): ReadonlyMap<string, readonly ValidatingAdmissionPolicyBinding[]> {
    if (this.#bindingsOf !== undefined) return this.#bindingsOf;
    const lists = new Map<string, ValidatingAdmissionPolicyBinding[]>();
    for (const binding of this.#bindings.values()) {
      const { policyName = "" } = binding.spec;
      const list = lists.get(policyName);
      if (list === undefined) lists.set(policyName, [binding]);
      else list.push(binding);
    }
    this.#bindingsOf = lists;
    return lists;
  }

  #ask(
    name: string,
    evaluator: PolicyEvaluator,
    bindings: readonly ValidatingAdmissionPolicyBinding[],
    request: PolicyRequest,
    verdict: Verdicts,
  ): void {
    const { spec } = evaluator.policy;
    const matched = matchRequest(spec.matchConstraints, request);
    if (matched === undefined) return;
    const fails = spec.failurePolicy !== "Ignore";
    const { paramKind } = spec;
    if (paramKind && this.findParameters(paramKind.apiVersion ?? "", paramKind.kind ?? "") === undefined) {
      if (fails) verdict.deny(name, undefined, `No kind ${paramKind.kind} is served for parameters`, "Invalid");
      return;
    }
    for (const binding of bindings) {
      if (matchRequest(binding.spec.matchResources, request) === undefined) continue;
      const params = collectParameters(spec, binding.spec.paramRef, request, this.findParameters);
      if ("fault" in params) {
        if (fails) verdict.deny(name, binding.metadata.name, params.fault, "Invalid");
        continue;
      }
      for (const param of params)
        verdict.take(name, binding, evaluator.evaluate(new RequestValues(request, matched.version, param)));
    }
  }
}

/** Collects what the policies say, in their order. */
class Verdicts implements Judgement {
  readonly denials: PolicyDenial[] = [];
  readonly warnings: PolicyDenial[] = [];
  readonly audit: Record<string, string> = {};
  incomplete = false;

  deny(
    policy: string,
    binding: string | undefined,
    message: string,
    reason: DenialReason,
    list: PolicyDenial[] = this.denials,
  ): void {
    list.push({ policy, binding, message, reason });
  }

  take(policy: string, { metadata, spec }: ValidatingAdmissionPolicyBinding, evaluated: Evaluated): void {
    const { decisions, audit, incomplete } = evaluated;
    const { name } = metadata;
    const actions = spec.validationActions ?? [];
    this.incomplete ||= incomplete;
    decisions.forEach(({ index, message, reason }) => {
      if (actions.includes("Deny")) this.deny(policy, name, message, reason);
      if (actions.includes("Warn")) this.deny(policy, name, message, reason, this.warnings);
      if (!actions.includes("Audit")) return;
      const failure = { message, policy, binding: name, expressionIndex: index, validationActions: actions };
      this.audit["validation.policy.admission.k8s.io/validation_failure"] = JSON.stringify([failure]);
    });
    for (const [key, value] of audit) {
      const known = this.audit[`${policy}/${key}`];
      this.audit[`${policy}/${key}`] = known === undefined || known === value ? value : `${known}, ${value}`;
    }
  }
}
