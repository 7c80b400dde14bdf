import { admitObject, EMPTY_CLUSTER } from "../index.js";

const faults = (event: object) =>
  admitObject(event, { minor: 34, surroundings: EMPTY_CLUSTER }).causes.map(
    ({ reason, field }) => `${reason.replace("FieldValue", "")} ${field}`,
  );
const metadata = { name: "a.1", namespace: "shop" };
const time = "2024-11-20T09:00:00.123456Z";
const told = { action: "Bind", reason: "Bound", reportingInstance: "x", eventTime: time };
const old = (more: object) => faults({ apiVersion: "v1", kind: "Event", metadata, ...more });
const recent = (more: object) =>
  faults({
    apiVersion: "events.k8s.io/v1",
    kind: "Event",
    metadata,
    type: "Normal",
    reportingController: "example.com/x",
    regarding: { namespace: "shop" },
    ...told,
    ...more,
  });

test("an Event is in the namespace of what it tells of", () => {
  const of = (namespace: string | undefined, own: string, more: object = {}) =>
    old({ metadata: { ...metadata, namespace: own }, involvedObject: { namespace }, ...more });
  const wrong = ["Invalid involvedObject.namespace"];
  expect(of("shop", "shop")).toEqual([]);
  expect(of("shop", "other")).toEqual(wrong);
  expect(of(undefined, "default")).toEqual([]);
  expect(of(undefined, "kube-system")).toEqual(wrong);
  // With a time, nodes' Events may be in two namespaces, and the namespace of anything else is not compared.
  const timed = { ...told, reportingComponent: "x" };
  expect(of(undefined, "kube-system", timed)).toEqual([]);
  expect(of(undefined, "shop", timed)).toEqual(wrong);
  expect(of("other", "shop", timed)).toEqual([]);
});

test("what tells of it is asked for only with a time", () => {
  expect(old({ involvedObject: { namespace: "shop" } })).toEqual([]);
  expect(old({ involvedObject: { namespace: "shop" }, eventTime: time })).toEqual([
    "Required reportingComponent",
    "Invalid reportingComponent",
    "Required reportingInstance",
    "Required action",
    "Required reason",
  ]);
});

test.each([
  ["nothing wrong", {}, []],
  ["long texts", { action: "x".repeat(129), note: "x".repeat(1025) }, ["Invalid action", "Invalid message"]],
  ["no type", { type: "" }, ["Invalid type"]],
  ["a series of one", { series: { count: 1, lastObservedTime: time } }, ["Invalid series.count"]],
  [
    "fields of the core group",
    {
      deprecatedCount: 2,
      deprecatedSource: { host: "x" },
      deprecatedFirstTimestamp: "2024-11-20T09:00:00Z",
      deprecatedLastTimestamp: "2024-11-20T09:00:00Z",
    },
    ["Invalid firstTimestamp", "Invalid lastTimestamp", "Invalid count", "Invalid source"],
  ],
  ["a name that only a path may have", { metadata: { ...metadata, name: "A" } }, ["Invalid metadata.name"]],
])("events.k8s.io: %s", (_, more, expected) => {
  expect(recent(more)).toEqual(expected);
});

test("the core group takes any name that a path may have", () => {
  const of = (name: string) => old({ metadata: { ...metadata, name }, involvedObject: { namespace: "shop" } });
  expect(of("A_b")).toEqual([]);
  expect(of("a/b")).toEqual(["Invalid metadata.name"]);
});
