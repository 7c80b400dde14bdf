import { admitObject, EMPTY_CLUSTER } from "../index.js";

const admit = (rest: object) =>
  admitObject(
    { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "sandbox" }, handler: "runsc", ...rest },
    { minor: 34, surroundings: EMPTY_CLUSTER },
  );
const causes = (rest: object) => admit(rest).causes.map(({ reason, field }) => `${reason} ${field}`);

test("overhead is checked as limits of a container", () => {
  expect(causes({ overhead: { podFixed: { cpu: "250m", memory: "120Mi" } } })).toEqual([]);
  expect(causes({ overhead: { podFixed: { memory: "1Gi", "hugepages-2Mi": "1Mi" } } })).toEqual([
    "FieldValueInvalid overhead.limits[hugepages-2Mi]",
  ]);
});

test("a toleration stands once, however long it tolerates", () => {
  const toleration = { key: "sandbox", operator: "Exists", effect: "NoExecute" };
  const scheduling = { tolerations: [toleration, { ...toleration, tolerationSeconds: 5 }] };
  expect(causes({ scheduling })).toEqual(["FieldValueDuplicate scheduling.tolerations[1]"]);
});

test("labels of nodes that are deprecated are warned of", () => {
  const { allowed, warnings } = admit({ scheduling: { nodeSelector: { "beta.kubernetes.io/os": "linux" } } });
  expect(allowed).toBe(true);
  expect(warnings).toEqual([expect.stringContaining("kubernetes.io/os takes its place")]);
});
