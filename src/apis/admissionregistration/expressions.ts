import { checkExpression, type Scope, typeFault } from "../cel/check.js";
import { BOOL, type CelType, DYN, INT, listOf, mapOf, objectOf, STRING, TIMESTAMP, UNKNOWN } from "../cel/types.js";
import type { FieldErrors } from "../meta/field-errors.js";
import type { FieldPath } from "../meta/field-path.js";
import type { ValidatingAdmissionPolicySpec } from "../types/admissionregistration.v1.generated.js";

const KIND = objectOf("GroupVersionKind", { group: STRING, version: STRING, kind: STRING });
const RESOURCE = objectOf("GroupVersionResource", { group: STRING, version: STRING, resource: STRING });
const LABELS = mapOf(STRING, STRING);
const METADATA = objectOf("metadata", {
  name: STRING,
  generateName: STRING,
  namespace: STRING,
  labels: LABELS,
  annotations: LABELS,
  UID: STRING,
  creationTimestamp: TIMESTAMP,
  deletionGracePeriodSeconds: INT,
  deletionTimestamp: TIMESTAMP,
  generation: INT,
  resourceVersion: STRING,
  finalizers: listOf(STRING),
});

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression */
const REQUEST_VARIABLES: Readonly<Record<string, CelType>> = {
  object: DYN,
  oldObject: DYN,
  request: objectOf("request", {
    kind: KIND,
    resource: RESOURCE,
    subResource: STRING,
    requestKind: KIND,
    requestResource: RESOURCE,
    requestSubResource: STRING,
    name: STRING,
    namespace: STRING,
    operation: STRING,
    userInfo: objectOf("userInfo", {
      username: STRING,
      uid: STRING,
      groups: listOf(STRING),
      extra: mapOf(STRING, listOf(STRING)),
    }),
    dryRun: BOOL,
    options: DYN,
  }),
  namespaceObject: objectOf("namespaceObject", {
    metadata: METADATA,
    spec: objectOf("spec", { finalizers: listOf(STRING) }),
    status: objectOf("status", { phase: STRING }),
  }),
};
const AUTHORIZERS: Readonly<Record<string, CelType>> = {
  authorizer: { name: "authorizer" },
  "authorizer.requestResource": { name: "resourceCheck" },
};

/** What the match conditions of webhooks see. */
export const REQUEST_SCOPE: Scope = new Map(Object.entries({ ...REQUEST_VARIABLES, ...AUTHORIZERS }));

/** What the expressions of a policy see. */
export interface PolicyScopes {
  readonly matching: Scope;
  readonly validating: Scope;
  /** Of messages, which may not ask who is allowed what. */
  readonly wording: Scope;
  /** Filled as variables are found. */
  readonly variables: Map<string, CelType>;
}

export function policyScopes({ paramKind, variables }: ValidatingAdmissionPolicySpec): PolicyScopes {
  const params: Readonly<Record<string, CelType>> = paramKind === undefined ? {} : { params: DYN };
  const fields = new Map<string, CelType>();
  const own: Readonly<Record<string, CelType>> = variables?.length ? { variables: { name: "variables", fields } } : {};
  const scope = (...parts: readonly Readonly<Record<string, CelType>>[]): Scope =>
    new Map(Object.entries(Object.assign({}, ...parts) as Record<string, CelType>));
  return {
    matching: scope(REQUEST_VARIABLES, AUTHORIZERS, params),
    validating: scope(REQUEST_VARIABLES, AUTHORIZERS, params, own),
    wording: scope(REQUEST_VARIABLES, params, own),
    variables: fields,
  };
}

const KEPT = new Set("unknown bool bytes double duration int null string timestamp uint".split(" "));

/** Of variables, only plain types and lists and maps of them are kept; others are of any type to what uses them. */
export function typeOfVariable(type: CelType): CelType {
  if (type.name === "list" || type.name === "map") return { ...type, of: type.of!.map(typeOfVariable) };
  return KEPT.has(type.name) ? type : DYN;
}

/**
 * Reports an expression that is missing, wrong, or of another type than one that is wanted. Answers its type, unknown
 * where it is wrong; undefined where there is none.
 */
export function checkExpressionField(
  text: string,
  scope: Scope,
  wanted: readonly CelType[] | undefined,
  at: FieldPath,
  errors: FieldErrors,
): CelType | undefined {
  if (text.trim() === "") {
    errors.required(at);
    return undefined;
  }
  const checked = checkExpression(text, scope);
  const fault = checked.fault ?? (wanted && typeFault(checked.type, wanted));
  if (fault !== undefined) errors.invalid(at, text, fault);
  return checked.fault === undefined ? checked.type : UNKNOWN;
}
