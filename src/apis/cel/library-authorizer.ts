import type { CelFunction, CelFunctions } from "./function-table.js";
import { CelOpaque, type CelValue, NOT_KNOWN } from "./values.js";

/** What an expression asks the authorizer; fields as in a SubjectAccessReview. */
export interface AccessQuestion {
  /** `system:serviceaccount:NAMESPACE:NAME` where the expression asks for another than the user. */
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  readonly verb?: string;
}

export interface AccessAnswer {
  readonly allowed: boolean;
  readonly reason?: string;
}

/** Undefined where it is not known. */
export type Authorize = (question: AccessQuestion) => AccessAnswer | undefined;

interface Asking {
  readonly question: AccessQuestion;
  readonly authorize: Authorize | undefined;
}

/** The variable `authorizer`, and `authorizer.requestResource` where the question is of a resource. */
export const authorizerValue = (
  authorize: Authorize | undefined,
  question: AccessQuestion = {},
  type = question.resource === undefined ? "authorizer" : "resourceCheck",
): CelValue => new CelOpaque<Asking>(type, { question, authorize }, JSON.stringify([type, question]));

/** A function that adds to the question. */
const asks =
  (from: string, to: string, ...fields: readonly (keyof AccessQuestion)[]): CelFunction =>
  ([asking, ...texts]) => {
    if (!(asking instanceof CelOpaque) || asking.type !== from || !texts.every((text) => typeof text === "string"))
      return undefined;
    const { question, authorize } = asking.held as Asking;
    const added = Object.fromEntries(fields.map((field, i) => [field, texts[i]]));
    return authorizerValue(authorize, { ...question, ...added }, to);
  };

const check: CelFunction = ([asking, verb]) => {
  if (!(asking instanceof CelOpaque) || !["pathCheck", "resourceCheck"].includes(asking.type)) return undefined;
  if (typeof verb !== "string") return undefined;
  const { question, authorize } = asking.held as Asking;
  const answer = authorize?.({ ...question, verb });
  return answer === undefined ? NOT_KNOWN : new CelOpaque("decision", answer, JSON.stringify(answer));
};

const ofDecision =
  (read: (answer: AccessAnswer) => CelValue): CelFunction =>
  ([decision]) =>
    decision instanceof CelOpaque && decision.type === "decision" ? read(decision.held as AccessAnswer) : undefined;

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-authorizer-library */
export const AUTHORIZER_FUNCTIONS: CelFunctions = {
  path: asks("authorizer", "pathCheck", "path"),
  group: asks("authorizer", "groupCheck", "group"),
  serviceAccount: ([asking, namespace, name]) => {
    if (!(asking instanceof CelOpaque) || asking.type !== "authorizer") return undefined;
    if (typeof namespace !== "string" || typeof name !== "string") return undefined;
    const { authorize } = asking.held as Asking;
    return authorizerValue(authorize, { serviceAccount: { namespace, name } }, "authorizer");
  },
  resource: asks("groupCheck", "resourceCheck", "resource"),
  subresource: asks("resourceCheck", "resourceCheck", "subresource"),
  namespace: asks("resourceCheck", "resourceCheck", "namespace"),
  name: asks("resourceCheck", "resourceCheck", "name"),
  fieldSelector: asks("resourceCheck", "resourceCheck", "fieldSelector"),
  labelSelector: asks("resourceCheck", "resourceCheck", "labelSelector"),
  check,
  allowed: ofDecision(({ allowed }) => allowed),
  reason: ofDecision(({ reason = "" }) => reason),
  errored: ofDecision(() => false),
  error: ofDecision(() => ""),
};
