import { admitObject, ClusterSoFar } from "../../index.js";
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBindingSpec,
  ValidatingAdmissionPolicySpec,
} from "../../types/admissionregistration.v1.generated.js";
import type { FindParameters, Judgement, PolicyRequest } from "./policy-request.js";
import { PolicySet } from "./policy-set.js";

const RULE = { apiGroups: ["apps"], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["deployments"] };
const DEPLOYMENT = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
  spec: { replicas: 3, image: "${IMAGE}" },
};
const REQUEST: PolicyRequest = {
  operation: "CREATE",
  kind: { group: "apps", version: "v1", kind: "Deployment", resource: "deployments" },
  otherVersions: ["v1beta1"],
  name: "web",
  namespace: "shop",
  object: DEPLOYMENT,
  namespaceObject: { metadata: { name: "shop", labels: { tier: "a" } } },
  user: { name: "jo", groups: ["dev"] },
  isUnknown: (value) => value === "${IMAGE}",
};
const NO_PARAMETERS: FindParameters = () => undefined;

interface Given {
  readonly policy?: Partial<ValidatingAdmissionPolicySpec>;
  readonly binding?: ValidatingAdmissionPolicyBindingSpec;
  readonly request?: Partial<PolicyRequest>;
  readonly parameters?: FindParameters;
}

function judge({ policy, binding, request, parameters = NO_PARAMETERS }: Given): Judgement {
  const set = new PolicySet(parameters);
  const spec = { matchConstraints: { resourceRules: [RULE] }, validations: [{ expression: "false" }], ...policy };
  set.setPolicy({ metadata: { name: "p" }, spec } as ValidatingAdmissionPolicy);
  set.setBinding({
    metadata: { name: "b" },
    spec: { policyName: "p", validationActions: ["Deny"], ...binding },
  });
  return set.judge({ ...REQUEST, ...request });
}

const denies = (given: Given): boolean => judge(given).denials.length > 0;
const says = (expression: string, more: Given = {}): string => {
  const { denials, incomplete } = judge({ ...more, policy: { validations: [{ expression }], ...more.policy } });
  return incomplete ? "not known" : denials.length > 0 ? "denied" : "allowed";
};

test("a policy is asked about what it matches", () => {
  const matches = (matchConstraints: object, request = {}) =>
    denies({ policy: { matchConstraints: { resourceRules: [RULE], ...matchConstraints } }, request });
  expect(matches({})).toBe(true);
  expect(matches({}, { operation: "DELETE", object: undefined, oldObject: DEPLOYMENT })).toBe(false);
  expect(matches({}, { subresource: "scale" })).toBe(false);
  expect(matches({ resourceRules: [{ ...RULE, resources: ["deployments/*"] }] }, { subresource: "scale" })).toBe(true);
  expect(matches({ resourceRules: [{ ...RULE, resources: ["*"] }] }, { subresource: "scale" })).toBe(false);
  expect(matches({ resourceRules: [{ ...RULE, resources: ["*/scale"] }] }, { subresource: "scale" })).toBe(true);
  expect(matches({ resourceRules: [{ ...RULE, apiGroups: ["*"], operations: ["*"] }] })).toBe(true);
  expect(matches({ resourceRules: [{ ...RULE, resourceNames: ["other"] }] })).toBe(false);
  expect(matches({ resourceRules: [{ ...RULE, scope: "Cluster" }] })).toBe(false);
  expect(matches({ excludeResourceRules: [{ ...RULE, resourceNames: ["web"] }] })).toBe(false);
  expect(matches({ namespaceSelector: { matchLabels: { tier: "a" } } })).toBe(true);
  expect(matches({ namespaceSelector: { matchLabels: { tier: "b" } } })).toBe(false);
  const noTier = { matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] };
  expect(matches({ namespaceSelector: noTier })).toBe(false);
  expect(matches({ namespaceSelector: noTier }, { namespace: undefined })).toBe(true);
  expect(matches({ objectSelector: { matchLabels: { app: "web" } } })).toBe(true);
  expect(matches({ objectSelector: { matchLabels: { app: "api" } } })).toBe(false);
  expect(
    matches(
      { objectSelector: { matchLabels: { app: "api" } } },
      { oldObject: { metadata: { labels: { app: "api" } } } },
    ),
  ).toBe(true);
});

test("a binding narrows its policy", () => {
  expect(denies({ binding: { matchResources: { namespaceSelector: { matchLabels: { tier: "b" } } } } })).toBe(false);
  expect(denies({ binding: { matchResources: { excludeResourceRules: [RULE] } } })).toBe(false);
  expect(denies({ binding: { policyName: "other" } })).toBe(false);
});

