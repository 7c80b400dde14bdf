import { FieldErrors } from "./field-errors.js";
import { FieldPath } from "./field-path.js";
import { checkStrictCidr, strictIpFault } from "./strict-addresses.js";

const AT = FieldPath.of("at");

test.each(["10.0.0.1", "2001:db8::1", "::", "fd00::1:0:0:1"])("%s is an address in its one spelling", (text) => {
  expect(strictIpFault(text)).toBeUndefined();
});

test.each(["10.0.0.01", "::ffff:10.0.0.1", "2001:DB8::1", "2001:0db8::1", "1:0:0:0:0:0:0:1"])(
  "%s is an address in another spelling",
  (text) => {
    expect(strictIpFault(text)).toBeDefined();
  },
);

test.each<[string, boolean]>([
  ["10.0.0.0/8", true],
  ["10.0.0.1/32", true],
  ["2001:db8::/32", true],
  ["::/0", true],
  ["10.0.0.1/8", false],
  ["010.0.0.0/8", false],
  ["10.0.0.0/08", false],
  ["2001:0db8::/32", false],
  ["2001:db8::1/32", false],
  ["::ffff:10.0.0.0/104", false],
  ["10.0.0.0/33", false],
])("%s: a range in its one spelling is %s", (text, strict) => {
  const errors = new FieldErrors();
  checkStrictCidr(text, AT, errors);
  expect(errors.any).toBe(!strict);
});
