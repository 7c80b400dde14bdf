import { admitObject, EMPTY_CLUSTER } from "../index.js";

const admit = (item: object, metadata: object = { name: "a" }) =>
  admitObject(
    { apiVersion: "v1", kind: "LimitRange", metadata, spec: { limits: [item] } },
    { minor: 34, surroundings: EMPTY_CLUSTER },
  );
const faults = (item: object) =>
  admit(item).causes.map(({ reason, field }) => `${reason.replace("FieldValue", "")} ${field.slice(15)}`);
const GPU = "example.com/gpu";

test.each([
  [
    "a max below min, which the defaults are, too",
    { max: { cpu: "1" }, min: { cpu: "2" } },
    ["Invalid min[cpu]", "Invalid defaultRequest[cpu]", "Invalid default[cpu]"],
  ],
  ["a ratio below one", { maxLimitRequestRatio: { cpu: "999m" } }, ["Invalid maxLimitRequestRatio[cpu]"]],
  [
    "a ratio wider than the bounds",
    { max: { cpu: "3" }, min: { cpu: "2" }, maxLimitRequestRatio: { cpu: "1501m" } },
    ["Invalid maxLimitRequestRatio[cpu]"],
  ],
  ["a ratio as wide as the bounds", { max: { cpu: "3" }, min: { cpu: "2" }, maxLimitRequestRatio: { cpu: "1.5" } }, []],
  [
    "a ratio of more than can be told in thousandths",
    { max: { memory: "30Pi" }, min: { memory: "12Pi" }, maxLimitRequestRatio: { memory: "2.5" } },
    ["Invalid maxLimitRequestRatio[memory]"],
  ],
  ["a ratio over a least of zero", { max: { cpu: "3" }, min: { cpu: "0" }, maxLimitRequestRatio: { cpu: "9" } }, []],
  [
    "another default than the request of what is not shared",
    { default: { [GPU]: "2" }, defaultRequest: { [GPU]: "1" } },
    [`Invalid defaultRequest[${GPU}]`],
  ],
])("%s", (_, item, expected) => {
  expect(faults({ type: "Container", ...item })).toEqual(expected);
});

test("a name that every object of JavaScript has is a name like others", () => {
  const name = "constructor";
  expect(new Set(faults({ type: "Pod", max: { [name]: "1" } }))).toEqual(new Set([`Invalid max[${name}]`]));
});

test("a container's defaults are taken from its bounds", () => {
  const { object } = admit({ type: "Container", max: { cpu: "2" }, min: { cpu: "1", memory: "1Gi" } });
  expect(object).toMatchObject({
    spec: { limits: [{ default: { cpu: "2" }, defaultRequest: { cpu: "2", memory: "1Gi" } }] },
  });
  expect(admit({ type: "Pod", max: { cpu: "2" } }).object).toMatchObject({ spec: { limits: [{ max: { cpu: "2" } }] } });
});

test("it gets a name where it has none", () => {
  expect(admit({ type: "Pod", max: { cpu: "2" } }, {}).allowed).toBe(true);
});
