import { compareAmounts, isZero, parseAmount } from "./amount.js";

test.each<[string, string, number | undefined]>([
  ["1", "1000m", 0],
  ["1Gi", "1G", 1],
  ["1536Mi", "1.5Gi", 0],
  ["1e3", "1k", 0],
  ["1E", "1e18", 0],
  ["12345678901234567890", "12345678901234567889", 1],
  ["0.1n", "1n", 0],
  ["-5m", "0", -1],
  [".5", "500m", 0],
  ["1.", "1", 0],
  ["1 Gi", "1Gi", undefined],
  ["1gb", "1", undefined],
  ["", "0", undefined],
  ["1e999", "1", undefined],
])("%s against %s", (a, b, expected) => {
  expect(compareAmounts(a, b)).toBe(expected);
});

test("zero has many forms", () => {
  expect(["0", "0.0", "0Mi", "-0", "0e5"].every(isZero)).toBe(true);
  expect(parseAmount("1Ki")).toBe(1024n * 10n ** 9n);
});
