import { admitObject, EMPTY_CLUSTER } from "../index.js";

const admit = (kind: string, more: object, minor = 34) =>
  admitObject(
    { apiVersion: "storage.k8s.io/v1", kind, metadata: { name: "a" }, ...more },
    { minor, surroundings: EMPTY_CLUSTER },
  );
const faults = (kind: string, more: object, minor?: number) =>
  admit(kind, more, minor).causes.map(({ reason, field }) => `${reason.replace("FieldValue", "")} ${field}`);

test("topologies are compared as sets", () => {
  const term = (values: string[]) => ({ matchLabelExpressions: [{ key: "zone", values }] });
  const of = (...allowedTopologies: object[]) => faults("StorageClass", { provisioner: "a/b", allowedTopologies });
  expect(of(term(["a", "b"]), term(["b", "a"]))).toEqual(["Duplicate allowedTopologies[1].matchLabelExpressions"]);
  expect(of(term(["a"]), term(["b"]))).toEqual([]);
  expect(of({})).toEqual(["Duplicate allowedTopologies[0].matchLabelExpressions"]);
});

test("parameters are bounded", () => {
  const parameters = Object.fromEntries(Array.from({ length: 513 }, (_, i) => [`p${i}`, ""]));
  expect(faults("StorageClass", { provisioner: "a", parameters })).toEqual(["TooLong parameters"]);
  const big = { a: "x".repeat(256 * 1024) };
  expect(faults("VolumeAttributesClass", { driverName: "a", parameters: big })).toEqual(["TooLong parameters"]);
  expect(faults("StorageClass", { provisioner: "a", parameters: { "": "x" } })).toEqual(["Invalid parameters"]);
});

test("old names of labels are warned of", () => {
  const key = "failure-domain.beta.kubernetes.io/zone";
  const allowedTopologies = [{ matchLabelExpressions: [{ key, values: ["a"] }] }];
  expect(admit("StorageClass", { provisioner: "a", allowedTopologies }).warnings).toHaveLength(1);
  const nodeTopology = { matchLabels: { [key]: "a" }, matchExpressions: [{ key, operator: "Exists" }] };
  expect(admit("CSIStorageCapacity", { storageClassName: "a", nodeTopology }).warnings).toHaveLength(2);
});

test("fields of a driver come with the minors that know them", () => {
  const spec = { nodeAllocatableUpdatePeriodSeconds: 5, seLinuxMount: true, serviceAccountTokenInSecrets: true };
  expect(faults("CSIDriver", { spec }, 35)).toEqual([
    "Invalid spec.nodeAllocatableUpdatePeriodSeconds",
    "Invalid spec.serviceAccountTokenInSecrets",
  ]);
  expect(admit("CSIDriver", { spec: { nodeAllocatableUpdatePeriodSeconds: 5 } }, 34).object).not.toHaveProperty(
    "spec.nodeAllocatableUpdatePeriodSeconds",
  );
  expect(admit("CSIDriver", { spec: { seLinuxMount: true } }, 27).object).not.toHaveProperty("spec.seLinuxMount");
});

test("a driver's name for a node is bounded", () => {
  const spec = { drivers: [{ name: "a", nodeID: "x".repeat(200), topologyKeys: [] }] };
  expect(faults("CSINode", { spec })).toEqual([]);
  expect(faults("CSINode", { spec }, 26)).toEqual(["Invalid spec.drivers[0].nodeID"]);
});

test("a volume in an attachment has no defaults of its own", () => {
  const inlineVolumeSpec = { accessModes: ["ReadWriteOnce"], csi: { driver: "a", volumeHandle: "b" } };
  const { object } = admit("VolumeAttachment", {
    spec: { attacher: "a", nodeName: "n", source: { inlineVolumeSpec } },
  });
  expect(object).toHaveProperty("spec.source.inlineVolumeSpec", inlineVolumeSpec);
});
