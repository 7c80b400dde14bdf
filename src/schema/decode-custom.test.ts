import { collectCustomTypes, type Decoded, loadTypes } from "./index.js";

type Json = Record<string, unknown>;
const text = { type: "string" };
const crd = (spec: Json, extra: Json = {}): Json => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "crontabs.example.com" },
  spec: {
    group: "example.com",
    names: { kind: "CronTab", plural: "crontabs" },
    scope: "Namespaced",
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", properties: { spec } } },
        subresources: { status: {} },
      },
      { name: "v0", served: false, storage: false, schema: { openAPIV3Schema: { type: "object" } } },
    ],
    ...extra,
  },
});
const decode = (schema: Json, spec: unknown, rest: Json = {}): Decoded =>
  loadTypes(34, collectCustomTypes([crd(schema)])).decode({
    apiVersion: "example.com/v1",
    kind: "CronTab",
    metadata: { name: "x" },
    spec,
    ...rest,
  });
const found = (schema: Json, spec: unknown): string[] =>
  decode(schema, spec).problems.map((problem) => `${problem.code} ${problem.path}`);
const object = (properties: Json, more: Json = {}): Json => ({ type: "object", properties, ...more });

test("its kind is known, with what it is", () => {
  const types = loadTypes(34, collectCustomTypes([crd(object({}))]));
  expect(types.kind("example.com/v1", "CronTab")).toMatchObject({ plural: "crontabs", namespaced: true, custom: true });
  expect(types.resourcesOf("example.com")?.get("crontabs/status")).toEqual(["get", "patch", "update"]);
  expect(types.groups()).toContain("example.com");
});

test("a version that is not served is refused", () => {
  const types = loadTypes(34, collectCustomTypes([crd(object({}))]));
  expect(types.decode({ apiVersion: "example.com/v0", kind: "CronTab" }).problems).toMatchObject([
    { code: "unknown-kind", nearest: { apiVersion: "example.com/v1", kind: "CronTab" } },
  ]);
  expect(types.decode({ apiVersion: "example.com/v1", kind: "Other" }).problems).toEqual([]);
});

test("of two definitions of one version, the one that fits better counts", () => {
  const types = loadTypes(
    34,
    collectCustomTypes([crd(object({ size: text })), crd(object({ size: text, mode: text }))]),
  );
  const of = (spec: Json) => types.decode({ apiVersion: "example.com/v1", kind: "CronTab", spec }).problems;
  expect(of({ mode: "x" })).toEqual([]);
  expect(of({ mdoe: "x" })).toMatchObject([{ code: "unknown-field" }]);
});

test("unknown fields, unless they are preserved", () => {
  const schema = object({
    cronSpec: text,
    any: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    map: { type: "object", additionalProperties: text },
    list: { type: "array", items: { type: "object" }, "x-kubernetes-preserve-unknown-fields": true },
  });
  const given = { cronspec: "x", any: { a: 1 }, map: { b: "c" }, list: [{ "pipeline.id": "main" }] };
  expect(decode(schema, given).problems).toMatchObject([
    { code: "unknown-field", path: "spec.cronspec", nearest: "cronSpec", parentType: "CronTab spec" },
  ]);
  expect(decode(schema, null, { sepc: {} }).problems).toMatchObject([
    { code: "unknown-field", path: "sepc", nearest: "spec" },
  ]);
  expect(found(object({ map: { type: "object", additionalProperties: text } }), { map: { b: 1 } })).toEqual([
    "wrong-type spec.map[b]",
  ]);
});

test("types, as the server takes them", () => {
  const schema = object({
    s: text,
    i: { type: "integer" },
    n: { type: "number" },
    b: { type: "boolean" },
    l: { type: "array", items: text },
    p: { "x-kubernetes-int-or-string": true },
  });
  expect(found(schema, { s: "a", i: 3, n: 1.5, b: true, l: ["x"], p: "80%" })).toEqual([]);
  expect(found(schema, { s: 1, i: 1.5, n: "1", b: "true", l: "x", p: true })).toEqual(
    ["s", "i", "n", "b", "l", "p"].map((f) => `wrong-type spec.${f}`),
  );
  expect(found(schema, { s: "${S}", i: "${I}", b: "@B@" })).toEqual([]);
});

test("nulls are dropped, but not from lists", () => {
  const schema = object({ s: text, l: { type: "array", items: text }, n: { type: "string", nullable: true } });
  expect(decode(schema, { s: null, n: null, l: ["a", null] }).problems).toMatchObject([
    { code: "null-value", path: "spec.l[1]", refused: true },
  ]);
});

