import fc from "fast-check";
import micromatch from "micromatch";
import { type Glob, matchesGlobs, parseGlob } from "./globs.js";

const glob = (pattern: string): Glob => {
  const result = parseGlob(pattern);
  if (!("matches" in result)) throw new Error(`${pattern} ${result.problem}`);
  return result;
};

test.each([
  ["**/charts/*/templates/**", ["charts/a/templates/x.yaml", "p/charts/a/templates/x/y.yaml"], ["charts/templates/x"]],
  ["overlays/dev/**", ["overlays/dev/a.yaml", "overlays/dev/.b/a.yaml"], ["overlays/development/a.yaml"]],
  ["*.{yaml,yml}", ["a.yaml", "b.yml"], ["a.json", "x/a.yaml"]],
  ["app-[0-9].yaml", ["app-1.yaml"], ["app-x.yaml", "app-10.yaml"]],
  ["app-[!0-9].yaml", ["app-x.yaml"], ["app-1.yaml"]],
  ["./k8s/", ["k8s"], ["./k8s2"]],
  ["a?c", ["abc"], ["ac", "a/c"]],
  ["{a,b/{c,d}}.yaml", ["a.yaml", "b/c.yaml", "b/d.yaml"], ["b.yaml"]],
  ["copy (1).yaml", ["copy (1).yaml"], ["copy 1.yaml"]],
])("%s", (pattern, matching, others) => {
  expect(matching.filter((path) => !glob(pattern).matches(path))).toEqual([]);
  expect(others.filter((path) => glob(pattern).matches(path))).toEqual([]);
});

test("a list excludes folders with what is in them, and takes back what is negated", () => {
  const globs = ["charts", "**/*.json", "!charts/own/**"].map(glob);
  const matched = ["charts/x/a.yaml", "charts/own/a.yaml", "a/b.json", "a/charts/b.yaml", "charts"].filter((path) =>
    matchesGlobs(globs, path),
  );
  expect(matched).toEqual(["charts/x/a.yaml", "a/b.json", "charts"]);
});

test.each([
  ["", "is empty"],
  ["!", "is empty"],
  ["/etc/**", "is an absolute path"],
  ["C:/k8s", "is an absolute path"],
  ["../other/**", "leaves the folder of the configuration"],
  ["overlays\\dev", "has a backslash"],
  ["a//b", 'has an empty folder name between two "/"'],
  ["app-[0-9.yaml", 'has "[" without "]"'],
  ["[a/b]", 'has "[" without "]"'],
  ["{a,b", 'has "{" without "}"'],
  ["a}", 'has "}" without "{"'],
  ["{a}", 'has braces around a single alternative, "{a}"'],
  ["{1..3}.yaml", 'has braces around a single alternative, "{1..3}"'],
  ["@(a|b).yaml", "has a pattern in parentheses, which is not supported"],
  ["[[:alpha:]].yaml", "has a named character class, which is not supported"],
  ["{a,b}".repeat(30), "stands for more than 100 alternatives"],
  ["a".repeat(1001), "is longer than 1000 characters"],
])("%.20s is refused", (pattern, problem) => {
  expect(parseGlob(pattern)).toMatchObject({ problem });
});

test("answers as micromatch does", () => {
  const name = fc.stringMatching(/^[ab.]{1,4}$/).filter((text) => !/^\.+$/.test(text));
  const pattern = fc
    .array(fc.oneof(fc.constant("**"), fc.stringMatching(/^([ab.*?]|\[ab\]|\[\^a\]|\{a,b\}){1,4}$/)), {
      minLength: 1,
      maxLength: 4,
    })
    // `a**` and `..` mean something else to every glob library.
    .filter((parts) => parts.every((part) => part === "**" || !/\*\*|^\.+$/.test(part)))
    // Whether `a/**` covers `a` itself does not matter for files; micromatch says yes of `a/**` and no of `*/**`.
    .filter((parts) => parts.at(-1) !== "**")
    .map((parts) => parts.join("/"))
    .filter((text) => text.split("{").length <= 6);
  fc.assert(
    fc.property(pattern, fc.array(name, { minLength: 1, maxLength: 4 }), (text, parts) => {
      const path = parts.join("/");
      return glob(text).matches(path) === micromatch.isMatch(path, text, { dot: true });
    }),
    { numRuns: 3000 },
  );
});

test("a hostile pattern and path cost milliseconds", () => {
  expect(glob(`${"*a".repeat(200)}*b.yaml`).matches(`${"a".repeat(3000)}.yaml`)).toBe(false);
  expect(glob(`${"**/*a*/".repeat(100)}b`).matches("aa/".repeat(1000))).toBe(false);
});
