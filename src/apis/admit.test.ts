import { admitObject, EMPTY_CLUSTER } from "./index.js";

const admit = (value: unknown, minor = 34) => admitObject(value, { minor, surroundings: EMPTY_CLUSTER });
const configMap = (more: object = {}) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, ...more });
const causes = (value: unknown) => admit(value).causes.map(({ reason, field }) => `${reason} ${field}`);

test("an object that is fine is answered as it is stored", () => {
  const metadata = { name: "a", creationTimestamp: null, labels: {}, uid: "x", annotations: { "a/b": null } };
  expect(admit(configMap({ metadata, immutable: false, data: {} }))).toEqual({
    allowed: true,
    code: 201,
    causes: [],
    warnings: [],
    object: {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "default", annotations: { "a/b": "" } },
      immutable: false,
    },
  });
});

test.each([
  ["no kind", { apiVersion: "v1" }, 404, ["NoMatch "]],
  ["an unknown version", configMap({ apiVersion: "v2" }), 404, ["NoMatch "]],
  ["a kind that is no text", configMap({ kind: 7 }), 400, ["FieldValueTypeInvalid kind"]],
  ["a list", [], 400, ["FieldValueTypeInvalid "]],
  ["a wrong type", configMap({ data: { a: 1 }, immutable: "x" }), 400, ["FieldValueTypeInvalid data.a"]],
  ["unknown fields", configMap({ x: 1, metadata: { y: 2 } }), 400, ["FieldUnknown x", "FieldUnknown metadata.y"]],
  [
    "two faults",
    configMap({ metadata: {}, data: { "/": "" } }),
    422,
    ["FieldValueRequired metadata.name", "FieldValueInvalid data[/]"],
  ],
])("%s", (_, value, code, expected) => {
  expect(admit(value).code).toBe(code);
  expect(causes(value).sort()).toEqual([...expected].sort());
});

test("a deprecated version is warned of, whatever the answer", () => {
  expect(admit({ apiVersion: "v1", kind: "Endpoints", metadata: { name: "a" } }, 34).warnings).toHaveLength(1);
  expect(admit({ apiVersion: "v1", kind: "Endpoints", metadata: { name: "a" } }, 32).warnings).toHaveLength(0);
});

test("values of a Secret are in no message", () => {
  const secret = (data: unknown, type?: string) => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "a" },
    type,
    data,
  });
  for (const value of [secret({ a: "hunter2!" }), secret({ ".dockercfg": "aHVudGVyMg==" }, "kubernetes.io/dockercfg")])
    expect(JSON.stringify(admit(value))).not.toMatch(/hunter2/);
});