test("what is required may have a default", () => {
  const schema = object({ a: text, b: { type: "string", default: "x" } }, { required: ["a", "b"] });
  expect(found(schema, {})).toEqual(["missing-field spec.a"]);
  expect(found(schema, { A: "x" })).toEqual(["unknown-field spec.A"]);
});

test("values and bounds", () => {
  const schema = object({
    mode: { type: "string", enum: ["Fast", "Slow"] },
    size: { type: "integer", minimum: 1, maximum: 10 },
    name: { type: "string", pattern: "^[a-z]+$", maxLength: 5 },
    list: { type: "array", minItems: 1, items: text },
  });
  expect(decode(schema, { mode: "fast", size: 11, name: "A", list: [] }).problems).toMatchObject([
    { code: "unsupported-value", allowed: ["Fast", "Slow"], nearest: "Fast" },
    { code: "constraint", path: "spec.size", expected: "at most 10", found: "the number 11" },
    { code: "constraint", path: "spec.name", expected: "text that matches ^[a-z]+$" },
    { code: "constraint", path: "spec.list", expected: "at least 1 item" },
  ]);
  expect(found(schema, { mode: "Slow", size: 1, name: "abc", list: ["x"] })).toEqual([]);
});

test("alternatives", () => {
  const schema = object(
    { a: text, b: text, p: { anyOf: [{ type: "integer" }, { type: "string" }], "x-kubernetes-int-or-string": true } },
    { oneOf: [{ required: ["a"] }, { required: ["b"] }] },
  );
  expect(found(schema, { a: "x", p: 1 })).toEqual([]);
  expect(found(schema, { a: "x", b: "y" })).toEqual(["constraint spec"]);
  expect(found(schema, {})).toEqual(["constraint spec"]);
});

test("lists with keys, sets", () => {
  const item = object({ port: { type: "integer" }, protocol: { type: "string", default: "TCP" } });
  const schema = object({
    ports: {
      type: "array",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["port", "protocol"],
      items: item,
    },
    tags: { type: "array", "x-kubernetes-list-type": "set", items: text },
  });
  const spec = {
    ports: [{ port: 80 }, { port: 80, protocol: "TCP" }, { port: 80, protocol: "UDP" }],
    tags: ["a", "b", "a"],
  };
  expect(decode(schema, spec).problems).toMatchObject([
    {
      code: "duplicate-item",
      path: "spec.ports[1]",
      firstPath: "spec.ports[0]",
      keys: "port=80, protocol=TCP",
      refused: true,
    },
    { code: "duplicate-item", path: "spec.tags[2]", keys: "a" },
  ]);
});

test("embedded objects and metadata", () => {
  const schema = object({
    template: { type: "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true },
  });
  expect(
    found(schema, { template: { apiVersion: "v1", kind: "Pod", metadata: { labels: { a: 1 } }, spec: {} } }),
  ).toEqual(["wrong-type spec.template.metadata.labels[a]"]);
  expect(found(schema, { template: { spec: {} } })).toEqual([
    "missing-field spec.template.apiVersion",
    "missing-field spec.template.kind",
  ]);
  expect(decode(schema, {}, { metadata: { name: "x", lables: {} } }).problems).toMatchObject([
    { path: "metadata.lables", nearest: "labels" },
  ]);
});

test("v1beta1 definitions keep unknown fields, and may have one schema for all versions", () => {
  const old = {
    apiVersion: "apiextensions.k8s.io/v1beta1",
    kind: "CustomResourceDefinition",
    spec: {
      group: "example.com",
      version: "v1",
      names: { kind: "CronTab", plural: "crontabs" },
      scope: "Cluster",
      validation: { openAPIV3Schema: { properties: { spec: { properties: { size: { type: "integer" } } } } } },
    },
  };
  const types = loadTypes(34, collectCustomTypes([old]));
  const { problems, facts } = types.decode({
    apiVersion: "example.com/v1",
    kind: "CronTab",
    spec: { size: "x", other: 1 },
  });
  expect(facts?.namespaced).toBe(false);
  expect(problems).toMatchObject([{ code: "wrong-type", path: "spec.size" }]);
});

test("definitions that are none say nothing", () => {
  for (const spec of [
    undefined,
    null,
    [],
    "x",
    { group: 1 },
    { group: "a.b", names: null },
    { group: "a.b", names: { kind: "A", plural: "as" }, versions: [null, 3, { name: 4 }] },
  ])
    expect(
      collectCustomTypes([{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", spec }]).kinds(),
    ).toEqual([]);
});
