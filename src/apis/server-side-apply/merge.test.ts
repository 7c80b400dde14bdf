import { admitObject, admitUpdate, ClusterSoFar } from "../index.js";

type Fields = Record<string, unknown>;

const container = (name: string, more: Fields = {}) => ({ name, image: `${name}:1`, ...more });
const deployment = (spec: Fields, metadata: Fields = {}): Fields => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "a", ...metadata },
  spec,
});
const template = (spec: Fields) => ({ template: { metadata: { labels: { app: "a" } }, spec } });
const CREATED = deployment(
  {
    selector: { matchLabels: { app: "a" } },
    ...template({
      containers: [container("a", { ports: [{ containerPort: 80 }], command: ["x", "y"] }), container("b")],
      nodeSelector: { disk: "ssd", zone: "a" },
    }),
  },
  { labels: { from: "creation" } },
);

interface Found {
  readonly metadata: Fields;
  readonly spec: { readonly replicas: number; readonly template: { readonly spec: PodFields } };
}
interface PodFields {
  readonly containers: readonly { readonly name: string; readonly [field: string]: unknown }[];
  readonly nodeSelector?: Fields;
}

function apply(value: Fields, more: Fields = {}): Found {
  const options = { minor: 34, surroundings: new ClusterSoFar(34) };
  const stored = admitObject(CREATED, options).object;
  const verdict = admitUpdate(value, stored, { ...options, operation: "apply", lastWritten: CREATED, ...more });
  expect(verdict.causes).toEqual([]);
  return verdict.object as unknown as Found;
}

test("fields are merged, items are found by their keys, atomic values are replaced", () => {
  const containers = [
    container("c"),
    { name: "b", image: "b:2" },
    { name: "a", ports: [{ containerPort: 80, name: "http" }] },
  ];
  const found = apply(
    deployment({ replicas: 3, ...template({ containers, nodeSelector: { disk: "hdd" } }) }, { labels: { more: "x" } }),
  );
  expect(found.metadata.labels).toEqual({ from: "creation", more: "x" });
  expect(found.spec.replicas).toBe(3);
  const pod = found.spec.template.spec;
  expect(pod.nodeSelector).toEqual({ disk: "hdd" });
  expect(pod.containers.map(({ name, image }) => `${name} ${image}`)).toEqual(["c c:1", "b b:2", "a a:1"]);
  expect(pod.containers[2]).toMatchObject({
    command: ["x", "y"],
    ports: [{ containerPort: 80, name: "http", protocol: "TCP" }],
  });
});

test("items that are not applied keep their place", () => {
  const found = apply(deployment(template({ containers: [container("c"), container("b")] })));
  expect(found.spec.template.spec.containers.map(({ name }) => name)).toEqual(["a", "c", "b"]);
});

test("what is applied no more goes, unless it was there before or written by another", () => {
  const before = deployment(
    { ...template({ containers: [container("a"), container("b"), container("c")] }) },
    { labels: { from: "creation", more: "x" } },
  );
  const stored = apply(before);
  const options = { minor: 34, surroundings: new ClusterSoFar(34) };
  const verdict = admitUpdate(deployment(template({ containers: [container("a")] })), stored as unknown as Fields, {
    ...options,
    operation: "apply",
    lastApplied: before,
    lastWritten: CREATED,
  });
  expect(verdict.object).toMatchObject({ metadata: { labels: { from: "creation" } } });
  const found = verdict.object as unknown as Found;
  expect(found.metadata.labels).toEqual({ from: "creation" });
  expect(found.spec.template.spec.containers.map(({ name }) => name)).toEqual(["a", "b"]);
});

test("custom resources are merged as their schema says", () => {
  const cluster = new ClusterSoFar(34);
  const options = { minor: 34, surroundings: cluster };
  const list = (type: string) => ({
    type: "array",
    "x-kubernetes-list-type": type,
    ...(type === "map" ? { "x-kubernetes-list-map-keys": ["name"] } : {}),
    items:
      type === "map"
        ? { type: "object", required: ["name"], properties: { name: { type: "string" }, size: { type: "integer" } } }
        : { type: "string" },
  });
  const properties = {
    map: list("map"),
    set: list("set"),
    atomic: list("atomic"),
    free: { type: "object", additionalProperties: { type: "string" } },
  };
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { kind: "Widget", plural: "widgets" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", properties } } } },
        },
      ],
    },
  };
  const verdict = admitObject(definition, options);
  expect(verdict.causes).toEqual([]);
  cluster.apply(verdict.object!);
  const widget = (spec: Fields) => ({ apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "a" }, spec });
  const created = widget({ map: [{ name: "a", size: 1 }], set: ["a"], atomic: ["a"], free: { a: "1" } });
  const stored = admitObject(created, options).object;
  const applied = widget({ map: [{ name: "a", size: 2 }, { name: "b" }], set: ["b"], atomic: ["b"], free: { b: "2" } });
  expect(admitUpdate(applied, stored, { ...options, operation: "apply" }).object?.spec).toEqual({
    map: [{ name: "a", size: 2 }, { name: "b" }],
    set: ["a", "b"],
    atomic: ["b"],
    free: { a: "1", b: "2" },
  });
});