test("another version of the same kind counts, unless the match is exact", () => {
  const resourceRules = [{ ...RULE, apiVersions: ["v1beta1"] }];
  expect(says("false", { policy: { matchConstraints: { resourceRules } } })).toBe("denied");
  expect(says("object.spec.replicas < 3", { policy: { matchConstraints: { resourceRules } } })).toBe("not known");
  expect(says("false", { policy: { matchConstraints: { resourceRules, matchPolicy: "Exact" } } })).toBe("allowed");
});

test("expressions see the request", () => {
  expect(says("object.spec.replicas == 3 && oldObject == null")).toBe("allowed");
  expect(says("object.spec.replicas < 3")).toBe("denied");
  expect(
    says("request.operation == 'CREATE' && request.kind.kind == 'Deployment' && request.namespace == 'shop'"),
  ).toBe("allowed");
  expect(
    says("request.userInfo.username == 'jo' && 'dev' in request.userInfo.groups && !has(request.userInfo.uid)"),
  ).toBe("allowed");
  expect(says("namespaceObject.metadata.labels.tier == 'a'")).toBe("allowed");
  expect(says("has(object.metadata.uid) && object.metadata.uid == 'x'")).toBe("not known");
  expect(says("request.dryRun")).toBe("not known");
  expect(says("object.spec.image != ''")).toBe("not known");
  expect(
    says("oldObject.spec.replicas <= object.spec.replicas", {
      request: { operation: "UPDATE", oldObject: { spec: { replicas: 5 } } },
    }),
  ).toBe("denied");
  expect(says("authorizer.requestResource.check('delete').allowed()")).toBe("not known");
  const authorize: PolicyRequest["authorize"] = ({ verb, group }) => ({ allowed: verb === "get" && group === "apps" });
  expect(says("authorizer.requestResource.check('delete').allowed()", { request: { authorize } })).toBe("denied");
  expect(says("authorizer.group('apps').resource('x').check('get').allowed()", { request: { authorize } })).toBe(
    "allowed",
  );
});

test("a Namespace has its own name for a namespace, and none around it", () => {
  const request = {
    kind: { group: "", version: "v1", kind: "Namespace", resource: "namespaces" },
    name: "shop",
    object: { metadata: { name: "shop", labels: { tier: "b" } } },
  };
  const ask = (expression: string, matchConstraints: object) =>
    says(expression, { request, policy: { matchConstraints } });
  const rule = { ...RULE, apiGroups: [""], resources: ["namespaces"] };
  expect(ask("request.namespace == 'shop' && namespaceObject == null", { resourceRules: [rule] })).toBe("allowed");
  expect(ask("false", { resourceRules: [{ ...rule, scope: "Namespaced" }] })).toBe("allowed");
  expect(ask("false", { resourceRules: [{ ...rule, scope: "Cluster" }] })).toBe("denied");
  const namespaceSelector = { matchLabels: { tier: "b" } };
  expect(ask("false", { resourceRules: [rule], namespaceSelector })).toBe("denied");
});

test("variables see those before them", () => {
  const variables = [
    { name: "count", expression: "object.spec.replicas" },
    { name: "double", expression: "variables.count * 2" },
    { name: "broken", expression: "object.spec.missing" },
  ];
  expect(says("variables.double == 6", { policy: { variables } })).toBe("allowed");
  expect(says("variables.double == 6 || variables.broken", { policy: { variables } })).toBe("allowed");
  expect(says("variables.broken == 1", { policy: { variables } })).toBe("denied");
});

test("what cannot be evaluated is refused or ignored", () => {
  expect(says("object.spec.missing == 1")).toBe("denied");
  expect(says("object.spec.missing == 1", { policy: { failurePolicy: "Ignore" } })).toBe("allowed");
  expect(says("false", { policy: { failurePolicy: "Ignore" } })).toBe("denied");
});

test("match conditions decide whether a policy is asked", () => {
  const with_ = (...expressions: string[]): Given => ({
    policy: { matchConditions: expressions.map((expression, i) => ({ name: `c${i}`, expression })) },
  });
  expect(says("false", with_("true"))).toBe("denied");
  expect(says("false", with_("true", "false"))).toBe("allowed");
  expect(says("false", with_("object.spec.missing", "false"))).toBe("allowed");
  expect(says("true", with_("object.spec.missing == 1", "true"))).toBe("denied");
  expect(says("false", with_("request.dryRun", "true"))).toBe("not known");
});

