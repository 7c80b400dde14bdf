import { addressWarnings, rangeWarnings } from "./address-warnings.js";
import { FieldErrors } from "./field-errors.js";
import { FieldPath } from "./field-path.js";
import { checkOrdinaryAddress } from "./special-addresses.js";

test.each([
  ["10.0.0.1", 0],
  ["010.0.0.1", 1],
  ["::ffff:10.0.0.1", 1],
  ["2001:db8::1", 0],
  ["2001:DB8:0::1", 1],
  ["no address", 0],
])("address %s: %i warnings", (text, count) => {
  expect(addressWarnings(text, "ip")).toHaveLength(count);
});

test.each([
  ["10.0.0.0/8", 0],
  ["10.0.0.1/8", 1],
  ["10.0.0.1/32", 0],
  ["010.0.0.1/8", 2],
  ["::ffff:10.0.0.0/104", 1],
  ["2001:db8::/64", 0],
  ["2001:db8::1/64", 1],
  ["2001:db8:0::/64", 1],
  ["2001:db8::/6x", 0],
])("range %s: %i warnings", (text, count) => {
  expect(rangeWarnings(text, "cidr")).toHaveLength(count);
});

test.each([
  ["10.0.0.1", 0],
  ["0.0.0.0", 1],
  ["::", 1],
  ["127.8.8.8", 1],
  ["::1", 1],
  ["169.254.1.1", 1],
  ["fe80::1", 1],
  ["224.0.0.7", 1],
  ["224.0.1.7", 0],
  ["ff02::1", 1],
  ["2001:db8::1", 0],
  ["x", 1],
])("special address %s: %i faults", (text, count) => {
  const errors = new FieldErrors();
  checkOrdinaryAddress(text, FieldPath.of("ip"), errors);
  expect(errors.causes).toHaveLength(count);
});
