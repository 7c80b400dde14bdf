import fc from "fast-check";
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  subtractQuantities,
  thousandths,
  wholeUnits,
} from "./quantity.js";

const read = (text: string | number): Quantity => {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new Error(`no quantity: ${text}`);
  return quantity;
};

// What an API server of 1.34 stored for each.
test.each([
  ["2.5", "2500m"],
  ["0.1", "100m"],
  ["129000000", "129M"],
  ["1.5Gi", "1536Mi"],
  ["1000", "1k"],
  [".5", "500m"],
  ["5.", "5"],
  ["1E", "1E"],
  ["1e3", "1e3"],
  ["1e-10", "1e-9"],
  ["0.0000000001", "1n"],
  ["-0.5Mi", "-512Ki"],
  ["100Ki", "100Ki"],
  ["1000Ki", "1000Ki"],
  ["1024Ki", "1Mi"],
  ["0.5Ki", "512"],
  ["1.5", "1500m"],
  ["Gi", "0"],
  ["-", "0"],
  ["16Ei", "9223372036854775807"],
  ["1000E", "1000E"],
])("%s is %s in canonical form", (text, canonical) => {
  expect(formatQuantity(read(text))).toBe(canonical);
});

test("a number is as good as its text", () => {
  expect(formatQuantity(read(1e19))).toBe("10E");
  expect(formatQuantity(read(0.1))).toBe("100m");
  expect(formatQuantity(read(1e21))).toBe("1e21");
});

test.each(["", "x", "64mi", "1K", "1e", "1 Gi", "1Gib", "1,5", "++1", "1.2.3", "0x10", "e+"])(
  "%j is no quantity",
  (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  },
);

test("absurd sizes are not computed", () => {
  expect(parseQuantity("1e999999999")).toBeUndefined();
  expect(parseQuantity(`1${"0".repeat(1_000_000)}`)).toBeUndefined();
  expect(parseQuantity(Number.NaN)).toBeUndefined();
  expect(parseQuantity(true)).toBeUndefined();
});

test("whole units and thousandths are rounded up", () => {
  expect([wholeUnits(read("1.2")), wholeUnits(read("-1.2")), wholeUnits(read("3Ki"))]).toEqual([2n, -1n, 3072n]);
  expect([thousandths(read("1.0001")), thousandths(read("100m"))]).toEqual([1001n, 100n]);
});

const quantity = fc.record({
  nano: fc.bigInt({ min: -(10n ** 27n), max: 10n ** 27n }),
  format: fc.constantFrom("BinarySI", "DecimalSI", "DecimalExponent"),
}) as fc.Arbitrary<Quantity>;

describe("for any quantity", () => {
  test("its canonical text reads back as the same amount, and is its own canonical text", () => {
    fc.assert(
      fc.property(quantity, (q) => {
        const text = formatQuantity(q);
        // Binary amounts above 2^63 are capped when read.
        fc.pre(q.format !== "BinarySI" || (q.nano < 2n ** 63n * 10n ** 9n && q.nano > -(2n ** 63n) * 10n ** 9n));
        expect(read(text).nano).toBe(q.nano);
        expect(formatQuantity({ ...read(text), format: q.format })).toBe(text);
      }),
    );
  });

  test("order is that of the numbers", () => {
    const milli = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(milli, milli, (a, b) => {
        const order = compareQuantities(read(`${a}m`), read(`${b}m`));
        expect(Math.sign(order)).toBe(Math.sign(a - b));
        expect(compareQuantities(read(`${a}Ki`), read(`${a * 1024}`))).toBe(0);
      }),
    );
  });

  test("addition is commutative, and subtraction undoes it", () => {
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        expect(addQuantities(a, b).nano).toBe(addQuantities(b, a).nano);
        expect(subtractQuantities(addQuantities(a, b), b).nano).toBe(a.nano);
      }),
    );
  });

  test("any text is read or refused, never thrown at", () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789.+-eEinumkKMGTP "), maxLength: 30 });
    fc.assert(fc.property(text, (t) => typeof parseQuantity(t) !== "string"));
  });
});