test("parameters are found by name and by selector", () => {
  const objects = [
    { metadata: { name: "a", labels: { env: "x" } }, data: { most: "5" } },
    { metadata: { name: "b", labels: { env: "x" } }, data: { most: "2" } },
  ];
  const parameters: FindParameters = (_, kind) =>
    kind === "ConfigMap" || kind === "Limit"
      ? { namespaced: kind === "ConfigMap", objects: (namespace) => (namespace === "empty" ? [] : objects) }
      : undefined;
  const ask = (
    paramRef: object | undefined,
    kind = "ConfigMap",
    expression = "int(params.data.most) >= object.spec.replicas",
  ) =>
    says(expression, {
      policy: { paramKind: { apiVersion: "v1", kind } },
      binding: { paramRef: paramRef && { parameterNotFoundAction: "Deny", ...paramRef } },
      parameters,
    });
  expect(ask({ name: "a" })).toBe("allowed");
  expect(ask({ name: "b" })).toBe("denied");
  expect(ask({ selector: { matchLabels: { env: "x" } } })).toBe("denied");
  expect(ask({ selector: { matchLabels: { env: "y" } }, parameterNotFoundAction: "Allow" })).toBe("allowed");
  expect(ask({ name: "a", namespace: "empty" })).toBe("denied");
  expect(ask({ name: "a", namespace: "empty", parameterNotFoundAction: "Allow" })).toBe("allowed");
  expect(ask({ name: "a" }, "Unknown", "true")).toBe("denied");
  expect(ask({ name: "a", namespace: "x" }, "Limit", "true")).toBe("denied");
  expect(ask(undefined, "ConfigMap", "params == null")).toBe("allowed");
});

test("actions say where a refusal goes, with the words of the policy", () => {
  const validations = [
    { expression: "false", messageExpression: "'no ' + object.metadata.name", message: "never", reason: "Forbidden" },
    { expression: "1 == 2", messageExpression: "object.missing", message: " plain " },
    { expression: "2 == 3", messageExpression: "' '" },
  ];
  const { denials, warnings, audit } = judge({
    policy: { validations, auditAnnotations: [{ key: "who", valueExpression: "'by ' + request.userInfo.username" }] },
    binding: { validationActions: ["Warn", "Audit"] },
  });
  expect(denials).toEqual([]);
  expect(warnings.map(({ message, reason }) => [message, reason])).toEqual([
    ["no web", "Forbidden"],
    ["plain", "Invalid"],
    ["2 == 3 does not hold", "Invalid"],
  ]);
  expect(audit["p/who"]).toBe("by jo");
  expect(audit["validation.policy.admission.k8s.io/validation_failure"]).toContain('"expressionIndex":2');
});

test("policies and bindings of the cluster are asked from when they are there", () => {
  const cluster = new ClusterSoFar(34);
  const send = (object: object) => {
    const verdict = admitObject(object, { minor: 34, surroundings: cluster });
    if (verdict.object) cluster.apply(verdict.object);
    return verdict;
  };
  const meta = (kind: string, name: string) => ({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind,
    metadata: { name },
  });
  const configMap = (name: string) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: "default" },
  });
  const rules = [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "DELETE"], resources: ["configmaps"] }];
  send({
    ...meta("ValidatingAdmissionPolicy", "p"),
    spec: {
      matchConstraints: { resourceRules: rules },
      validations: [
        {
          expression:
            "request.operation == 'CREATE' ? object.metadata.name != 'bad' : oldObject.metadata.name != 'kept'",
          reason: "Forbidden",
        },
      ],
    },
  });
  expect(send(configMap("bad")).code).toBe(201);
  send({ ...meta("ValidatingAdmissionPolicyBinding", "b"), spec: { policyName: "p", validationActions: ["Deny"] } });
  expect(send({ ...configMap("bad"), immutable: true })).toMatchObject({
    code: 403,
    reason: "Forbidden",
    causes: [{ reason: "PolicyDenied", field: "" }],
  });
  expect(send(configMap("kept")).code).toBe(201);
  const warn = () => undefined;
  expect(cluster.reviewDeletion(configMap("kept"), warn)?.code).toBe(403);
  expect(cluster.reviewDeletion(configMap("other"), warn)).toBeUndefined();
  cluster.remove({ ...meta("ValidatingAdmissionPolicyBinding", "b") });
  expect(cluster.reviewDeletion(configMap("kept"), warn)).toBeUndefined();
});
