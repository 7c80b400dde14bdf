import { placeOf } from "./cause-place.js";

const found = (object: unknown, field: string, value?: string | number): string => {
  const { path, depth, steps, isKey } = placeOf(object, field, value);
  return `${path}${isKey ? " (key)" : ""}${depth < steps.length ? ` from ${depth}` : ""}`;
};

const labelled = { metadata: { labels: { app: "web", "bad key": "x", tier: "Web Shop" } } };
const mounts = { volumeMounts: [{ name: "a" }, { name: "b", mountPropagation: "Sideways" }] };

test.each([
  ["a field as it is named", labelled, "metadata.labels[app]", undefined, "metadata.labels.app"],
  ["a value within the map", labelled, "metadata.labels", "Web Shop", "metadata.labels.tier"],
  ["a key of the map", labelled, "metadata.labels", "bad key", "metadata.labels[bad key] (key)"],
  ["nothing that has the value", labelled, "metadata.labels", "other", "metadata.labels"],
  ["what is missing", labelled, "spec.template.spec", undefined, "spec.template.spec from 0"],
  [
    "an item without its index",
    mounts,
    "volumeMounts.mountPropagation",
    "Sideways",
    "volumeMounts[1].mountPropagation",
  ],
  [
    "an item that lacks the field",
    mounts,
    "volumeMounts.mountPropagation",
    "",
    "volumeMounts[0].mountPropagation from 2",
  ],
  ["a field that no item tells", { a: [{ b: 1 }, { b: 2 }] }, "a.b", undefined, "a.b from 1"],
  ["an internal name", { spec: { hostPID: true } }, "spec.HostPID", undefined, "spec.hostPID"],
  ["the form a Secret is written in", { stringData: { k: "v" } }, "data[k]", undefined, "stringData.k"],
  [
    "a size by its resource",
    { spec: { resources: { requests: { storage: "-1" } } } },
    "spec.resources[storage]",
    "-1",
    "spec.resources.requests.storage",
  ],
  [
    "the schema that all versions share",
    { spec: { versions: [{ schema: { openAPIV3Schema: { type: "string" } } }] } },
    "spec.validation.openAPIV3Schema.type",
    "string",
    "spec.versions[0].schema.openAPIV3Schema.type",
  ],
  [
    "an item by its value",
    { spec: { accessModes: ["ReadWriteOnce", "RWX"] } },
    "spec.accessModes",
    "RWX",
    "spec.accessModes[1]",
  ],
  ["nothing in what is no object", { spec: 3 }, "spec.ports[0]", undefined, "spec.ports[0] from 1"],
  ["the whole object", labelled, "", undefined, ""],
] as const)("finds %s", (_, object, field, value, expected) => {
  expect(found(object, field, value)).toBe(expected);
});
