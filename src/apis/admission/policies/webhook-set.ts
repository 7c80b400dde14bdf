import { evaluate, readExpression } from "../../cel/evaluate.js";
import { CelError, NOT_KNOWN } from "../../cel/values.js";
import type { Denial } from "../../surroundings.js";
import type {
  MatchCondition,
  MutatingWebhook,
  MutatingWebhookConfiguration,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from "../../types/admissionregistration.v1.generated.js";
import { matchRequest } from "./match-request.js";
import type { PolicyRequest } from "./policy-request.js";
import { RequestValues } from "./request-values.js";

export type WebhookConfiguration = MutatingWebhookConfiguration | ValidatingWebhookConfiguration;
type Webhook = MutatingWebhook | ValidatingWebhook;

/** Whether anything answers at a Service; undefined where the input does not tell. */
export type FindAnswer = (namespace: string, name: string) => "no such Service" | "no ready endpoint" | undefined;

const GROUP = "admissionregistration.k8s.io";

/**
 * The admission webhooks of a cluster. What one would say nobody knows offline, and requests pass; but one that cannot be
 * called fails every request it is about, unless its `failurePolicy` is Ignore.
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy
 */
export class WebhookSet {
  readonly #webhooks = new Map<string, readonly Webhook[]>();

  constructor(public findAnswer: FindAnswer) {}

  /** Takes in a configuration as it is stored; one of the same kind and name is replaced. */
  set(configuration: WebhookConfiguration): void {
    this.#webhooks.set(keyOf(configuration), configuration.webhooks ?? []);
  }

  remove(configuration: WebhookConfiguration): void {
    this.#webhooks.delete(keyOf(configuration));
  }

  get isEmpty(): boolean {
    return this.#webhooks.size === 0;
  }

  /** The failure of a webhook that has to be asked about a request and cannot be; undefined where there is none. */
  review(request: PolicyRequest): Denial | undefined {
    // What configures admission is beyond its reach, so that a mistake in it can be undone.
    if (request.kind.group === GROUP) return undefined;
    for (const webhooks of this.#webhooks.values())
      for (const webhook of webhooks) {
        const failure = webhook.failurePolicy === "Ignore" ? undefined : this.#failureOf(webhook, request);
        if (failure !== undefined) return internalError(`Webhook "${webhook.name}" cannot be called: ${failure}`);
      }
    return undefined;
  }

  #failureOf(webhook: Webhook, request: PolicyRequest): string | undefined {
    const { rules = [], matchPolicy, namespaceSelector, objectSelector, matchConditions = [], clientConfig } = webhook;
    if (rules.length === 0) return undefined;
    const matched = matchRequest({ resourceRules: rules, matchPolicy, namespaceSelector, objectSelector }, request);
    if (matched === undefined) return undefined;
    const met = meets(matchConditions, new RequestValues(request, matched.version, undefined));
    if (met instanceof CelError) return `a match condition cannot be evaluated: ${met.message}`;
    const { service } = clientConfig;
    if (!met || service === undefined) return undefined;
    const lack = this.findAnswer(service.namespace, service.name);
    return lack && `Service "${service.name}" in namespace "${service.namespace}": ${lack}`;
  }
}

const keyOf = ({ kind, metadata }: WebhookConfiguration): string => `${kind} ${metadata.name}`;

/** One that is not met decides, whatever the others come to; one that is not known keeps the webhook out. */
function meets(conditions: readonly MatchCondition[], { get }: RequestValues): boolean | CelError {
  const results = conditions.map(({ expression }) => {
    const program = readExpression(expression);
    return program === undefined ? new CelError("no expression") : evaluate(program, get);
  });
  if (results.some((result) => result === false || result === NOT_KNOWN)) return false;
  return results.find((result) => result instanceof CelError) ?? true;
}

const internalError = (message: string): Denial => ({
  code: 500,
  reason: "InternalError",
  causes: [{ reason: "Forbidden", field: "", message }],
});
