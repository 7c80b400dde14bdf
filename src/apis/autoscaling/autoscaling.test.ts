import { admitObject, EMPTY_CLUSTER } from "../index.js";

const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "a" };
const METRICS = "autoscaling.alpha.kubernetes.io/metrics";
const BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

const admit = (version: string, spec: object, annotations: Record<string, string> = {}, minor = 34) =>
  admitObject(
    {
      apiVersion: `autoscaling/${version}`,
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "a", annotations },
      spec: { scaleTargetRef, maxReplicas: 3, ...spec },
    },
    { minor, surroundings: EMPTY_CLUSTER },
  );
const faults = (...input: Parameters<typeof admit>) =>
  admit(...input).causes.map(({ reason, field }) => `${reason.replace("FieldValue", "")} ${field}`);

test.each([
  [{ ...scaleTargetRef, apiVersion: "v1" }, ["Invalid spec.scaleTargetRef.apiVersion"]],
  [{ ...scaleTargetRef, apiVersion: "a/b/c" }, ["Invalid spec.scaleTargetRef.apiVersion"]],
  [{ kind: "ReplicationController", name: "a" }, []],
  [{ ...scaleTargetRef, name: "a/b" }, ["Invalid spec.scaleTargetRef.name"]],
])("what is scaled: %j", (reference, expected) => {
  expect(faults("v2", { scaleTargetRef: reference })).toEqual(expected);
});

test("of several sources the first is looked into, and those of other types are refused", () => {
  const resource = { name: "cpu", target: { type: "Utilization", averageUtilization: 0 } };
  const external = { metric: { name: "x" }, target: { type: "Value", value: "1", averageValue: "1" } };
  expect(faults("v2", { metrics: [{ type: "Resource", resource, external }] })).toEqual([
    "Forbidden spec.metrics[0].external.target.value",
    "Forbidden spec.metrics[0].external",
  ]);
});

test("a behavior is filled in as a whole; a tolerance is known since 1.35", () => {
  const spec = { behavior: { scaleDown: { selectPolicy: "Min", tolerance: "0.05" } } };
  const rules = (minor: number) => admit("v2", spec, {}, minor).object;
  expect(rules(35)).toHaveProperty("spec.behavior.scaleDown.tolerance", "50m");
  expect(rules(34)).not.toHaveProperty("spec.behavior.scaleDown.tolerance");
  expect(rules(34)).toHaveProperty("spec.behavior.scaleUp.policies.1.value", 100);
});

describe("the first version", () => {
  const pods = (amount: string) =>
    JSON.stringify([{ type: "Pods", pods: { metricName: "x", targetAverageValue: amount } }]);

  test("has metrics in an annotation, before the one of its field", () => {
    const spec = { targetCPUUtilizationPercentage: 0 };
    expect(faults("v1", spec, { [METRICS]: pods("0") })).toEqual([
      "Invalid spec.metrics[0].pods.target.averageValue",
      "Invalid spec.metrics[1].resource.target.averageUtilization",
    ]);
    const { object } = admit("v1", {}, { [METRICS]: pods("1000"), other: "kept" });
    expect(object).toHaveProperty("metadata.annotations", { [METRICS]: pods("1k"), other: "kept" });
    expect(object).not.toHaveProperty("spec.targetCPUUtilizationPercentage");
  });

  test("has the behavior in an annotation", () => {
    const behavior = {
      ScaleUp: { SelectPolicy: "Bogus", Policies: [{ Type: "Pods", Value: 1, PeriodSeconds: 9999 }] },
    };
    expect(faults("v1", {}, { [BEHAVIOR]: JSON.stringify(behavior) })).toEqual([
      "NotSupported spec.behavior.scaleUp.selectPolicy",
      "Invalid spec.behavior.scaleUp.policies[0].periodSeconds",
    ]);
  });

  test.each(["", "{", "[", "null", "[1]", '{"ScaleUp":1}', '[{"resource":{"name":7}}]'])(
    "passes over annotations that cannot be read: %j",
    (text) => {
      const { allowed, object } = admit("v1", {}, { [METRICS]: text, [BEHAVIOR]: text });
      expect(allowed).toBe(true);
      expect(object).toHaveProperty("spec.targetCPUUtilizationPercentage", 80);
      expect(object).not.toHaveProperty(["metadata", "annotations", METRICS]);
    },
  );
});
