import { admitObject, EMPTY_CLUSTER } from "../index.js";

const admit = (annotations: Record<string, string>, spec: object = {}, status: object = {}) =>
  admitObject(
    { apiVersion: "v1", kind: "Node", metadata: { name: "a", annotations }, spec, status },
    { minor: 34, surroundings: EMPTY_CLUSTER },
  );
const AVOID_PODS = "scheduler.alpha.kubernetes.io/preferAvoidPods";
const TAINTS = "scheduler.alpha.kubernetes.io/taints";
const AT = "metadata.annotations";

test.each([
  [AVOID_PODS, "", undefined],
  [AVOID_PODS, "null", undefined],
  [AVOID_PODS, "{}", undefined],
  [AVOID_PODS, "{", `FieldValueInvalid ${AT}.AvoidPods`],
  [AVOID_PODS, "7", `FieldValueInvalid ${AT}.AvoidPods`],
  [AVOID_PODS, '{"preferAvoidPods":[{}]}', `FieldValueRequired ${AT}.${AVOID_PODS}[0].PodSignature`],
  [
    AVOID_PODS,
    '{"preferAvoidPods":[{"podSignature":{"podController":{"controller":false}}}]}',
    `FieldValueInvalid ${AT}.${AVOID_PODS}[0].PodSignature.PodController.Controller`,
  ],
  [TAINTS, "[]", undefined],
  [TAINTS, "{}", `FieldValueInvalid ${AT}`],
  [TAINTS, '[{"key":7}]', `FieldValueInvalid ${AT}`],
  [TAINTS, '[{"key":"a","effect":"x"}]', `FieldValueNotSupported ${AT}.${TAINTS}[0].effect`],
])("annotation %s: %s", (name, value, fault) => {
  const causes = admit({ [name]: value }).causes.map(({ reason, field }) => `${reason} ${field}`);
  expect(causes).toEqual(fault === undefined ? [] : [fault]);
});

test("what it has is validated and kept", () => {
  const fields = admit({}, {}, { capacity: { cpu: "-1", pods: "1.5" }, allocatable: { cpu: "1" } }).causes;
  expect(fields.map(({ field }) => field)).toEqual(["status.capacity.cpu", "status.capacity.pods"]);
  expect(admit({}, {}, { capacity: { cpu: "1" } }).object).toMatchObject({ status: { allocatable: { cpu: "1" } } });
});

test("it is not ready at first", () => {
  const taint = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" };
  expect(admit({}).object).toMatchObject({ spec: { taints: [taint] } });
  expect(admit({}, { taints: [taint] }).object).toMatchObject({ spec: { taints: [taint] } });
});

test("a source of its configuration is dropped without a word", () => {
  const { object, warnings } = admit({}, { configSource: { configMap: {} }, externalID: "x" });
  expect(object).not.toHaveProperty("spec.configSource");
  expect(warnings).toHaveLength(1);
});
