import { admitObject, EMPTY_CLUSTER } from "../index.js";

const admit = (metadata: object) =>
  admitObject({ apiVersion: "v1", kind: "Namespace", metadata }, { minor: 34, surroundings: EMPTY_CLUSTER });
const faults = (metadata: object) => admit(metadata).causes.map(({ field }) => field);

test("its name is a label of it, whatever was given", () => {
  const labels = { "kubernetes.io/metadata.name": "other" };
  expect(admit({ name: "a", labels }).object).toMatchObject({
    metadata: { labels: { "kubernetes.io/metadata.name": "a" } },
    spec: { finalizers: ["kubernetes"] },
  });
  expect(admit({ generateName: "a-" }).object).toMatchObject({
    metadata: { labels: { "kubernetes.io/metadata.name": expect.stringMatching(/^a-/) } },
  });
});

test("a name that is made up is no label before it is known to be good", () => {
  expect(new Set(faults({ name: "a/b" }))).toEqual(new Set(["metadata.name", "metadata.labels"]));
  expect(new Set(faults({ generateName: "a/b" }))).toEqual(new Set(["metadata.generateName", "metadata.name"]));
});

test.each([
  ["enforce", "baseline", true],
  ["warn", "strict", false],
  ["audit-version", "latest", true],
  ["audit-version", "v1.0", true],
  ["audit-version", "v1.01", false],
  ["audit-version", "v2.1", false],
  ["unknown", "x", true],
])("pod-security.kubernetes.io/%s: %s", (name, value, good) => {
  const label = `pod-security.kubernetes.io/${name}`;
  expect(faults({ name: "a", labels: { [label]: value } })).toEqual(good ? [] : [`metadata.labels[${label}]`]);
});
