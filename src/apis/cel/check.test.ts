import fc from "fast-check";
import { checkExpression, expressionFault } from "./check.js";
import { BOOL, DYN, INT, listOf, objectOf, STRING, typeText } from "./types.js";

const SCOPE = new Map([
  ["object", DYN],
  ["spec", objectOf("Spec", { name: STRING, ports: listOf(INT) })],
]);
const typed = (text: string) => {
  const checked = checkExpression(text, SCOPE);
  return checked.fault === undefined ? typeText(checked.type) : `fault: ${checked.fault}`;
};

test.each([
  ["1 + 2 * -3", "int"],
  ["1.5e3", "double"],
  ["0x1fu", "uint"],
  ["'a' + r\"\\d\" + '''b\n'''", "string"],
  ["b'x'", "bytes"],
  ["object.a.b[0].c", "dyn"],
  ["object.a == 1 && !has(object.b)", "bool"],
  ["object.a + object.b", "dyn"],
  ["'x' + object.b", "string"],
  ["object.items.all(i, i.x > 1)", "bool"],
  ["spec.ports.map(p, string(p))", "list(string)"],
  ["spec.ports.filter(p, p > 80).size()", "int"],
  ["spec.?name.orValue('x')", "string"],
  ["object.?a.hasValue()", "bool"],
  ["sets.contains([1, 2], spec.ports)", "bool"],
  ["{'a': 1}.all(k, v, k != '' && v > 0)", "bool"],
  ["type(spec.name) == string ? 1 : 2", "int"],
  ["'%s is bad'.format([spec.name])", "string"],
  ["quantity('1Gi').isLessThan(quantity('2Gi')) // fine", "bool"],
  ["object.a.in_b in ['x', 'y',]", "bool"],
])("%s evaluates to %s", (text, type) => {
  expect(typed(text)).toBe(type);
});

test.each([
  "",
  "a..b",
  "1Gi",
  "10.0.0.0/8",
  "2001:db8::1",
  "$(VAR)",
  "*",
  "spec.name!",
  "'a",
  '"a\\q"',
  "f(1,)",
  "a.in",
  "12345678901234567890",
  "if",
  "Bogus",
  "-leading",
  "object.bogus()",
  "spec.nam",
  "spec.name.x",
  "1 + 'a'",
  "spec.name == 1",
  "!1",
  "'a' && true",
  "has(object)",
  "spec.name.all(c, c)",
  "spec.ports.contains(1)",
  "[1, 'a']",
  "spec.ports.all(1, true)",
  "true ? 1 : 'a'",
  "duration('1d')",
  "timestamp('today')",
  "spec.name.matches('(')",
  "'%s %d'.format([spec.name])",
  "'%q'.format([spec.name])",
])("%j is refused", (text) => {
  expect(typed(text)).toMatch(/^fault/);
});

test("the type that is needed is asked for", () => {
  expect(expressionFault("spec.name", SCOPE, [BOOL])).toMatch(/evaluates to string/);
  expect(expressionFault("object.name", SCOPE, [BOOL])).toMatch(/evaluates to dyn/);
  expect(expressionFault("size(spec.ports) > 1", SCOPE, [BOOL])).toBeUndefined();
});

test("any text is answered", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void checkExpression(text, SCOPE)));
  const word = fc.constantFrom(
    "a",
    ".",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'x'",
    "1",
    "+",
    "in",
    "?",
    ":",
    ",",
    "has",
    "all",
    "!",
    "-",
  );
  fc.assert(fc.property(fc.array(word, { maxLength: 30 }), (words) => void checkExpression(words.join(" "), SCOPE)));
  for (const text of [
    "(".repeat(5000),
    "!".repeat(5000),
    "-".repeat(5000),
    `a${".a".repeat(5000)}`,
    "[".repeat(5000),
    `'${"a\\".repeat(5000)}`,
  ])
    expect(typed(text)).toMatch(/^fault/);
});
