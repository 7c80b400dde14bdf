import { formatIp, type IpAddress, parseCidr, parseIp } from "./addresses.js";

/**
 * What the server warns of in addresses that it takes only for the sake of old objects, one text a mistake.
 * https://kubernetes.io/docs/reference/networking/virtual-ips/#ip-address-objects
 */
export function addressWarnings(text: string, field: string): string[] {
  const address = parseIp(text);
  if (address === undefined) return [];
  const canonical = formatIp(address);
  if (isOldForm(text, address)) return [`${field}: "${text}" is an old form of an address; "${canonical}" is the same`];
  return canonical === text ? [] : [`${field}: "${text}" is written "${canonical}" in the standard form`];
}

export function rangeWarnings(text: string, field: string): string[] {
  const range = parseCidr(text);
  if (range === undefined) return [];
  const slash = text.indexOf("/");
  const [written, length] = [text.slice(0, slash), text.slice(slash + 1)];
  const { address } = range;
  const warnings: string[] = [];
  // An IPv4 address written as IPv6 counts its bits as IPv6 does.
  const bits = address.family === 4 && written.includes(":") ? range.bits - 96 : range.bits;
  const network = { ...address, bytes: address.bytes.map((byte, i) => byte & maskByte(bits, i)) };
  if (formatIp(network) !== formatIp(address))
    warnings.push(`${field}: "${text}" has bits set after its prefix; "${formatIp(network)}/${bits}" has not`);
  const canonical = `${formatIp(address)}/${bits}`;
  if (isOldForm(written, address) || String(Number(length)) !== length)
    warnings.push(`${field}: "${text}" is an old form of a range; "${canonical}" is the same`);
  else if (canonical !== text) warnings.push(`${field}: "${text}" is written "${canonical}" in the standard form`);
  return warnings;
}

/** Leading zeros, and IPv4 within IPv6. */
const isOldForm = (text: string, { family }: IpAddress): boolean =>
  family === 4 && (text.includes(":") || text.split(".").some((part) => part.length > 1 && part.startsWith("0")));

const maskByte = (bits: number, index: number): number => {
  const kept = Math.min(8, Math.max(0, bits - index * 8));
  return (0xff << (8 - kept)) & 0xff;
};
