import fc from "fast-check";
import { readPattern } from "./re2-pattern.js";

test.each([
  ["^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", "shop.example.com", true],
  ["^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", "shop..com", false],
  ["b", "abc", true],
  ["^b", "abc", false],
  ["^(a|bc){2,3}$", "abcbc", true],
  ["^(a|bc){2,3}$", "bc", false],
  ["^\\d+(\\.\\d+)?(ms|s|m|h)$", "1.5s", true],
  ["^[^/]+/[^/]+$", "a/b", true],
  ["^$", "", true],
  ["^.$", "😀", true],
  ["^[\\w.-]+$", "a_b.c-d", true],
  ["\\bfoo\\b", "a foo b", true],
  ["^\\S+$", "a b", false],
  ["^a$", "a\n", false],
  ["^[]a]$", "]", true],
  ["^x{3}$", "xxx", true],
  ["^{a}$", "{a}", true],
  ["", "x", true],
])("%s on %j: %s", (pattern, text, expected) => {
  expect(readPattern(pattern)?.matches(text)).toBe(expected);
});

test.each([
  ["(?i)^a$", "A", true],
  ["^\\pL+$", "é", true],
  ["^[[:alpha:]]+$", "a1", false],
  ["^(?P<n>a)$", "a", true],
])("Go's own syntax: %s on %j: %s", (pattern, text, expected) => {
  expect(readPattern(pattern)?.matches(text)).toBe(expected);
});

test.each(["(", "a)", "[a", "*a", "a**", "\\1", "(?=a)", "a{1001}", "[b-a]", "\\"])("%s decides nothing", (pattern) => {
  expect(readPattern(pattern)).toBeUndefined();
});

test("no pattern takes long", () => {
  expect(readPattern("^(a+)+$")?.matches(`${"a".repeat(10_000)}b`)).toBe(false);
  expect(readPattern("(x?){1000}y")).toBeDefined();
  readPattern("((a{1,100}){1,100}){1,100}");
  readPattern(`${"(".repeat(100_000)}`);
  readPattern(".*.*.*.*.*x")?.matches("y".repeat(1_000_000));
});

test("it agrees with JavaScript where the two mean the same", () => {
  const { pattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
    atom: fc.oneof(
      fc.constantFrom("a", "b", "[ab]", "[^a]", ".", "\\d", "^", "$", "\\b"),
      tie("pattern").map((p) => `(?:${p})`),
    ),
    pattern: fc
      .array(fc.tuple(tie("atom"), fc.constantFrom("", "", "*", "+", "?", "{1,2}")), { maxLength: 4 })
      .map((parts) => parts.map(([atom, times]) => (/^(\^|\$|\\b)$/.test(atom) ? atom : atom + times)).join(""))
      .chain((one) => fc.constantFrom(one, `${one}|b`)),
  }));
  const text = fc.string({ unit: fc.constantFrom("a", "b", "1", "-"), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (p, t) => {
      fc.pre(p.length < 60);
      expect([p, t, readPattern(p)?.matches(t)]).toEqual([p, t, new RegExp(p).test(t)]);
    }),
    { numRuns: 1000 },
  );
});
