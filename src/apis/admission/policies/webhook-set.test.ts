import type {
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from "../../types/admissionregistration.v1.generated.js";
import type { PolicyRequest } from "./policy-request.js";
import { type FindAnswer, WebhookSet } from "./webhook-set.js";

const RULE = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] };
const REQUEST: PolicyRequest = {
  operation: "CREATE",
  kind: { group: "", version: "v1", kind: "Pod", resource: "pods" },
  name: "web",
  namespace: "shop",
  object: { apiVersion: "v1", kind: "Pod", metadata: { name: "web", namespace: "shop", labels: { app: "web" } } },
  namespaceObject: { metadata: { name: "shop", labels: { checked: "yes" } } },
  user: { name: "jo", groups: [] },
};

function review(webhook: Partial<ValidatingWebhook>, request = {}, findAnswer: FindAnswer = () => "no such Service") {
  const set = new WebhookSet(findAnswer);
  const clientConfig = { service: { namespace: "hooks", name: "checker" } };
  set.set({
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: "checks" },
    webhooks: [{ name: "pods.example.com", admissionReviewVersions: ["v1"], clientConfig, rules: [RULE], ...webhook }],
  } as ValidatingWebhookConfiguration);
  return set.review({ ...REQUEST, ...request })?.code;
}

test("a webhook that nobody answers fails the requests it is about", () => {
  expect(review({})).toBe(500);
  expect(review({}, {}, () => "no ready endpoint")).toBe(500);
  expect(review({}, {}, () => undefined)).toBeUndefined();
  expect(review({ failurePolicy: "Ignore" })).toBeUndefined();
  expect(review({}, { operation: "UPDATE", oldObject: REQUEST.object })).toBeUndefined();
  expect(review({ namespaceSelector: { matchLabels: { checked: "no" } } })).toBeUndefined();
  expect(review({ objectSelector: { matchLabels: { app: "web" } } })).toBe(500);
  expect(review({ clientConfig: { url: "https://hooks.example.com" } })).toBeUndefined();
});

test("its match conditions keep it out, or fail themselves", () => {
  const condition = (expression: string) => ({ matchConditions: [{ name: "c", expression }] });
  expect(review(condition("object.metadata.name != 'web'"))).toBeUndefined();
  expect(review(condition("object.metadata.name == 'web'"))).toBe(500);
  expect(review(condition("object.metadata.nothing == 'web'"), {}, () => undefined)).toBe(500);
});

test("what configures admission passes", () => {
  const kind = { group: "admissionregistration.k8s.io", version: "v1", kind: "X", resource: "xs" };
  expect(review({ rules: [{ ...RULE, apiGroups: ["*"], resources: ["*"] }] }, { kind })).toBeUndefined();
});
