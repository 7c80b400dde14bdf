import { formatIp, type IpAddress, type IpRange, isNetworkAddress, parseCidr, parseIp } from "./addresses.js";
import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";

/** An IPv4 address written as IPv6: its range counts the bits of IPv6. */
const isMapped = (text: string, { family }: IpAddress): boolean => family === 4 && text.includes(":");

/** Numbers of IPv4 with leading zeros, which some programs read as octal. */
const hasLeadingZeros = (text: string): boolean =>
  text.includes(".") &&
  text
    .slice(text.lastIndexOf(":") + 1)
    .split(".")
    .some((part) => /^0\d/.test(part));

/** As it is meant: an IPv4 range written as IPv6 in bits of IPv4. */
function networkOf(text: string, range: IpRange): IpRange {
  return isMapped(text, range.address) ? { address: range.address, bits: Math.max(0, range.bits - 96) } : range;
}

const maskedIp = ({ address, bits }: IpRange): string =>
  formatIp({
    family: address.family,
    bytes: address.bytes.map((byte, i) => {
      const kept = Math.min(8, Math.max(0, bits - i * 8));
      return byte & (0xff00 >> kept) & 0xff;
    }),
  });

/** An address in a field of a newer API, where each has one spelling only. */
export function strictIpFault(text: string): string | undefined {
  const address = parseIp(text);
  if (address === undefined) return "is no IP address";
  if (hasLeadingZeros(text)) return "has numbers with leading zeros";
  if (isMapped(text, address)) return "is an IPv4 address written as IPv6";
  const canonical = formatIp(address);
  return canonical === text ? undefined : `is not in its canonical form, ${canonical}`;
}

/** Reports what is no range in its one spelling; answers the range, however it is spelled. */
export function checkStrictCidr(text: string, at: FieldPath, errors: FieldErrors): IpRange | undefined {
  const range = parseCidr(text);
  if (range === undefined) {
    errors.invalid(at, text, "is no CIDR, such as 10.9.8.0/24 or 2001:db8::/64");
    return undefined;
  }
  const network = networkOf(text, range);
  const canonical = `${maskedIp(network)}/${network.bits}`;
  if (isMapped(text, range.address)) errors.invalid(at, text, "is an IPv4 range written as IPv6");
  else if (!isNetworkAddress(network)) errors.invalid(at, text, `has bits after its prefix; the range is ${canonical}`);
  else if (canonical !== text) errors.invalid(at, text, `is not in its canonical form, ${canonical}`);
  return range;
}
