import { admitObject, EMPTY_CLUSTER } from "../index.js";

const admit = (kind: string, spec: object, metadata: object = {}, minor = 34) =>
  admitObject({ apiVersion: "authorization.k8s.io/v1", kind, metadata, spec }, { minor, surroundings: EMPTY_CLUSTER });
const causes = (...args: Parameters<typeof admit>) =>
  admit(...args).causes.map(({ reason, field }) => `${reason} ${field}`);
const selecting = (operator: string) => ({
  user: "jane",
  resourceAttributes: {
    labelSelector: { requirements: [{ key: "app", operator }] },
    fieldSelector: { requirements: [{ key: "spec.nodeName", operator }] },
  },
});

test("selectors may have operators that the server does not know, and lack values only of others", () => {
  expect(causes("SubjectAccessReview", selecting("Above"))).toEqual([]);
  expect(causes("SubjectAccessReview", selecting("In")).sort()).toEqual([
    "FieldValueRequired spec.resourceAttributes.fieldSelector.requirements[0].values",
    "FieldValueRequired spec.resourceAttributes.labelSelector.requirements[0].values",
  ]);
  // Before selectors count, they are dropped.
  expect(causes("SubjectAccessReview", selecting("In"), {}, 31)).toEqual([]);
});

test("only a local review has a namespace, and none has other metadata", () => {
  const spec = { user: "jane", resourceAttributes: { namespace: "shop" } };
  expect(causes("LocalSubjectAccessReview", spec, { namespace: "shop", labels: {} })).toEqual([]);
  expect(causes("LocalSubjectAccessReview", spec)).toEqual(["FieldValueInvalid spec.resourceAttributes.namespace"]);
  expect(causes("SelfSubjectAccessReview", { resourceAttributes: {} }, { uid: "x", generateName: "a" })).toEqual([
    "FieldValueInvalid metadata",
  ]);
});

test("rules are asked of a namespace, and nothing of the question is in the answer", () => {
  expect(admit("SelfSubjectRulesReview", {}).code).toBe(400);
  expect(admit("SelfSubjectRulesReview", { namespace: "shop" }, { name: "a" }).object).toMatchObject({
    metadata: {},
    spec: {},
  });
});
