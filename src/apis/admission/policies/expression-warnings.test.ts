import type { CustomKind } from "../../surroundings.js";
import type { ValidatingAdmissionPolicy } from "../../types/admissionregistration.v1.generated.js";
import { expressionWarnings } from "./expression-warnings.js";

const WIDGET = {
  plural: "widgets",
  schema: { type: "object", properties: { spec: { type: "object", properties: { size: { type: "integer" } } } } },
} as unknown as CustomKind;

function warned(expression: string, more: object = {}, rule: object = {}): string[] {
  const resourceRules = [
    { apiGroups: ["apps"], apiVersions: ["v1"], operations: ["*"], resources: ["deployments"], ...rule },
  ];
  const spec = { matchConstraints: { resourceRules }, validations: [{ expression }], ...more };
  const policy = { metadata: { name: "p" }, spec } as ValidatingAdmissionPolicy;
  return expressionWarnings(policy, 34, new Map([["x.io/v1 Widget", WIDGET]])).map(({ fieldRef }) => fieldRef);
}

test("expressions are held against the types of the kinds that rules name", () => {
  const first = ["spec.validations[0].expression"];
  expect(warned("object.spec.replicas > 1 && object.metadata.namespace == 'x' && object.kind != ''")).toEqual([]);
  expect(warned("object.spec.replicaz > 1")).toEqual(first);
  expect(warned("object.spec.replicas > '1'")).toEqual(first);
  expect(warned("object.spec.template.spec.containers.all(c, c.image.startsWith('x') && c.tag == '')")).toEqual(first);
  expect(warned("object.spec.template.spec.containers.all(c, c.resources.limits['cpu'] == '1')")).toEqual([]);
  expect(warned("object.spec.strategy.rollingUpdate.maxSurge == 1 || oldObject.metadata.labels['a'] == 'b'")).toEqual(
    [],
  );
  expect(warned("object.spec.bogus == 1", {}, { apiVersions: ["*"] })).toEqual([]);
  expect(warned("object.spec.replicas == 1", {}, { resources: ["deployments", "daemonsets"] })).toEqual(first);
  expect(warned("object.spec.replicas == 1", {}, { resources: ["deployments", "deployments/scale"] })).toEqual([]);
});

test("messages and parameters are checked, too, and custom kinds", () => {
  const validations = [{ expression: "true", messageExpression: "'x' + object.spec.replicas" }];
  expect(warned("", { validations })).toEqual(["spec.validations[0].messageExpression"]);
  const params = { paramKind: { apiVersion: "v1", kind: "ConfigMap" } };
  expect(warned("params.data['a'] == 'b'", params)).toEqual([]);
  expect(warned("params.spec.a == 'b'", params)).toEqual(["spec.validations[0].expression"]);
  const widgets = { apiGroups: ["x.io"], resources: ["widgets"] };
  expect(warned("object.spec.size > 1 && object.metadata.labels.a == ''", {}, widgets)).toEqual([]);
  expect(warned("object.spec.sizes > 1", {}, widgets)).toEqual(["spec.validations[0].expression"]);
});

test("variables have the types of their expressions", () => {
  const variables = [
    { name: "count", expression: "object.spec.replicas" },
    { name: "bad", expression: "object.spec.x" },
  ];
  expect(warned("variables.count > 1 && variables.bad", { variables })).toEqual([]);
  expect(warned("variables.count == 'a'", { variables })).toEqual(["spec.validations[0].expression"]);
});
