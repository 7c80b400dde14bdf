import type { AccessAnswer, AccessQuestion } from "../../cel/library-authorizer.js";
import type { ApiObject } from "../../kind-rules.js";
import { kindIndexOf } from "../../served-kinds.js";
import { ADMINISTRATOR, type Denial } from "../../surroundings.js";
import { denialOf, warningText } from "./policy-answer.js";
import type { FindParameters, PolicyRequest, PolicyUser } from "./policy-request.js";
import { PolicySet } from "./policy-set.js";
import { type FindAnswer, WebhookSet } from "./webhook-set.js";

/** Who sends a request. */
export interface Sender {
  readonly user: PolicyUser;
  /** Who may do what; undefined answers are not known. */
  readonly authorize?: (user: PolicyUser, question: AccessQuestion) => AccessAnswer | undefined;
}

/** By the object that is sent, where several send what comes next. */
export type SenderOf = (object: ApiObject) => Sender;

const ANYBODY: Sender = { user: ADMINISTRATOR };

/** A request as the cluster so far knows it. */
export interface ReviewedRequest {
  /** `deployments.apps`. */
  readonly resource: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly object: ApiObject | undefined;
  readonly old: ApiObject | undefined;
  readonly namespaceObject: ApiObject | undefined;
}

/** The policies and webhooks among the objects of a cluster. */
export class ClusterPolicies {
  readonly set: PolicySet;
  readonly webhooks: WebhookSet;
  /** Whoever sends the requests to come. */
  sender: Sender | SenderOf = ANYBODY;
  readonly #otherVersions = new Map<string, readonly string[]>();

  constructor(
    private readonly minor: number,
    findParameters: FindParameters,
    findAnswer: FindAnswer,
  ) {
    this.set = new PolicySet(findParameters);
    this.webhooks = new WebhookSet(findAnswer);
  }

  get hasAny(): boolean {
    return !this.set.isEmpty || !this.webhooks.isEmpty;
  }

  /** What policies and webhooks answer to a request in place of storing the object; undefined where they let it pass. */
  review(reviewed: ReviewedRequest, warn: (text: string) => void): Denial | undefined {
    if (!this.hasAny) return undefined;
    const request = this.#requestOf(reviewed);
    const judgement = this.set.judge(request);
    for (const warning of judgement.warnings) warn(warningText(warning));
    return denialOf(judgement) ?? this.webhooks.review(request);
  }

  #requestOf({ resource, apiVersion, kind, namespaced, object, old, namespaceObject }: ReviewedRequest): PolicyRequest {
    const slash = apiVersion.indexOf("/");
    const { sender } = this;
    const { user, authorize } = typeof sender === "function" ? sender((object ?? old)!) : sender;
    const { name, namespace } = (object ?? old)?.metadata ?? {};
    const dot = resource.indexOf(".");
    return {
      operation: object === undefined ? "DELETE" : old === undefined ? "CREATE" : "UPDATE",
      kind: {
        group: slash < 0 ? "" : apiVersion.slice(0, slash),
        version: apiVersion.slice(slash + 1),
        kind,
        resource: dot < 0 ? resource : resource.slice(0, dot),
      },
      otherVersions: this.#versionsBeside(apiVersion, kind),
      name,
      namespace: namespaced ? namespace : resource === "namespaces" ? name : undefined,
      object: object as Readonly<Record<string, unknown>> | undefined,
      oldObject: old as Readonly<Record<string, unknown>> | undefined,
      namespaceObject: namespaceObject as Readonly<Record<string, unknown>> | undefined,
      user,
      authorize: authorize && ((question) => authorize(user, question)),
    };
  }

  #versionsBeside(apiVersion: string, kind: string): readonly string[] {
    const key = `${apiVersion} ${kind}`;
    let versions = this.#otherVersions.get(key);
    if (versions === undefined) {
      const group = apiVersion.slice(0, apiVersion.indexOf("/") + 1);
      versions = [...kindIndexOf(this.minor).served.values()]
        .filter((entry) => entry.kind === kind && entry.apiVersion !== apiVersion)
        .filter((entry) => entry.apiVersion.slice(0, entry.apiVersion.indexOf("/") + 1) === group)
        .map((entry) => entry.apiVersion.slice(group.length));
      this.#otherVersions.set(key, versions);
    }
    return versions;
  }
}
