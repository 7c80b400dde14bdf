import { admitObject, EMPTY_CLUSTER } from "../index.js";

const admit = (kind: string, name: string, spec: object, version = "v1", minor = 34) =>
  admitObject(
    { apiVersion: `flowcontrol.apiserver.k8s.io/${version}`, kind, metadata: { name }, spec },
    { minor, surroundings: EMPTY_CLUSTER },
  );
const causes = (...args: Parameters<typeof admit>) =>
  admit(...args).causes.map(({ reason, field }) => `${reason} ${field}`);
const limited = (queuing: object, rest: object = {}) => ({
  type: "Limited",
  limited: { limitResponse: { type: "Queue", queuing }, ...rest },
});

test("a hand is dealt from a hash of 60 bits", () => {
  expect(causes("PriorityLevelConfiguration", "x", limited({ queues: 128, handSize: 8 }))).toEqual([]);
  expect(causes("PriorityLevelConfiguration", "x", limited({ queues: 128, handSize: 9 }))).toEqual([
    "FieldValueInvalid spec.limited.limitResponse.queuing.handSize",
  ]);
});

test("levels that the server makes stay as they are, but for what is lent", () => {
  expect(causes("PriorityLevelConfiguration", "exempt", { type: "Exempt", exempt: { lendablePercent: 5 } })).toEqual(
    [],
  );
  expect(causes("PriorityLevelConfiguration", "x", { type: "Exempt" })).toEqual(["FieldValueInvalid spec.type"]);
  expect(causes("PriorityLevelConfiguration", "catch-all", limited({}))).toEqual(["FieldValueInvalid spec"]);
});

test("zero shares are zero in v1, and left out before", () => {
  const shares = (version: string, minor: number) => {
    const spec = limited({}, { nominalConcurrencyShares: 0 });
    const { object } = admit("PriorityLevelConfiguration", "x", spec, version, minor);
    return (object?.spec as ReturnType<typeof limited> | undefined)?.limited;
  };
  expect(shares("v1", 30)).toMatchObject({ nominalConcurrencyShares: 0, lendablePercent: 0 });
  expect(shares("v1beta3", 30)).toMatchObject({ nominalConcurrencyShares: 30 });
});

test("the oldest versions count assured shares", () => {
  const spec = { type: "Limited", limited: { assuredConcurrencyShares: -1, limitResponse: { type: "Reject" } } };
  expect(causes("PriorityLevelConfiguration", "x", spec, "v1beta2", 25)).toEqual([
    "FieldValueInvalid spec.limited.assuredConcurrencyShares",
  ]);
});

test.each([
  ["/", true],
  ["/healthz/*", true],
  ["/healthz*", false],
  ["/*/x", false],
  ["/a//b", false],
  ["/a b", false],
  ["healthz", false],
  ["", false],
])("path %j of a FlowSchema is taken: %s", (url, taken) => {
  const spec = {
    priorityLevelConfiguration: { name: "x" },
    rules: [
      {
        subjects: [{ kind: "ServiceAccount", serviceAccount: { name: "*", namespace: "default" } }],
        nonResourceRules: [{ verbs: ["get"], nonResourceURLs: [url] }],
      },
    ],
  };
  const expected = taken ? [] : ["FieldValueInvalid spec.rules[0].nonResourceRules[0].nonResourceURLs[0]"];
  expect(causes("FlowSchema", "x", spec)).toEqual(expected);
});
