import { formatIp, type IpAddress, type IpRange, parseCidr, parseIp } from "../meta/addresses.js";
import type { CelFunction, CelFunctions } from "./function-table.js";
import { CelError, CelOpaque, type CelValue } from "./values.js";

const LONGEST = 100;

/** Neither leading zeros nor IPv4 written as IPv6 are taken here, as Go's netip does not. */
const isStrict = (text: string, { family }: IpAddress): boolean =>
  !(family === 4 && text.includes(":")) && !/(^|[.:])0\d+(\.|$)/.test(text.replace(/\/.*$/, ""));

function readIp(text: string): IpAddress | undefined {
  const address = text.length > LONGEST ? undefined : parseIp(text);
  return address && isStrict(text, address) ? address : undefined;
}

function readCidr(text: string): IpRange | undefined {
  const range = text.length > LONGEST || /\/0\d/.test(text) ? undefined : parseCidr(text);
  return range && isStrict(text, range.address) ? range : undefined;
}

const ipOf = (address: IpAddress): CelValue => new CelOpaque("net.IP", address, formatIp(address));
const cidrOf = (range: IpRange): CelValue =>
  new CelOpaque("net.CIDR", range, `${formatIp(range.address)}/${range.bits}`);

const heldIp = (value: CelValue | undefined): IpAddress | undefined =>
  value instanceof CelOpaque && value.type === "net.IP" ? (value.held as IpAddress) : undefined;
const heldCidr = (value: CelValue | undefined): IpRange | undefined =>
  value instanceof CelOpaque && value.type === "net.CIDR" ? (value.held as IpRange) : undefined;

const masked = (address: IpAddress, bits: number): IpAddress => ({
  family: address.family,
  bytes: address.bytes.map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - i * 8))) & 0xff),
});

/** Whether an address, or all of another range, is in a range. */
const holds = ({ address, bits }: IpRange, other: IpAddress, otherBits = bits): boolean =>
  address.family === other.family &&
  bits <= otherBits &&
  formatIp(masked(address, bits)) === formatIp(masked(other, bits));

const ofIp =
  (ask: (bytes: readonly number[], family: 4 | 6) => CelValue): CelFunction =>
  ([value]) => {
    const address = heldIp(value);
    return address && ask(address.bytes, address.family);
  };

const isLoopback = (bytes: readonly number[], family: 4 | 6): boolean =>
  family === 4 ? bytes[0] === 127 : bytes.every((byte, i) => byte === Number(i === 15));
const isUnspecified = (bytes: readonly number[]): boolean => bytes.every((byte) => byte === 0);
const isLocalMulticast = ([a, b, c]: readonly number[], family: 4 | 6): boolean =>
  family === 4 ? a === 224 && b === 0 && c === 0 : a === 0xff && (b! & 0x0f) === 2;
const isLocalUnicast = ([a, b]: readonly number[], family: 4 | 6): boolean =>
  family === 4 ? a === 169 && b === 254 : a === 0xfe && (b! & 0xc0) === 0x80;
const isMulticast = ([a]: readonly number[], family: 4 | 6): boolean =>
  family === 4 ? (a! & 0xf0) === 0xe0 : a === 0xff;

const isGlobalUnicast = (bytes: readonly number[], family: 4 | 6): boolean =>
  !isUnspecified(bytes) &&
  !isLoopback(bytes, family) &&
  !isMulticast(bytes, family) &&
  !isLocalUnicast(bytes, family) &&
  !(family === 4 && bytes.every((byte) => byte === 255));

const ofText =
  (ask: (text: string) => CelValue): CelFunction =>
  ([text]) =>
    typeof text === "string" ? ask(text) : undefined;

const noAddress = new CelError("the text is no IP address");
const noCidr = new CelError("the text is no CIDR");

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library and the CIDR library below it. */
export const ADDRESS_FUNCTIONS: CelFunctions = {
  ip: ([value]) => {
    const range = heldCidr(value);
    if (range !== undefined) return ipOf(range.address);
    if (typeof value !== "string") return undefined;
    const address = readIp(value);
    return address === undefined ? noAddress : ipOf(address);
  },
  isIP: ofText((text) => readIp(text) !== undefined),
  "ip.isCanonical": ofText((text) => {
    const address = readIp(text);
    return address === undefined ? noAddress : formatIp(address) === text;
  }),
  family: ofIp((_, family) => BigInt(family)),
  isUnspecified: ofIp(isUnspecified),
  isLoopback: ofIp(isLoopback),
  isLinkLocalMulticast: ofIp(isLocalMulticast),
  isLinkLocalUnicast: ofIp(isLocalUnicast),
  isGlobalUnicast: ofIp(isGlobalUnicast),
  cidr: ofText((text) => {
    const range = readCidr(text);
    return range === undefined ? noCidr : cidrOf(range);
  }),
  isCIDR: ofText((text) => readCidr(text) !== undefined),
  containsIP: ([value, other]) => {
    const range = heldCidr(value);
    const address = typeof other === "string" ? readIp(other) : heldIp(other);
    if (range === undefined || (address === undefined && typeof other !== "string")) return undefined;
    return address === undefined ? noAddress : holds(range, address);
  },
  containsCIDR: ([value, other]) => {
    const range = heldCidr(value);
    const inner = typeof other === "string" ? readCidr(other) : heldCidr(other);
    if (range === undefined || (inner === undefined && typeof other !== "string")) return undefined;
    return inner === undefined ? noCidr : holds(range, inner.address, inner.bits);
  },
  masked: ([value]) => {
    const range = heldCidr(value);
    return range && cidrOf({ address: masked(range.address, range.bits), bits: range.bits });
  },
  prefixLength: ([value]) => {
    const range = heldCidr(value);
    return range && BigInt(range.bits);
  },
  string: ([value]) => {
    const address = heldIp(value) ?? heldCidr(value)?.address;
    return address && (value as CelOpaque).text;
  },
};
