import { type Bound, estimateCost } from "./estimate-cost.js";

const NAME: Bound = { kind: "text", size: 40 };
const INT: Bound = { kind: "scalar", size: 0 };
const SELF: Bound = {
  kind: "object",
  size: 0,
  fields: (name) =>
    ({
      name: NAME,
      count: INT,
      names: { kind: "list", size: 10, item: NAME } as const,
      labels: { kind: "map", size: 5, item: NAME } as const,
      port: { kind: "any", size: 100 } as const,
    })[name],
};

/** In the units of https://kubernetes.io/docs/reference/using-api/cel/#resource-constraints: what a field costs is one. */
test.each([
  ["true", 0],
  ["self.count > 1", 3],
  ["self.count == 1", 2],
  ["has(self.name) && self.count > 1", 4],
  ["self.name == 'abc'", 3],
  ["self.name == oldSelf.name", 8],
  ["self.name.size() < 5", 4],
  ["self.name.startsWith('abcdefghijk')", 4],
  ["self.name.matches('^[a-z]+$')", 12],
  ["self.name.contains('ab')", 6],
  ["self.names.all(x, x == 'a')", 53],
  ["self.names.exists(x, x == 'a')", 63],
  ["self.names.all(x, self.names.all(y, x == y))", 963],
  ["self.names.map(x, x + 'a').size() > 1", 195],
  ["'a' in self.names", 12],
  ["self.labels.all(k, self.labels[k] != '')", 38],
  ["self.count > 1 ? self.name : 'a'", 5],
  ["[1, 2, 3].exists(x, x == self.count)", 32],
  ["sets.contains(['a', 'b'], self.names)", 33],
])("%s costs %d", (text, cost) => {
  expect(estimateCost(text, SELF)).toBe(cost);
});

test("a long text costs as much as a server says", () => {
  const text = "!format.dns1123Subdomain().validate(self).hasValue()";
  expect(estimateCost(text, { kind: "text", size: 3 * 1024 * 1024 - 2 })).toBe(10_066_340);
});

test("nothing is said of what is not understood", () => {
  for (const text of ["self.?name.orValue('')", "optional.of(1).optMap(x, x)", "self.bogus(", "bogus(self)"])
    expect(estimateCost(text, SELF)).toBeUndefined();
});
