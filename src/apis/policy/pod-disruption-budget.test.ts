import { admitObject, EMPTY_CLUSTER } from "../index.js";

const admit = (spec: object, name = "a", minor = 34) =>
  admitObject(
    { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name }, spec },
    { minor, surroundings: EMPTY_CLUSTER },
  );
const faults = (spec: object, name?: string) =>
  admit(spec, name).causes.map(({ reason, field }) => `${reason.replace("FieldValue", "")} ${field}`);

test.each([
  [{ minAvailable: 0, maxUnavailable: 0 }, ["Invalid spec"]],
  [{ minAvailable: "101%" }, ["Invalid spec.minAvailable"]],
  [{ minAvailable: "100%" }, []],
  [{ maxUnavailable: "1" }, ["Invalid spec.maxUnavailable"]],
  [{ maxUnavailable: -1, unhealthyPodEvictionPolicy: "Always" }, 2],
  [{}, []],
])("%j", (spec, expected) => {
  if (typeof expected === "number") expect(faults(spec)).toHaveLength(expected);
  else expect(faults(spec)).toEqual(expected);
});

test("its name is only looked at when all else is right, and may be any that a path may have", () => {
  expect(faults({}, "A_b")).toEqual([]);
  expect(faults({}, "a/b")).toEqual(["Invalid metadata.name"]);
  expect(faults({ minAvailable: -1 }, "a/b")).toEqual(["Invalid spec.minAvailable"]);
});

test("what to do with Pods that are not ready is known since 1.27", () => {
  const spec = { unhealthyPodEvictionPolicy: "AlwaysAllow" };
  expect(admit(spec, "a", 27).object).toHaveProperty("spec.unhealthyPodEvictionPolicy");
  expect(admit(spec, "a", 26).object).not.toHaveProperty("spec.unhealthyPodEvictionPolicy");
});
